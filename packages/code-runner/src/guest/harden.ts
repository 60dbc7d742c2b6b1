/**
 * Makes the harness' own realm worthless to whoever reaches into it: its intrinsics are frozen, and it compiles no text
 * (`--disallow-code-generation-from-strings`). Contexts of calls have intrinsics of their own and are not touched.
 */
const ROOTS: readonly unknown[] = [
  Object,
  Function,
  Array,
  String,
  Number,
  Boolean,
  Symbol,
  BigInt,
  Date,
  RegExp,
  Promise,
  Map,
  Set,
  WeakMap,
  WeakSet,
  WeakRef,
  FinalizationRegistry,
  ArrayBuffer,
  SharedArrayBuffer,
  DataView,
  Uint8Array,
  Proxy,
  Error,
  TypeError,
  RangeError,
  SyntaxError,
  EvalError,
  ReferenceError,
  URIError,
  AggregateError,
  Iterator,
  Math,
  JSON,
  Reflect,
  Atomics,
  Intl,
  [][Symbol.iterator](),
  new Map()[Symbol.iterator](),
  new Set()[Symbol.iterator](),
  ''[Symbol.iterator](),
  async () => undefined,
  function* () {},
  async function* () {},
];

/** Objects inherit from these, and Node assigns to what they inherit: an accessor keeps that possible where a frozen field would not. */
function assignable(owner: object): void {
  for (const key of Reflect.ownKeys(owner)) {
    const found = Reflect.getOwnPropertyDescriptor(owner, key);
    if (found?.configurable !== true || !('value' in found)) continue;
    const value: unknown = found.value;
    Object.defineProperty(owner, key, {
      configurable: false,
      enumerable: found.enumerable === true,
      get: () => value,
      set(this: object, next: unknown) {
        if (this === owner) return;
        Object.defineProperty(this, key, { value: next, writable: true, enumerable: true, configurable: true });
      },
    });
  }
}

/** Freezes what is reachable from the intrinsics. Call once, after everything is loaded. */
export function harden(): void {
  for (const owner of [Object.prototype, Function.prototype, Error.prototype, TypeError.prototype, RangeError.prototype]) assignable(owner);
  const seen = new Set<unknown>();
  const waiting: unknown[] = [...ROOTS];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if ((typeof one !== 'object' && typeof one !== 'function') || one === null || seen.has(one)) continue;
    seen.add(one);
    waiting.push(Object.getPrototypeOf(one));
    for (const key of Reflect.ownKeys(one)) {
      const found = Reflect.getOwnPropertyDescriptor(one, key);
      if (found !== undefined) waiting.push(found.value, found.get, found.set);
    }
    if (!ArrayBuffer.isView(one)) Object.freeze(one);
  }
}
