import type { DateTime, Duration } from 'luxon';
import { partIfGiven } from '../parts/parts.ts';

/** A value inside the interpreter. Nothing is assumed of it: every use narrows first. */
export type Value = unknown;

/** An object of data: only its own properties exist. */
export type Plain = Readonly<Record<string, Value>>;

/** What an expression can hold but neither look into nor return. */
export abstract class Opaque {
  readonly isOpaque = true;
}

/** A function of the interpreter. Only the interpreter calls it. */
export class Lambda extends Opaque {
  readonly invoke: (args: readonly Value[]) => Value;
  constructor(invoke: (args: readonly Value[]) => Value) {
    super();
    this.invoke = invoke;
  }
}

/** A date made by `new Date`: functions such as `setDate` move it, within the evaluation that made it. */
export class MovableDate extends Opaque {
  current: DateTime;
  constructor(current: DateTime) {
    super();
    this.current = current;
  }
}

/** What `new Set` makes. Lives within one evaluation. */
export class Members extends Opaque {
  readonly values = new Set<Value>();
}

/** What `new Map` makes. Lives within one evaluation. */
export class Pairs extends Opaque {
  readonly values = new Map<Value, Value>();
}

/** A root that answers by fixed names only, such as `$input` or `$('id')`. */
export class View extends Opaque {
  readonly title: string;
  readonly read: (key: string) => Value;
  readonly keys: () => readonly string[];
  readonly methods: ReadonlyMap<string, (args: readonly Value[]) => Value>;
  constructor(parts: {
    title: string;
    read: (key: string) => Value;
    keys: () => readonly string[];
    methods?: ReadonlyMap<string, (args: readonly Value[]) => Value>;
  }) {
    super();
    this.title = parts.title;
    this.read = parts.read;
    this.keys = parts.keys;
    this.methods = parts.methods ?? new Map();
  }
}

/** The types an author sees. */
export type Kind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'list'
  | 'object'
  | 'date'
  | 'duration'
  | 'pattern'
  | 'set'
  | 'map'
  | 'function'
  | 'view'
  | 'nothing';

/** The type of a value, as the method tables know it. */
export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'undefined':
      return 'nothing';
    case 'object':
      return value === null ? 'nothing' : kindOfObject(value);
    default:
      return 'function';
  }
}

function kindOfObject(value: object): Kind {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return 'object';
  if (Array.isArray(value)) return 'list';
  if (isDate(value)) return 'date';
  if (isDuration(value)) return 'duration';
  if (value instanceof View) return 'view';
  if (value instanceof Lambda) return 'function';
  if (value instanceof MovableDate) return 'date';
  if (value instanceof Members) return 'set';
  if (value instanceof Pairs) return 'map';
  return value instanceof Opaque ? 'pattern' : 'object';
}

/** Whether a value is a date that does not move. There is none before what makes them is loaded. */
export function isDate(value: Value): value is DateTime {
  const dates = partIfGiven('dates');
  return dates !== undefined && value instanceof dates.DateTime;
}

/** Whether a value is a duration. */
export function isDuration(value: Value): value is Duration {
  const dates = partIfGiven('dates');
  return dates !== undefined && value instanceof dates.Duration;
}

/** The date that a value is, as it stands now; undefined for anything else. */
export function dateOf(value: Value): DateTime | undefined {
  if (isDate(value)) return value;
  return value instanceof MovableDate ? value.current : undefined;
}

/** Whether a value is a list. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is an object of data. */
export function isPlain(value: Value): value is Plain {
  return typeof value === 'object' && value !== null && kindOfObject(value) === 'object';
}

/** A value's type with an article, for messages. */
export function describeKind(value: Value): string {
  const kind = kindOf(value);
  if (value === null) return 'null';
  if (kind === 'nothing') return 'nothing (undefined)';
  if (kind === 'text') return 'text';
  return `${kind === 'object' ? 'an' : 'a'} ${kind}`;
}

/** Sets a property as data, whatever its name: `__proto__` is a key like any other. */
export function put(target: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
