import { installConsole } from './console.ts';
import { ask, codeOf, core, failure, openDoor, type Host } from './core.ts';
import type { Extras } from './extras.ts';
import { seedRandom } from './random.ts';
import { itemOfEach, itemsOfAll, toText } from './results.ts';
import { noStaticData, positions, rootNames, rootValues } from './roots.ts';
import { state, type GuestData, type GuestItem } from './state.ts';

type UserFunction = (this: unknown) => unknown;
/** Gets the roots, gives the user's function: one per item, so that nothing stays between items. */
type MakeUser = (...roots: unknown[]) => UserFunction;

/** What the harness may call. Arguments are primitives and functions of this context. */
export interface Entry {
  readonly prepare: (items: string, data: string, nodes: string) => void;
  /** Before `run`, for code that names it. */
  readonly addConsole: () => void;
  /** Before `run`, for code that names more than roots and the language. */
  readonly addExtras: () => void;
  readonly rootNames: string;
  readonly run: (mode: string, make: MakeUser) => void;
  readonly fireTimer: (id: number) => void;
  readonly settleFetch: (id: number, text: string) => void;
}

/** Features of the engine whose callbacks, or what they are given, would outlive the call, or that get memory past the heap limit. */
const REMOVED = ['FinalizationRegistry', 'WebAssembly', 'SharedArrayBuffer', 'console'];

const { apply } = Reflect;
// oxlint-disable-next-line typescript/unbound-method -- taken before guests can replace it, and only called with apply
const { then } = Promise.prototype;
const reply = ask;

function fail(thrown: unknown): void {
  let name = 'Error';
  let message = 'unknown';
  let stack = '';
  try {
    if (thrown instanceof Error) {
      ({ name, message, stack = '' } = thrown);
    } else message = typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown);
  } catch {
    message = 'An error that cannot be read';
  }
  const text = JSON.stringify({ code: codeOf(thrown), name, message, stack, itemIndex: state.itemIndex });
  reply('fail', text);
}

let extras: Extras | undefined;

/** Where the rest comes from: compiled apart, since most code needs none of it. */
function addExtras(): void {
  const make = ask('library', 'extras') as (core: unknown, state: unknown) => () => Extras;
  extras = make(core, state)();
  self.helpers = { ...self.helpers, httpRequest: extras.httpRequest, request: extras.httpRequest };
}

/** @throws Error always */
function noFileContent(): never {
  throw failure('code_failed', 'Code gets files by handle and passes them on; it cannot read or make what is in them');
}

const self: { helpers: object; getWorkflowStaticData: () => unknown } = {
  helpers: { getBinaryDataBuffer: noFileContent, prepareBinaryData: noFileContent },
  getWorkflowStaticData: noStaticData,
};

/** Runs what the harness starts; a failure in it is the call's. */
function guard(action: () => void): void {
  try {
    action();
  } catch (thrown) {
    fail(thrown);
  }
}

async function runAll(make: MakeUser): Promise<string> {
  return toText(itemsOfAll(await apply(apply(make, undefined, rootValues()), self, [])));
}

async function runEach(make: MakeUser): Promise<string> {
  const out = [];
  for (let index = 0; index < state.items.length; index++) {
    state.itemIndex = index;
    const item = itemOfEach(await apply(apply(make, undefined, rootValues()), self, []));
    if (item !== undefined) out.push(item);
  }
  return toText(out);
}

function prepare(items: string, data: string, nodes: string): void {
  state.items = JSON.parse(items) as GuestItem[];
  state.data = JSON.parse(data) as GuestData;
  state.nodesText = nodes;
  state.itemIndex = state.data.itemIndex ?? 0;
  state.items.forEach((item, index) => {
    if (item.files !== undefined) Object.defineProperty(item, 'binary', { value: item.files, writable: true, configurable: true });
    positions.set(item, index).set(item.json, index);
  });
  seedRandom(String(state.data.seed ?? ''));
}

/** Makes the context ready for one call, and the call possible. */
export function open(host: Host): Entry {
  openDoor(host);
  for (const name of REMOVED) delete (globalThis as unknown as Record<string, unknown>)[name];
  delete (Atomics as { waitAsync?: unknown }).waitAsync;
  return {
    prepare,
    addConsole: installConsole,
    addExtras,
    rootNames,
    run: (mode, make) => {
      const done = (text: string): void => void reply('done', text);
      apply(then, mode === 'each' ? runEach(make) : runAll(make), [done, fail]);
    },
    fireTimer: (id) => {
      guard(() => extras?.fireTimer(id));
    },
    settleFetch: (id, text) => {
      guard(() => extras?.settleFetch(id, text));
    },
  };
}
