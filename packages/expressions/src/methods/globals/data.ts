import { typeError } from '../../errors.ts';
import { toJson } from '../../result.ts';
import type { Run } from '../../runtime/run.ts';
import { toText } from '../../runtime/text.ts';
import { elementsOf } from '../../runtime/elements.ts';
import { isList, isPlain, Lambda, Members, Pairs, type Plain, put, type Value } from '../../runtime/value.ts';
import { merged } from '../object.ts';
import type { Args, MethodTable } from '../spec.ts';
import { parseJson } from '../text/convert.ts';

/** `JSON` */
export const jsonFunctions: MethodTable<undefined> = {
  stringify: {
    signature: '(value, null, indent?)',
    doc: 'As JSON text',
    example: 'JSON.stringify({ a: 1 })',
    perform: (_self, args, run) => stringify(args, run),
  },
  parse: {
    signature: '(text)',
    doc: 'The data that a JSON text says',
    example: "JSON.parse('[1]')",
    perform: (_self, args, run) => parseJson(args.text(0), run),
  },
};

/** `Object`: for objects, and for lists by their positions. */
export const objectFunctions: MethodTable<undefined> = {
  keys: {
    signature: '(object)',
    doc: 'The names of its fields',
    example: 'Object.keys({ a: 1 })',
    perform: (_self, args, run) => Object.keys(fields(args, run)),
  },
  values: {
    signature: '(object)',
    doc: 'The values of its fields',
    example: 'Object.values({ a: 1 })',
    perform: (_self, args, run) => Object.values(fields(args, run)),
  },
  entries: {
    signature: '(object)',
    doc: 'Pairs of name and value',
    example: 'Object.entries({ a: 1 })',
    perform: (_self, args, run) => Object.entries(fields(args, run)),
  },
  fromEntries: {
    signature: '(pairs)',
    doc: 'An object from pairs of name and value',
    example: "Object.fromEntries([['a', 1]])",
    perform: (_self, args, run) => fromEntries(args, run),
  },
  assign: {
    signature: '(...objects)',
    doc: 'The fields of several objects in one; later ones win. The first is changed when the expression made it',
    example: 'Object.assign({ a: 1 }, { b: 2 })',
    perform: (_self, args, run) => assign(args, run),
  },
  hasOwn: {
    signature: '(object, name)',
    doc: 'Whether an object has a field',
    example: "Object.hasOwn({ a: 1 }, 'a')",
    perform: (_self, args) => Object.hasOwn(args.object(0), args.text(1)),
  },
};

/** `Array` */
export const arrayFunctions: MethodTable<undefined> = {
  isArray: {
    signature: '(value)',
    doc: 'Whether it is a list',
    example: 'Array.isArray([])',
    perform: (_self, args) => isList(args.value(0)),
  },
  from: {
    signature: '(list or text or { length }, x => ...?)',
    doc: 'A list from something',
    example: 'Array.from({ length: 3 }, (_, i) => i)',
    perform: (_self, args, run) => arrayFrom(args, run),
  },
  of: { signature: '(...values)', doc: 'A list of these values', example: 'Array.of(1, 2)', perform: (_self, args) => args.values },
};

function assign(args: Args, run: Run): Plain {
  const objects = args.values.flatMap((value, index) => (value === null || value === undefined ? [] : [args.object(index)]));
  const all = merged(objects, run);
  const [first] = objects;
  if (first === undefined || !run.owns(first)) return all;
  for (const key of Object.keys(all)) put(first as Record<string, Value>, key, all[key]);
  return first;
}

function stringify(args: Args, run: Run): string | undefined {
  const value = args.value(0);
  if (value === undefined || value instanceof Lambda) return undefined;
  if (args.has(1) && args.value(1) !== null) throw args.wrong(1, 'null');
  const indent = args.value(2);
  const data = toJson(value, run);
  const plain = JSON.stringify(data);
  if (indent === undefined || indent === null) return run.text(plain);
  run.chargeText(plain.length);
  return run.text(JSON.stringify(data, null, typeof indent === 'string' ? indent.slice(0, 10) : args.number(2)));
}

function fields(args: Args, run: Run): Plain {
  const value = args.value(0);
  if (isPlain(value) || isList(value)) {
    const own = value as Plain;
    run.chargeList(isList(value) ? value.length : Object.keys(own).length);
    return own;
  }
  throw args.wrong(0, 'an object');
}

function fromEntries(args: Args, run: Run): Plain {
  const pairs = elementsOf(args.value(0), run);
  const object: Record<string, Value> = {};
  for (const pair of pairs) {
    if (!isList(pair)) throw typeError('an entry that is no pair', "`Object.fromEntries` takes a list of pairs such as `['name', value]`.");
    put(object, toText(pair[0], run), pair[1]);
  }
  return object;
}

function arrayFrom(args: Args, run: Run): readonly Value[] {
  const elements = listFrom(args, run);
  if (!args.has(1)) return elements;
  const lambda = args.lambda(1);
  return elements.map((value, index) => run.call(lambda, [value, index]));
}

function listFrom(args: Args, run: Run): readonly Value[] {
  const value = args.value(0);
  if (isList(value) || typeof value === 'string' || value instanceof Members || value instanceof Pairs) return [...elementsOf(value, run)];
  if (run.isLoose && value !== null && value !== undefined && !isPlain(value)) return [];
  if (!isPlain(value)) throw args.wrong(0, 'a list');
  const length = Object.hasOwn(value, 'length') ? Number(value['length']) : 0;
  if (!Number.isFinite(length) || length < 0) throw args.wrong(0, 'a list');
  run.chargeList(Math.trunc(length));
  return Array.from({ length: Math.trunc(length) }, () => undefined);
}
