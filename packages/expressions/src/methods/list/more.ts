import { typeError } from '../../errors.ts';
import type { Run } from '../../runtime/run.ts';
import { toText } from '../../runtime/text.ts';
import { isPlain, put, type Value } from '../../runtime/value.ts';
import { merged } from '../object.ts';
import { chanceOf } from '../chance.ts';
import type { Args, MethodTable } from '../spec.ts';
import { identity } from './list.ts';

type List = readonly Value[];

/** n8n's further functions on lists, and JavaScript's that few use. */
export const listMoreMethods: MethodTable<List> = {
  append: {
    signature: '(...values)',
    doc: 'This list with values at its end',
    example: '[1].append(2, 3)',
    perform: (self, args, run) => {
      run.chargeList(self.length + args.values.length);
      return [...self, ...args.values];
    },
  },
  union: {
    signature: '(other)',
    doc: 'What is in one of both lists, each once',
    example: '[1, 2].union([2, 3])',
    perform: (self, args, run) => union(self, args, run),
  },
  merge: {
    signature: '(other)',
    doc: 'One object with the fields of all objects of both lists; later ones win',
    example: '[{ a: 1 }].merge([{ b: 2 }])',
    perform: (self, args, run) => {
      const other = args.has(0) ? args.list(0) : [];
      return merged([...self, ...other].filter(isPlain), run);
    },
  },
  smartJoin: {
    signature: "('keyField', 'valueField')",
    doc: 'An object from a list of pairs',
    example: "[{ k: 'a', v: 1 }].smartJoin('k', 'v')",
    perform: smartJoin,
  },
  renameKeys: {
    signature: "('from', 'to', ...)",
    doc: 'The objects with fields named otherwise',
    example: "[{ a: 1 }].renameKeys('a', 'b')",
    perform: renameKeys,
  },
  randomItem: {
    signature: '()',
    doc: 'One element by chance, where chance is allowed',
    example: 'typeof [1].randomItem',
    perform: (self, _args, run) => self[Math.floor(chanceOf(run) * self.length)],
  },
  length: { signature: '()', doc: 'How many elements it has', example: '[1, 2].length()', perform: (self) => self.length },
  keys: {
    signature: '()',
    doc: 'The positions',
    example: "['a'].keys()",
    perform: (self, _args, run) =>
      charged(
        self.map((_, index) => index),
        run,
      ),
  },
  values: { signature: '()', doc: 'The elements', example: "['a'].values()", perform: (self, _args, run) => charged([...self], run) },
  entries: {
    signature: '()',
    doc: 'Pairs of position and element',
    example: "['a'].entries()",
    perform: (self, _args, run) =>
      charged(
        self.map((one, index) => [index, one]),
        run,
      ),
  },
  reduceRight: {
    signature: '((sum, x) => ..., start)',
    doc: 'One value from all elements, from the end',
    example: '[1, 2].reduceRight((sum, x) => sum + x, 0)',
    perform: (self, args, run) => {
      const lambda = args.lambda(0);
      run.spend(self.length);
      return self.reduceRight<Value>((sum, one, index) => run.call(lambda, [sum, one, index, self]), args.value(1));
    },
  },
};

function charged(list: List, run: Run): List {
  run.chargeList(list.length);
  return list;
}

function union(self: List, args: Args, run: Run): List {
  const all = [...self, ...args.list(0)];
  run.chargeList(all.length);
  const seen = new Map<Value, Value>();
  for (const one of all) {
    const key = identity(one, run);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

function smartJoin(self: List, args: Args, run: Run): Value {
  const [keyField, valueField] = [args.text(0), args.text(1)];
  run.chargeList(self.length);
  const into: Record<string, Value> = {};
  for (const one of self) {
    if (isPlain(one) && Object.hasOwn(one, keyField) && Object.hasOwn(one, valueField))
      put(into, toText(one[keyField], run), one[valueField]);
  }
  return into;
}

function renameKeys(self: List, args: Args, run: Run): List {
  if (args.values.length % 2 !== 0)
    throw typeError('renameKeys without a new name', '`renameKeys` takes pairs: the old name, then the new one.');
  const names = new Map<string, string>();
  for (let index = 0; index < args.values.length; index += 2) names.set(args.text(index), args.text(index + 1));
  run.chargeList(self.length);
  return self.map((one) => {
    if (!isPlain(one)) return one;
    const into: Record<string, Value> = {};
    run.spend(Object.keys(one).length);
    for (const key of Object.keys(one)) put(into, names.get(key) ?? key, one[key]);
    return into;
  });
}
