import { typeError } from '../../errors.ts';
import { toJson } from '../../result.ts';
import type { Run } from '../../runtime/run.ts';
import { isSame, joinTexts, toNumber } from '../../runtime/text.ts';
import { isDate, isList, isPlain, put, type Value } from '../../runtime/value.ts';
import { isBlank } from '../object.ts';
import type { Args, MethodTable } from '../spec.ts';
import { reordered } from './change.ts';

type List = readonly Value[];

/** What a list can do without a function of the author's. Nothing changes the list: each gives a new one. */
export const listMethods: MethodTable<List> = {
  at: {
    signature: '(index)',
    doc: 'One element; negative counts from the end',
    example: '[1, 2].at(-1)',
    perform: (self, args) => self.at(args.number(0, 0)),
  },
  first: { signature: '()', doc: 'The first element', example: '[1, 2].first()', perform: (self) => self[0] },
  last: { signature: '()', doc: 'The last element', example: '[1, 2].last()', perform: (self) => self.at(-1) },
  slice: {
    signature: '(start, end?)',
    doc: 'A part; negative positions count from the end',
    example: '[1, 2, 3].slice(1)',
    perform: (self, args, run) => made(self.slice(args.number(0, 0), args.optionalNumber(1)), run),
  },
  concat: { signature: '(...lists)', doc: 'This list and others', example: '[1].concat([2], 3)', perform: concat },
  join: {
    signature: "(between = ',')",
    doc: 'All elements as one text',
    example: "[1, 2].join(' and ')",
    perform: (self, args, run) => joinTexts(self, args.text(0, ','), run),
  },
  includes: {
    signature: '(value, from?)',
    doc: 'Whether a value is in it',
    example: '[1, 2].includes(2)',
    perform: (self, args, run) =>
      positionOf(self, args, run) !== -1 ||
      (Number.isNaN(args.value(0)) && self.some((one, at) => Number.isNaN(one) && at >= fromOf(self, args))),
  },
  indexOf: { signature: '(value, from?)', doc: 'Position of a value, or -1', example: '[1, 2].indexOf(2)', perform: positionOf },
  lastIndexOf: {
    signature: '(value, from?)',
    doc: 'Last position of a value, or -1',
    example: '[1, 1].lastIndexOf(1)',
    perform: (self, args, run) => {
      const last = args.has(1) ? Math.trunc(args.number(1)) : self.length - 1;
      const to = last < 0 ? self.length + last : last;
      return charged(self, run).findLastIndex((one, at) => at <= to && isSame(one, args.value(0)));
    },
  },
  reverse: {
    signature: '()',
    doc: 'In reverse order',
    example: '[1, 2].reverse()',
    perform: (self, _args, run) => reordered(self, charged(self, run).toReversed(), run),
  },
  toReversed: {
    signature: '()',
    doc: 'In reverse order',
    example: '[1, 2].toReversed()',
    perform: (self, _args, run) => charged(self, run).toReversed(),
  },
  flat: {
    signature: '(depth = 1)',
    doc: 'With the elements of inner lists in place of them',
    example: '[1, [2]].flat()',
    perform: (self, args, run) => flat(self, Math.min(args.number(0, 1), 20), run),
  },
  unique: { signature: '()', doc: 'Each value once', example: '[1, 1, 2].unique()', perform: (self, _args, run) => unique(self, run) },
  removeDuplicates: {
    signature: '()',
    doc: 'Each value once',
    example: '[1, 1, 2].removeDuplicates()',
    perform: (self, _args, run) => unique(self, run),
  },
  compact: {
    signature: '()',
    doc: 'Without empty elements',
    example: "[1, '', null].compact()",
    perform: (self, _args, run) => charged(self, run).filter((one) => !isBlank(one)),
  },
  difference: {
    signature: '(other)',
    doc: 'What is not in another list',
    example: '[1, 2].difference([2])',
    perform: (self, args, run) => compared(self, args, run).missing,
  },
  intersection: {
    signature: '(other)',
    doc: 'What is in both lists',
    example: '[1, 2].intersection([2])',
    perform: (self, args, run) => compared(self, args, run).shared,
  },
  chunk: { signature: '(size)', doc: 'Cut into lists of a size', example: '[1, 2, 3].chunk(2)', perform: chunk },
  pluck: { signature: '(...names)', doc: 'One field of every element, or several', example: "[{ a: 1 }].pluck('a')", perform: pluck },
  sum: {
    signature: '()',
    doc: 'All numbers added',
    example: '[1, 2].sum()',
    perform: (self, _args, run) => numbers(self, run).reduce((total, one) => total + one, 0),
  },
  average: {
    signature: '()',
    doc: 'The mean of all numbers',
    example: '[1, 3].average()',
    perform: (self, _args, run) =>
      self.length === 0 ? undefined : numbers(self, run).reduce((total, one) => total + one, 0) / self.length,
  },
  min: {
    signature: '()',
    doc: 'The smallest number',
    example: '[2, 1].min()',
    perform: (self, _args, run) =>
      numbers(self, run).reduce<number | undefined>((least, one) => (least === undefined || one < least ? one : least), undefined),
  },
  max: {
    signature: '()',
    doc: 'The largest number',
    example: '[1, 2].max()',
    perform: (self, _args, run) =>
      numbers(self, run).reduce<number | undefined>((most, one) => (most === undefined || one > most ? one : most), undefined),
  },
  toJsonString: {
    signature: '()',
    doc: 'As JSON text',
    example: '[1].toJsonString()',
    perform: (self, _args, run) => run.text(JSON.stringify(toJson(self, run))),
  },
  toString: {
    signature: '()',
    doc: 'All elements as one text with commas',
    example: '[1, 2].toString()',
    perform: (self: List, _args: Args, run: Run) => joinTexts(self, ',', run),
  },
  isEmpty: { signature: '()', doc: 'Whether it has no elements', example: '[].isEmpty()', perform: (self) => self.length === 0 },
  isNotEmpty: { signature: '()', doc: 'Whether it has elements', example: '[1].isNotEmpty()', perform: (self) => self.length > 0 },
};

