import { installConsole } from './console.ts';
import { ask, asText, codeOf, core, openDoor, type Host } from './core.ts';
import type { Extras } from './extras.ts';
import { seedRandom } from './random.ts';
import { itemOfEach, itemsOfAll, toText } from './results.ts';
import { givenFiles, noStaticData, positions, rootNames, rootValues } from './roots.ts';
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
  /** @param bytes one character each */
  readonly settleFile: (id: number, head: string, bytes: string) => void;
}

/** Features of the engine whose callbacks, or what they are given, would outlive the call, or that get memory past the heap limit. */
const REMOVED = ['FinalizationRegistry', 'WebAssembly', 'SharedArrayBuffer', 'console'];

const { apply, get } = Reflect;
const { stringify } = JSON;
// oxlint-disable-next-line typescript/unbound-method -- taken before guests can replace it, and only called with apply
const { then } = Promise.prototype;
const reply = ask;

/** Longer texts of an error say no more. */
const MOST_CHARACTERS = 20_000;

const UNREADABLE = { name: 'Error', message: 'An error that cannot be read', stack: '' };

/** A part of an error as text; what it runs on the way may throw, or give something else. */
function partOf(thrown: object, name: 'name' | 'message' | 'stack'): string {
  try {
    const part: unknown = get(thrown, name);
    return part === undefined ? '' : asText(part).slice(0, MOST_CHARACTERS);
  } catch {
    return name === 'message' ? UNREADABLE.message : '';
  }
}

function described(thrown: unknown): typeof UNREADABLE {
  try {
    if (typeof thrown !== 'object' || thrown === null) return { ...UNREADABLE, message: asText(thrown).slice(0, MOST_CHARACTERS) };
    if (thrown instanceof Error)
      return { name: partOf(thrown, 'name'), message: partOf(thrown, 'message'), stack: partOf(thrown, 'stack') };
    return { ...UNREADABLE, message: 'message' in thrown ? partOf(thrown, 'message') : asText(thrown).slice(0, MOST_CHARACTERS) };
  } catch {
    return UNREADABLE;
  }
}

/** Tells the harness; whatever the error is made of, it is told. */
function fail(thrown: unknown): void {
  const { name, message, stack } = described(thrown);
  reply('fail', stringify({ code: codeOf(thrown), name, message, stack, itemIndex: state.itemIndex }));
}

let extras: Extras | undefined;

/** Where the rest comes from: compiled apart, since most code needs none of it. */
function addExtras(): void {
  const make = ask('library', 'extras') as (core: unknown, state: unknown) => () => Extras;
  extras = make(core, state)();
  self.helpers = extras.helpers;
}

/** What `this` is: n8n's names that its programs use. */
const self: { helpers: object; getWorkflowStaticData: () => unknown; getInputData: () => unknown } = {
  helpers: {},
  getWorkflowStaticData: noStaticData,
  getInputData: () => state.items,
};

/** Runs what the harness starts; a failure in it is the call's. */
function guard(action: () => void): void {
  try {
    action();
  } catch (thrown) {
    fail(thrown);
  }
}

/** Items on their way out: what they hold of files as base64 becomes files. Code that cannot make any was not given the rest. */
async function withFiles<T extends { readonly files?: unknown }>(items: readonly T[]): Promise<readonly T[]> {
  if (extras !== undefined) for (const { files } of items) if (files !== undefined) await extras.keepInline(files);
  return items;
}

async function runAll(make: MakeUser): Promise<string> {
  return toText(await withFiles(itemsOfAll(await apply(apply(make, undefined, rootValues()), self, []))));
}

async function runEach(make: MakeUser): Promise<string> {
  const out = [];
  for (let index = 0; index < state.items.length; index++) {
    state.itemIndex = index;
    const item = itemOfEach(await apply(apply(make, undefined, rootValues()), self, []));
    if (item !== undefined) out.push(item);
  }
  return toText(await withFiles(out));
}

/** Files go by n8n's name as well. */
function nameFiles(item: GuestItem): void {
  givenFiles.add(item.files);
  Object.defineProperty(item, 'binary', { value: item.files, writable: true, configurable: true });
}

function prepare(items: string, data: string, nodes: string): void {
  state.items = JSON.parse(items) as GuestItem[];
  state.data = JSON.parse(data) as GuestData;
  state.nodesText = nodes;
  state.itemIndex = state.data.itemIndex ?? 0;
  state.items.forEach((item, index) => {
    if (item.files !== undefined) nameFiles(item);
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
    settleFile: (id, head, bytes) => {
      guard(() => extras?.settleFile(id, head, bytes));
    },
  };
}
