import type { Run } from '../../runtime/run.ts';
import type { Members, Pairs, Value } from '../../runtime/value.ts';
import type { Args, MethodTable } from '../spec.ts';

/** What a set can do: it lives within one evaluation, which made it. As a result it is a list. */
export const setMethods: MethodTable<Members> = {
  has: {
    signature: '(value)',
    doc: 'Whether it has a value',
    example: 'new Set([1]).has(1)',
    perform: (self, args) => self.values.has(args.value(0)),
  },
  add: {
    signature: '(value)',
    doc: 'Adds a value; gives the set',
    example: '[...new Set([1]).add(2)]',
    perform: (self, args, run) => {
      run.chargeList(3);
      self.values.add(args.value(0));
      return self;
    },
  },
  delete: {
    signature: '(value)',
    doc: 'Takes a value out',
    example: 'new Set([1]).delete(1)',
    perform: (self, args) => self.values.delete(args.value(0)),
  },
  values: {
    signature: '()',
    doc: 'Its values as a list',
    example: 'new Set([1]).values()',
    perform: (self, _args, run) => listed([...self.values], run),
  },
  forEach: {
    signature: '(x => ...)',
    doc: 'Calls the function with each value; gives nothing',
    example: 'new Set([1]).forEach(x => x) ?? null',
    perform: (self, args, run) => {
      for (const value of listed([...self.values], run)) run.call(args.lambda(0), [value, value, self]);
      return undefined;
    },
  },
};

/** What a map can do: it lives within one evaluation, which made it. As a result it is a list of pairs. */
export const mapMethods: MethodTable<Pairs> = {
  get: {
    signature: '(key)',
    doc: 'The value of a key',
    example: "new Map([['a', 1]]).get('a')",
    perform: (self, args) => self.values.get(args.value(0)),
  },
  has: {
    signature: '(key)',
    doc: 'Whether it has a key',
    example: "new Map([['a', 1]]).has('a')",
    perform: (self, args) => self.values.has(args.value(0)),
  },
  set: {
    signature: '(key, value)',
    doc: 'Sets the value of a key; gives the map',
    example: "[...new Map().set('a', 1)]",
    perform: (self: Pairs, args: Args, run: Run) => {
      run.chargeList(3);
      self.values.set(args.value(0), args.value(1));
      return self;
    },
  },
  delete: {
    signature: '(key)',
    doc: 'Takes a key out',
    example: "new Map([['a', 1]]).delete('a')",
    perform: (self, args) => self.values.delete(args.value(0)),
  },
  keys: {
    signature: '()',
    doc: 'Its keys as a list',
    example: "new Map([['a', 1]]).keys()",
    perform: (self, _args, run) => listed([...self.values.keys()], run),
  },
  values: {
    signature: '()',
    doc: 'Its values as a list',
    example: "new Map([['a', 1]]).values()",
    perform: (self, _args, run) => listed([...self.values.values()], run),
  },
  entries: {
    signature: '()',
    doc: 'Its pairs as a list',
    example: "new Map([['a', 1]]).entries()",
    perform: (self, _args, run) => listed([...self.values], run),
  },
  forEach: {
    signature: '((value, key) => ...)',
    doc: 'Calls the function with each value and key; gives nothing',
    example: "new Map([['a', 1]]).forEach(x => x) ?? null",
    perform: (self, args, run) => {
      for (const [key, value] of listed([...self.values], run)) run.call(args.lambda(0), [value, key, self]);
      return undefined;
    },
  },
};

function listed<T extends Value>(list: readonly T[], run: Run): readonly T[] {
  run.chargeList(list.length);
  return list;
}