/** The list, after paying for a walk through it. */
function charged(list: List, run: Run): List {
  run.spend(1 + (list.length >> 3));
  return list;
}

function made(list: List, run: Run): List {
  run.chargeList(list.length);
  return list;
}

function concat(self: List, args: Args, run: Run): List {
  const total = args.values.reduce<number>((length, value) => length + (isList(value) ? value.length : 1), self.length);
  run.chargeList(total);
  return self.concat(...args.values);
}

function positionOf(self: List, args: Args, run: Run): number {
  const wanted = args.value(0);
  const from = fromOf(self, args);
  return charged(self, run).findIndex((one, at) => at >= from && isSame(one, wanted));
}

/** Where a search begins; negative counts from the end. */
function fromOf(self: List, args: Args): number {
  const from = args.has(1) ? Math.trunc(args.number(1)) : 0;
  return from < 0 ? self.length + from : from;
}

function flat(self: List, depth: number, run: Run): List {
  run.chargeList(self.length);
  const into: Value[] = [];
  for (const one of self) {
    if (isList(one) && depth >= 1) for (const inner of flat(one, depth - 1, run)) into.push(inner);
    else into.push(one);
  }
  return into;
}

/** What two values must share to count as one: their JSON for data, their moment for dates. */
export function identity(value: Value, run: Run): Value {
  if (isDate(value)) return `date ${value.toMillis()}`;
  return typeof value === 'object' && value !== null
    ? `json ${JSON.stringify(toJson(value, run))}`
    : typeof value === 'string'
      ? `text ${value}`
      : value;
}

function unique(self: List, run: Run): List {
  run.chargeList(self.length);
  const seen = new Set<Value>();
  return self.filter((one) => {
    const key = identity(one, run);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function compared(self: List, args: Args, run: Run): { readonly missing: List; readonly shared: List } {
  const other = args.list(0);
  run.chargeList(self.length + other.length);
  const keys = new Set(other.map((one) => identity(one, run)));
  const isShared = self.map((one) => keys.has(identity(one, run)));
  return { missing: self.filter((_, index) => isShared[index] === false), shared: self.filter((_, index) => isShared[index] === true) };
}

function chunk(self: List, args: Args, run: Run): List {
  const size = args.number(0);
  if (!Number.isInteger(size) || size < 1) throw typeError(`chunk of ${size}`, 'The size of a chunk is a whole number from 1.');
  run.chargeList(self.length);
  return Array.from({ length: Math.ceil(self.length / size) }, (_, index) => self.slice(index * size, (index + 1) * size));
}

function pluck(self: List, args: Args, run: Run): List {
  const names = args.values.map((_, index) => args.text(index));
  run.chargeList(self.length * Math.max(1, names.length));
  const own = (one: Value, name: string): Value => (isPlain(one) && Object.hasOwn(one, name) ? one[name] : undefined);
  if (names.length === 1) return self.map((one) => own(one, names[0] ?? ''));
  return self.map((one) => {
    const fields: Record<string, Value> = {};
    for (const name of names) put(fields, name, own(one, name));
    return fields;
  });
}

function numbers(self: List, run: Run): readonly number[] {
  return charged(self, run).map((one) => {
    const number = toNumber(one);
    if (Number.isNaN(number) || one === undefined)
      throw typeError(
        'a list with something that is no number',
        "Every element must be a number here. Choose the field first, for example `.pluck('price')`.",
      );
    return number;
  });
}
