/**
 * Runs inside the fresh context of a call, before the user's code, with intrinsics that nobody has touched yet.
 * All files of this folder become one script. Only primitives cross to the harness, and what the harness throws is replaced:
 * no object of its realm gets here.
 */

/** What the harness offers; see `host.ts`. Everything but libraries comes back as a primitive. */
export type Host = (operation: string, first?: unknown, second?: unknown) => unknown;

/** The one door, set before anything else runs. */
let door: Host = () => undefined;

/** Sets the door. */
export function openDoor(host: Host): void {
  door = host;
}

/** An answer that begins with this says why it was refused. */
const REFUSED = '\u0000';

const failures = new WeakMap<object, string>();

/** An error of ours, with its code; whatever else the code throws is `code_failed`. */
export function failure(code: string, message: string): Error {
  const error = new Error(message);
  failures.set(error, code);
  return error;
}

/** The code of an error of ours. */
export function codeOf(thrown: unknown): string | undefined {
  return typeof thrown === 'object' && thrown !== null ? failures.get(thrown) : undefined;
}

/** Asks the harness. What it throws, a stack overflow in it included, never gets here as an object. */
export function ask(operation: string, first?: unknown, second?: unknown): unknown {
  let answer: unknown;
  try {
    answer = door(operation, first, second);
  } catch {
    throw new Error(`the sandbox could not do ${operation}`);
  }
  if (typeof answer === 'string' && answer[0] === REFUSED) {
    const end = answer.indexOf(REFUSED, 1);
    const code = answer.slice(1, end);
    const message = answer.slice(end + 1);
    throw code === '' ? new Error(message) : failure(code, message);
  }
  return answer;
}

/** Asks for a text. */
export function askText(operation: string, first?: unknown, second?: unknown): string {
  const answer = ask(operation, first, second);
  return typeof answer === 'string' ? answer : '';
}

/** A value as text, as the language makes it; throws for what cannot be one. */
export function asText(value: unknown): string {
  // oxlint-disable-next-line typescript/no-base-to-string -- guests expect the language's own conversion, "[object Object]" included
  return String(value);
}

/** Sets a global that people may overwrite, as they may any other. */
export function setGlobal(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
}

/** Sets a global that is made when it is first read. */
export function setLazyGlobal(name: string, make: () => unknown): void {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: false,
    get() {
      const value = make();
      setGlobal(name, value);
      return value;
    },
    set(value: unknown) {
      setGlobal(name, value);
    },
  });
}

/** Everything here, for the modules that are compiled apart. */
export const core = { asText, failure, codeOf, ask, askText, setGlobal, setLazyGlobal };
