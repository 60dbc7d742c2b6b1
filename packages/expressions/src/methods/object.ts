import { toJson } from '../result.ts';
import { toText } from '../runtime/text.ts';
import type { Run } from '../runtime/run.ts';
import { isPlain, type Plain, put, type Value } from '../runtime/value.ts';
import type { Args, MethodTable } from './spec.ts';

/** What an object can do. */
export const objectMethods: MethodTable<Plain> = {
  keys: {
    signature: '()',
    doc: 'The names of its fields',
    example: '({ a: 1 }).keys()',
    perform: (self, _args, run) => charged(Object.keys(self), run),
  },
  values: {
    signature: '()',
    doc: 'The values of its fields',
    example: '({ a: 1 }).values()',
    perform: (self, _args, run) => charged(Object.values(self), run),
  },
  entries: {
    signature: '()',
    doc: 'Pairs of name and value',
    example: '({ a: 1 }).entries()',
    perform: (self, _args, run) => charged(Object.entries(self), run),
  },
  hasField: {
    signature: '(name)',
    doc: 'Whether it has a field',
    example: "({ a: 1 }).hasField('a')",
    perform: (self, args) => Object.hasOwn(self, args.text(0)),
  },
  hasOwnProperty: {
    signature: '(name)',
    doc: 'Whether it has a field',
    example: "({ a: 1 }).hasOwnProperty('a')",
    perform: (self: Plain, args: Args) => Object.hasOwn(self, args.text(0)),
  },
  merge: {
    signature: '(other)',
    doc: 'With the fields of another added; those here win',
    example: '({ a: 1 }).merge({ a: 2, b: 3 })',
    perform: (self, args, run) => merged([args.object(0), self], run),
  },
  removeField: {
    signature: '(name)',
    doc: 'Without a field',
    example: "({ a: 1, b: 2 }).removeField('a')",
    perform: (self, args, run) => selected(self, (key) => key !== args.text(0), run),
  },
  removeFieldsContaining: {
    signature: '(text)',
    doc: 'Without the fields whose text contains something',
    example: "({ a: 'xy', b: 'z' }).removeFieldsContaining('x')",
    perform: (self, args, run) => selected(self, (key) => !holds(self[key], args.text(0)), run),
  },
  keepFieldsContaining: {
    signature: '(text)',
    doc: 'Only the fields whose text contains something',
    example: "({ a: 'xy', b: 'z' }).keepFieldsContaining('x')",
    perform: (self, args, run) => selected(self, (key) => holds(self[key], args.text(0)), run),
  },
  urlEncode: {
    signature: '()',
    doc: 'As the query of a web address',
    example: "({ a: 'b c' }).urlEncode()",
    perform: (self, _args, run) =>
      run.text(
        charged(Object.entries(self), run)
          .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(toText(value, run)).replaceAll('%20', '+')}`)
          .join('&'),
      ),
  },
  pick: { signature: '(...names)', doc: 'Only these fields', example: "({ a: 1, b: 2 }).pick('a')", perform: pick },
  compact: {
    signature: '()',
    doc: 'Without empty fields',
    example: "({ a: '', b: 2 }).compact()",
    perform: (self, _args, run) => selected(self, (key) => !isBlank(self[key]), run),
  },
  isEmpty: {
    signature: '()',
    doc: 'Whether it has no fields',
    example: '({}).isEmpty()',
    perform: (self) => Object.keys(self).length === 0,
  },
  isNotEmpty: {
    signature: '()',
    doc: 'Whether it has fields',
    example: '({ a: 1 }).isNotEmpty()',
    perform: (self) => Object.keys(self).length > 0,
  },
  toJsonString: {
    signature: '()',
    doc: 'As JSON text',
    example: '({ a: 1 }).toJsonString()',
    perform: (self, _args, run) => run.text(JSON.stringify(toJson(self, run))),
  },
  toString: {
    signature: '()',
    doc: 'As JSON text',
    example: '({ a: 1 }).toString()',
    perform: (self: Plain, _args: Args, run: Run) => toText(self, run),
  },
};

function holds(value: Value, text: string): boolean {
  return typeof value === 'string' && value.includes(text);
}

function pick(self: Plain, args: Args, run: Run): Plain {
  const names = new Set(args.values);
  return selected(self, (key) => names.has(key), run);
}

function charged<T extends readonly Value[]>(list: T, run: Run): T {
  run.chargeList(list.length);
  return list;
}

/** One object with the fields of several; later ones win. */
export function merged(objects: readonly Plain[], run: Run): Plain {
  const into: Record<string, Value> = {};
  for (const object of objects) {
    const keys = Object.keys(object);
    run.spend(keys.length);
    for (const key of keys) put(into, key, object[key]);
  }
  return into;
}

function selected(self: Plain, isKept: (key: string) => boolean, run: Run): Plain {
  const into: Record<string, Value> = {};
  run.spend(Object.keys(self).length);
  for (const key of Object.keys(self)) if (isKept(key)) put(into, key, self[key]);
  return into;
}

/** Whether a value says nothing: null, undefined, empty text, list or object. */
export function isBlank(value: Value): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isPlain(value) && Object.keys(value).length === 0;
}
