import { isDateExtension } from '../profile.ts';
import { partOf } from '../parts/parts.ts';
import { toJson } from '../result.ts';
import type { Run } from '../runtime/run.ts';
import { toText } from '../runtime/text.ts';
import { type Kind, kindOf, MovableDate, type Value, View } from '../runtime/value.ts';
import { booleanMethods } from './boolean.ts';
import { charged, textCost } from './costs.ts';
import { listMethods } from './list/list.ts';
import { listCallbackMethods } from './list/callback.ts';
import { listChangeMethods } from './list/change.ts';
import { listMoreMethods } from './list/more.ts';
import { mapMethods, setMethods } from './list/collections.ts';
import { nothingMethods } from './nothing.ts';
import { numberMethods } from './number.ts';
import { objectMethods } from './object.ts';
import { patternMethods } from './text/pattern.ts';
import { type Args, type Method, tableOf } from './spec.ts';
import { textMethods } from './text/text.ts';
import { textConvertMethods } from './text/convert.ts';
import { textFindMethods } from './text/find.ts';
import { textMoreMethods } from './text/more.ts';

/** A method whose receiver was chosen by kind, so that its type is known to fit. */
type AnyMethod = Method<never>;

const none: ReadonlyMap<string, AnyMethod> = new Map();

/** Every method there is, by the kind of value it belongs to. Those of dates and durations are there with their part. */
export const methodTables: Readonly<Record<Kind, ReadonlyMap<string, AnyMethod>>> = {
  text: tableOf(
    textMethods,
    textFindMethods,
    charged(textConvertMethods, () => textCost),
    textMoreMethods,
  ),
  number: tableOf(numberMethods),
  boolean: tableOf(booleanMethods),
  list: tableOf(listMethods, listMoreMethods, listCallbackMethods, listChangeMethods),
  object: tableOf(objectMethods),
  get date() {
    return partOf('dates').methods;
  },
  get duration() {
    return partOf('dates').durationMethods;
  },
  pattern: tableOf(patternMethods),
  set: tableOf(setMethods),
  map: tableOf(mapMethods),
  nothing: tableOf(nothingMethods),
  function: none,
  view: none,
};

/** The method of a value by name: from the fixed table of its kind, never from the value itself. */
export function methodOf(self: Value, name: string): Method<Value> | undefined {
  if (self instanceof View) {
    const call = self.methods.get(name);
    return call === undefined ? undefined : { signature: '()', doc: '', example: '', perform: (_self, args) => call(args.values) };
  }
  return methodTables[kindOf(self)].get(name) as Method<Value> | undefined;
}

/**
 * The method by n8n's rules: a text that is an ISO date has n8n's functions on dates.
 * n8n asks its own functions before JavaScript's; the names differ, so one table per kind serves both.
 */
export function looseMethodOf(self: Value, name: string): Method<Value> | undefined {
  if (typeof self === 'string' && isDateExtension(name) && isIsoDate(self)) {
    const method = methodTables.date.get(name) as Method<Value> | undefined;
    if (method !== undefined)
      return { ...method, perform: (_self, args, run) => method.perform(partOf('dates').fromText(self, run), args, run) };
  }
  return methodOf(self, name) ?? (self === null || self === undefined ? undefined : genericMethods.get(name));
}

/** What every value has in n8n. */
const genericMethods: ReadonlyMap<string, Method<Value>> = new Map([
  ['toString', { signature: '()', doc: 'As text', example: '', perform: (self: Value, _args: Args, run: Run) => toText(self, run) }],
  [
    'toJsonString',
    {
      signature: '()',
      doc: 'As JSON text',
      example: '',
      perform: (self: Value, _args: Args, run: Run) => run.text(JSON.stringify(toJson(self, run))),
    },
  ],
]);

const isoDate = /^\d{4}-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-][0-2]\d:?[0-5]\d)?)?$/u;

function isIsoDate(text: string): boolean {
  return text.length <= 40 && isoDate.test(text);
}

/** What a method works on: the date that a movable one is now, unless the method moves it. */
export function receiverOf(self: Value, name: string): Value {
  return self instanceof MovableDate && !partOf('dates').moves(name) ? self.current : self;
}

/** The names of all methods of a kind. */
export function methodNames(kind: Kind): readonly string[] {
  return [...methodTables[kind].keys()];
}
