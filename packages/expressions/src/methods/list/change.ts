import { typeError } from '../../errors.ts';
import type { Run } from '../../runtime/run.ts';
import type { Value } from '../../runtime/value.ts';
import type { Args, MethodTable } from '../spec.ts';

type List = readonly Value[];

/** What changes a list: only one that the expression itself made. */
export const listChangeMethods: MethodTable<List> = {
  push: {
    signature: '(...values)',
    doc: 'Adds values at the end of a list that the expression made; gives the new length',
    example: '[1].push(2)',
    perform: (self, args, run) => {
      run.chargeList(args.values.length);
      const list = changeable(self, { name: 'push', instead: '[...list, value]' }, run);
      run.chargeList(1);
      for (const value of args.values) list.push(value);
      return list.length;
    },
  },
  unshift: {
    signature: '(...values)',
    doc: 'Adds values at the start of a list that the expression made; gives the new length',
    example: '[1].unshift(2)',
    perform: (self, args, run) => {
      const list = changeable(self, { name: 'unshift', instead: '[value, ...list]' }, run);
      run.chargeList(list.length + args.values.length);
      return list.unshift(...args.values);
    },
  },
  pop: {
    signature: '()',
    doc: 'Takes the last element off a list that the expression made',
    example: "'a/b'.split('/').pop()",
    perform: (self, _args, run) => changeable(self, { name: 'pop', instead: 'list.at(-1)' }, run).pop(),
  },
  shift: {
    signature: '()',
    doc: 'Takes the first element off a list that the expression made',
    example: "'a/b'.split('/').shift()",
    perform: (self, _args, run) => {
      run.spend(1 + (self.length >> 3));
      return changeable(self, { name: 'shift', instead: 'list[0]' }, run).shift();
    },
  },
  splice: {
    signature: '(start, count?, ...values)',
    doc: 'Takes elements out of a list that the expression made, and puts others there; gives what was taken out',
    example: '[1, 2, 3].splice(0, 1)',
    perform: splice,
  },
  fill: {
    signature: '(value, start?, end?)',
    doc: 'The list with every element replaced by a value',
    example: 'Array.from({ length: 2 }).fill(0)',
    perform: (self, args, run) => {
      run.chargeList(self.length);
      return changeable(self, { name: 'fill', instead: 'list.map(() => value)' }, run).fill(
        args.value(0),
        args.optionalNumber(1),
        args.optionalNumber(2),
      );
    },
  },
  forEach: {
    signature: '(x => ...)',
    doc: 'Calls the function with each element; gives nothing',
    example: '[1].forEach(x => x) ?? null',
    perform: (self, args, run) => {
      const lambda = args.lambda(0);
      run.spend(1 + self.length);
      for (const [index, value] of self.entries()) run.call(lambda, [value, index, self]);
      return undefined;
    },
  },
};

/**
 * The list, when this evaluation made it. n8n changes a copy that nobody sees: in its profile a copy of any other.
 * @throws ExpressionError `expression_type`
 */
function changeable(self: List, { name, instead }: { name: string; instead: string }, run: Run): Value[] {
  if (run.owns(self)) return self as Value[];
  if (run.isLoose) {
    run.chargeList(self.length);
    return [...self];
  }
  throw typeError(
    `${name} on data`,
    `\`${name}\` changes only a list that the expression itself made: data never changes. Use \`${instead}\`.`,
  );
}

function splice(self: List, args: Args, run: Run): List {
  run.chargeList(self.length + args.values.length);
  const list = changeable(self, { name: 'splice', instead: 'list.slice(...)' }, run);
  const start = args.number(0, 0);
  return args.values.length < 2 ? list.splice(start) : list.splice(start, args.number(1, 0), ...args.values.slice(2));
}

/** Puts elements in a new order: in the list itself when this evaluation made it, as in JavaScript, otherwise in another. */
export function reordered(self: List, order: List, run: Run): List {
  if (!run.owns(self)) return order;
  const list = self as Value[];
  for (const [index, value] of order.entries()) list[index] = value;
  return list;
}
