import { DateTime, Duration } from 'luxon';
import { Compiler, type Evaluate, stopped } from '../compile/compiler.ts';
import { closureOf } from '../compile/expression.ts';
import { ExpressionError } from '../errors.ts';
import { defaultLimits } from '../limits.ts';
import { parseTemplate } from '../parse.ts';
import type { Profile } from '../profile.ts';
import { toJson } from '../result.ts';
import { Run } from '../runtime/run.ts';
import { Lambda, Opaque, type Value, View } from '../runtime/value.ts';
import type { ExpressionScope } from '../scope.ts';

/** What the host has that no guest may hold. */
const builtins: readonly object[] = [
  Object,
  Function,
  Array,
  String,
  Number,
  Boolean,
  RegExp,
  Date,
  Map,
  Set,
  WeakMap,
  WeakSet,
  Promise,
  Symbol,
  Error,
  TypeError,
  RangeError,
  ArrayBuffer,
  Uint8Array,
  DateTime,
  Duration,
  Lambda,
  View,
  Run,
  ExpressionError,
];
const prototypes = builtins.map((one) => (one as { readonly prototype: object }).prototype);
const namespaces: readonly object[] = [globalThis, Math, JSON, Reflect, Intl, process];
const hostObjects: ReadonlySet<unknown> = new Set<unknown>([...builtins, ...prototypes, ...namespaces]);

/** Why a guest must not hold a value; undefined when it may. */
function objection(value: Value): string | undefined {
  if (value === stopped) return undefined;
  if (typeof value === 'function') return `a function of the host: ${value.name}`;
  if (typeof value === 'symbol') return `a symbol: ${String(value)}`;
  if (typeof value === 'bigint') return 'a big integer';
  if (typeof value !== 'object' || value === null) return undefined;
  if (hostObjects.has(value)) return 'an object of the host';
  if (value instanceof Opaque || value instanceof DateTime || value instanceof Duration) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null || (Array.isArray(value) && prototype === Array.prototype)) return undefined;
  return `an object of a class: ${String((prototype as { constructor?: { name?: string } }).constructor?.name)}`;
}

/** Getter and setter, as values to look at. */
function accessorsOf(descriptor: PropertyDescriptor | undefined): readonly Value[] {
  return descriptor === undefined ? [] : [Reflect.get(descriptor, 'get'), Reflect.get(descriptor, 'set')];
}

/** Everything below a value; own data only, each object once. */
function* below(value: Value, seen = new Set<object>()): Generator<Value> {
  yield value;
  if (typeof value !== 'object' || value === null || seen.has(value) || seen.size > 10_000) return;
  seen.add(value);
  if (value instanceof Opaque || value instanceof DateTime || value instanceof Duration) return;
  for (const key of Reflect.ownKeys(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    const accessor = accessorsOf(descriptor).find((one) => one !== undefined);
    if (accessor === undefined) yield* below(descriptor?.value, seen);
    else yield accessor;
  }
}

/** What came of one expression, and what the guest held on the way that it must not. */
export interface Reach {
  readonly result: 'value' | 'error';
  readonly objections: readonly string[];
}

/**
 * Evaluates an expression and looks at every value that its parts give, and at all that is below its result.
 * @throws whatever is no ExpressionError
 */
export function reachOf(expression: string, scope: ExpressionScope, profile: Profile): Reach {
  const objections = new Set<string>();
  const look = (value: Value): void => {
    const found = objection(value);
    if (found !== undefined) objections.add(found);
  };
  const source = `{{ ${expression} }}`;
  try {
    for (const segment of parseTemplate(source)) {
      if (segment.kind === 'text') continue;
      const place = { source, offset: segment.offset, end: segment.end, isLoose: profile === 'n8n' };
      const compiler = new Compiler(place, (own, node, mode): Evaluate => {
        const evaluate = closureOf(own, node, mode);
        return (frame) => {
          const value = evaluate(frame);
          look(value);
          return value;
        };
      });
      const run = new Run(scope, defaultLimits, profile);
      const result = toJson(compiler.compile(segment.node)({ run, slots: [], parent: undefined }), run);
      for (const value of below(result)) look(value);
    }
    return { result: 'value', objections: [...objections] };
  } catch (error) {
    if (error instanceof ExpressionError || isHostsOwn(error)) return { result: 'error', objections: [...objections] };
    throw error;
  }
}

/** Errors that templates translate: a wrong argument of a built-in, or the end of the host's stack. */
function isHostsOwn(error: unknown): boolean {
  return error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError || error instanceof URIError;
}

/** What the host's classes and namespaces hold, to compare before and after. */
export function hostState(): readonly unknown[] {
  return [...builtins, ...prototypes, Math, JSON, Reflect].flatMap((one) =>
    Reflect.ownKeys(one).flatMap((key) => {
      const descriptor = Object.getOwnPropertyDescriptor(one, key);
      // What engines keep up to date themselves.
      const accessors = accessorsOf(descriptor);
      if (one === RegExp && accessors[0] !== undefined) return [];
      return [key, descriptor?.value, ...accessors];
    }),
  );
}

/** What changed on the host's classes and namespaces since `before`. */
export function hostChanges(before: readonly unknown[]): readonly string[] {
  const now = hostState();
  return now.length === before.length ? now.flatMap((one, at) => (Object.is(one, before[at]) ? [] : [`entry ${at}`])) : ['other keys'];
}
