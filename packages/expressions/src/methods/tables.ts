import { type Kind, kindOf, type Value, View } from '../runtime/value.ts';
import { booleanMethods } from './boolean.ts';
import { dateMethods } from './date/date.ts';
import { nativeDateMethods } from './date/native.ts';
import { durationMethods } from './date/duration.ts';
import { listMethods } from './list/list.ts';
import { listCallbackMethods } from './list/callback.ts';
import { nothingMethods } from './nothing.ts';
import { numberMethods } from './number.ts';
import { objectMethods } from './object.ts';
import { patternMethods } from './text/pattern.ts';
import type { Method, MethodTable } from './spec.ts';
import { textMethods } from './text/text.ts';
import { textConvertMethods } from './text/convert.ts';
import { textFindMethods } from './text/find.ts';

/** A method whose receiver was chosen by kind, so that its type is known to fit. */
type AnyMethod = Method<never>;

function tableOf<Self>(...tables: readonly MethodTable<Self>[]): ReadonlyMap<string, AnyMethod> {
  return new Map(tables.flatMap((table) => Object.entries(table)));
}

const none: ReadonlyMap<string, AnyMethod> = new Map();

/** Every method there is, by the kind of value it belongs to. */
export const methodTables: Readonly<Record<Kind, ReadonlyMap<string, AnyMethod>>> = {
  text: tableOf(textMethods, textFindMethods, textConvertMethods),
  number: tableOf(numberMethods),
  boolean: tableOf(booleanMethods),
  list: tableOf(listMethods, listCallbackMethods),
  object: tableOf(objectMethods),
  date: tableOf(dateMethods, nativeDateMethods),
  duration: tableOf(durationMethods),
  pattern: tableOf(patternMethods),
  nothing: tableOf(nothingMethods),
  function: none,
  view: none,
};

/** The method of a value by name: from the fixed table of its kind, never from the value itself. */
export function methodOf(self: Value, name: string): Method<Value> | undefined {
  if (self instanceof View) {
    const call = self.methods.get(name);
    return call === undefined ? undefined : { signature: '()', doc: '', example: '', perform: call };
  }
  return methodTables[kindOf(self)].get(name) as Method<Value> | undefined;
}

/** The names of all methods of a kind. */
export function methodNames(kind: Kind): readonly string[] {
  return [...methodTables[kind].keys()];
}
