import { ExpressionError } from '../errors.ts';
import { datePartNames, durationPartNames } from '../methods/date/part-names.ts';
import type { Property } from '../methods/spec.ts';
import { methodNames } from '../methods/tables.ts';
import { partOf } from '../parts/parts.ts';
import { closest } from '../suggest.ts';
import type { Run } from './run.ts';
import { toText } from './text.ts';
import { typeError } from '../errors.ts';
import { missingNameError } from './missing-name.ts';
import { dateOf, describeKind, isDuration, isList, isPlain, kindOf, Members, Pairs, type Value, View } from './value.ts';

/** What reading gives for a key that is not there. Never a value of the language. */
export const missing: unique symbol = Symbol('missing');

/** A property of a value, or {@link missing}: own data of objects, elements and length of lists and texts, the fixed parts of dates and roots. */
export function readKey(target: Value, key: string): Value {
  if (isPlain(target)) return Object.hasOwn(target, key) ? target[key] : missing;
  if (isList(target) || typeof target === 'string') {
    if (key === 'length') return target.length;
    if (key === 'index' || key === 'groups') return isList(target) && Object.hasOwn(target, key) ? factOf(target, key) : missing;
    const index = indexOf(key);
    return index !== undefined && index < target.length ? target[index] : missing;
  }
  const date = dateOf(target);
  if (date !== undefined) return propertyOf(partOf('dates').dateProperties, date, key);
  if (isDuration(target)) return propertyOf(partOf('dates').durationProperties, target, key);
  if (target instanceof Members || target instanceof Pairs) return key === 'size' ? target.values.size : missing;
  return target instanceof View ? target.read(key) : missing;
}

function propertyOf<Self>(properties: ReadonlyMap<string, Property<Self>>, self: Self, key: string): Value {
  const property = properties.get(key);
  return property === undefined ? missing : property.read(self);
}

/** What a find of a regular expression knows beside its groups. */
function factOf(target: readonly Value[], key: 'index' | 'groups'): Value {
  return (target as { readonly index?: Value; readonly groups?: Value })[key];
}

/** `'12'` as 12; undefined for anything that is no index. */
function indexOf(key: string): number | undefined {
  return /^(?:0|[1-9]\d{0,8})$/u.test(key) ? Number(key) : undefined;
}

/** The names that a value has, for proposals. */
export function keysOf(target: Value): readonly string[] {
  if (target instanceof View) return target.keys();
  if (dateOf(target) !== undefined) return datePartNames;
  if (target instanceof Members || target instanceof Pairs) return ['size'];
  if (isDuration(target)) return durationPartNames;
  if (isPlain(target)) return Object.keys(target);
  return isList(target) || typeof target === 'string' ? ['length'] : [];
}

/**
 * A computed key as text, read once.
 * @throws ExpressionError `expression_type` for anything but text, number and boolean
 */
export function toKey(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw typeError(`${describeKind(value)} as a key`, `A key is text or a number, and this is ${describeKind(value)}.`);
}

/** A computed key in the profile of an evaluation: in n8n's anything becomes text, once. */
export function keyFor(value: Value, run: Run): string {
  return run.isLoose && typeof value !== 'string' ? toText(value, run) : toKey(value);
}

/** The error for a key that is not there. `owner` is the source text of what was read, such as `$json.user`. */
export function missingKeyError(target: Value, key: string, owner: string): ExpressionError {
  const place = owner === '$json' ? 'the item' : `\`${owner}\``;
  if (owner === '$vars' || owner === '$env') return missingNameError(owner, key, keysOf(target));
  const message = `${owner}.${key} is missing`;
  if (target === null || target === undefined) {
    const hint = `\`${key}\` cannot be read because ${place} is ${target === null ? 'null' : 'empty'}. Use \`?.${key}\`, or \`?? ''\` for a default.`;
    return new ExpressionError({ code: 'expression_missing_key', message, hint, missingKey: key });
  }
  const methods = methodNames(kindOf(target));
  if (methods.includes(key)) {
    return new ExpressionError({
      code: 'expression_missing_key',
      message,
      hint: `\`${key}\` is a function: write \`${key}()\`.`,
      missingKey: key,
      suggestion: `${key}()`,
    });
  }
  const keys = keysOf(target);
  const suggestion = closest(key, keys);
  const hint = `\`${key}\` is not in ${place}${proposal(target, keys, suggestion)} Use \`?? ''\` for a default.`;
  return new ExpressionError({ code: 'expression_missing_key', message, hint, missingKey: key, suggestion });
}

function proposal(target: Value, keys: readonly string[], suggestion: string | undefined): string {
  if (suggestion !== undefined) return `; did you mean \`${suggestion}\`?`;
  if (isList(target)) return `, a list of ${target.length}.`;
  if (typeof target !== 'object') return `, which is ${describeKind(target)}.`;
  if (keys.length === 0) return ', which is empty.';
  const shown = keys.filter((key) => key.length <= 40).slice(0, 5);
  return `. It has ${shown.map((key) => `\`${key}\``).join(', ')}${keys.length > shown.length ? ' and more' : ''}.`;
}
