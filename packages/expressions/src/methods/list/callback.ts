import { typeError } from '../../errors.ts';
import type { Run } from '../../runtime/run.ts';
import { toNumber, toText } from '../../runtime/text.ts';
import { isList, isPlain, put, type Value } from '../../runtime/value.ts';
import type { Args, MethodTable } from '../spec.ts';
import { reordered } from './change.ts';

type List = readonly Value[];

/** What a list does with a function of the author's. */
export const listCallbackMethods: MethodTable<List> = {
  map: {
    signature: '(x => ...)',
    doc: 'What the function gives for each element',
    example: '[1, 2].map(x => x * 2)',
    perform: (self, args, run) => self.map(caller(self, args, run)),
  },
  filter: {
    signature: '(x => ...)',
    doc: 'The elements for which the function is true',
    example: '[1, 2].filter(x => x > 1)',
    perform: (self, args, run) => self.filter(caller(self, args, run)),
  },
  find: {
    signature: '(x => ...)',
    doc: 'The first element for which the function is true',
    example: '[1, 2].find(x => x > 1)',
    perform: (self, args, run) => self.find(caller(self, args, run)),
  },
  findLast: {
    signature: '(x => ...)',
    doc: 'The last element for which the function is true',
    example: '[1, 2].findLast(x => x > 1)',
    perform: (self, args, run) => self.findLast(caller(self, args, run)),
  },
  findIndex: {
    signature: '(x => ...)',
    doc: 'Position of the first element for which the function is true, or -1',
    example: '[1, 2].findIndex(x => x > 1)',
    perform: (self, args, run) => self.findIndex(caller(self, args, run)),
  },
  findLastIndex: {
    signature: '(x => ...)',
    doc: 'Position of the last element for which the function is true, or -1',
    example: '[1, 2].findLastIndex(x => x > 1)',
    perform: (self, args, run) => self.findLastIndex(caller(self, args, run)),
  },
  some: {
    signature: '(x => ...)',
    doc: 'Whether the function is true for any element',
    example: '[1, 2].some(x => x > 1)',
    perform: (self, args, run) => self.some(caller(self, args, run)),
  },
  every: {
    signature: '(x => ...)',
    doc: 'Whether the function is true for every element',
    example: '[1, 2].every(x => x > 0)',
    perform: (self, args, run) => self.every(caller(self, args, run)),
  },
  flatMap: {
    signature: '(x => ...)',
    doc: 'What the function gives for each element, inner lists opened',
    example: '[1, 2].flatMap(x => [x, x])',
    perform: flatMap,
  },
  reduce: {
    signature: '((sum, x) => ..., start?)',
    doc: 'One value from all elements',
    example: '[1, 2].reduce((sum, x) => sum + x, 0)',
    perform: reduce,
  },
  sort: {
    signature: '((a, b) => ...)?',
    doc: 'In order; as text, or as the function says',
    example: '[3, 1].sort((a, b) => a - b)',
    perform: (self, args, run) => reordered(self, sort(self, args, run), run),
  },
  toSorted: {
    signature: '((a, b) => ...)?',
    doc: 'In order; as text, or as the function says',
    example: "['b', 'a'].toSorted()",
    perform: sort,
  },
  sortBy: {
    signature: "('name' or x => ...)",
    doc: 'In the order of a field',
    example: "[{ n: 2 }, { n: 1 }].sortBy('n')",
    perform: sortBy,
  },
  groupBy: {
    signature: "('name' or x => ...)",
    doc: 'An object with a list of elements per value of a field',
    example: "[{ t: 'a' }, { t: 'b' }].groupBy('t')",
    perform: groupBy,
  },
};

/** The author's function as the host's, called with element, position and list. Results stay inside. */
function caller(self: List, args: Args, run: Run): (value: Value, index: number) => Value {
  const lambda = args.lambda(0);
  run.spend(1 + self.length);
  return (value, index) => run.call(lambda, [value, index, self]);
}

function flatMap(self: List, args: Args, run: Run): List {
  const call = caller(self, args, run);
  const into: Value[] = [];
  for (const [index, value] of self.entries()) {
    const given = call(value, index);
    run.spend(isList(given) ? given.length : 1);
    if (isList(given)) for (const one of given) into.push(one);
    else into.push(given);
  }
  return into;
}

function reduce(self: List, args: Args, run: Run): Value {
  const lambda = args.lambda(0);
  const hasStart = args.values.length > 1;
  if (!hasStart && self.length === 0)
    throw typeError('reduce of an empty list', 'The list is empty: give `reduce` a start value as its second argument.');
  run.spend(self.length);
  let sum = hasStart ? args.value(1) : self[0];
  for (let index = hasStart ? 0 : 1; index < self.length; index += 1) sum = run.call(lambda, [sum, self[index], index, self]);
  return sum;
}

function sort(self: List, args: Args, run: Run): List {
  run.chargeList(self.length);
  if (args.has(0)) {
    const lambda = args.lambda(0);
    return self.toSorted((left, right) => toNumber(run.call(lambda, [left, right])));
  }
  const texts = new Map(self.map((one) => [one, toText(one, run)]));
  return self.toSorted((left, right) => {
    run.spend(1);
    return compareTexts(texts.get(left) ?? '', texts.get(right) ?? '');
  });
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** Reads the sort or group key of an element: a field by name, or what the author's function gives. */
function keyReader(args: Args, run: Run): (one: Value) => Value {
  const by = args.value(0);
  if (typeof by !== 'string') {
    const lambda = args.lambda(0);
    return (one) => run.call(lambda, [one]);
  }
  return (one) => (isPlain(one) && Object.hasOwn(one, by) ? one[by] : undefined);
}

function sortBy(self: List, args: Args, run: Run): List {
  run.chargeList(self.length);
  const read = keyReader(args, run);
  const pairs = self.map((one) => ({ one, key: read(one) }));
  const isText = pairs.some(({ key }) => typeof key === 'string');
  const sorted = pairs.toSorted((left, right) => {
    run.spend(1);
    if (left.key === undefined || right.key === undefined) return Number(left.key === undefined) - Number(right.key === undefined);
    return isText ? compareTexts(toText(left.key, run), toText(right.key, run)) : toNumber(left.key) - toNumber(right.key);
  });
  return sorted.map(({ one }) => one);
}

function groupBy(self: List, args: Args, run: Run): Value {
  run.chargeList(self.length);
  const read = keyReader(args, run);
  const groups = new Map<string, Value[]>();
  for (const one of self) {
    const key = toText(read(one) ?? '', run);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const result: Record<string, Value> = {};
  for (const [key, group] of groups) put(result, key, group);
  return result;
}
