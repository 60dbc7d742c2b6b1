import { draftChanges } from '@millwright/db';
import { draftMaps, REPAIR_ORIGIN } from '@millwright/workflow/draft';
import type * as Y from 'yjs';

/** Who is behind the origin of a Yjs transaction; null: nobody, or it is stored already. */
export type AuthorOf = (origin: unknown) => string | null;

type Keys = readonly string[];
/** Paths of what an event touched, by where it is below its map and the keys that changed there. */
type PathsOf = (path: Keys, keys: Keys) => Keys;

const PLACE = new Set(['x', 'y', 'size']);
/** Keys of a node that no difference knows. */
const SILENT = new Set(['id', 'rank']);

function fieldPath(field: string): Keys {
  if (SILENT.has(field)) return [];
  if (PLACE.has(field)) return ['position'];
  if (field === 'type' || field === 'version') return [`settings/${field}`];
  // The nested map was replaced as a whole.
  return [field === 'credentials' ? 'settings' : field];
}

const SECTIONS: Readonly<Record<string, string>> = {
  parameters: 'parameters/',
  settings: 'settings/',
  credentials: 'settings/credentials.',
};

function nodePaths(path: Keys, keys: Keys): Keys {
  const [id, section, ...below] = path;
  if (id === undefined) return keys.map((key) => `nodes/${key}`);
  if (section === undefined) return keys.flatMap(fieldPath).map((field) => `nodes/${id}/${field}`);
  const start = SECTIONS[section];
  if (start === undefined) return [];
  return (below[0] === undefined ? keys : [below[0]]).map((key) => `nodes/${id}/${start}${key}`);
}

function keyedPaths(root: string): PathsOf {
  return (path, keys) => (path[0] === undefined ? keys : [path[0]]).map((key) => `${root}/${key}`);
}

const PATHS: Readonly<Record<keyof ReturnType<typeof draftMaps>, PathsOf>> = {
  nodes: nodePaths,
  edges: keyedPaths('edges'),
  labels: (_path, keys) => keys.map((key) => `edges/${key}/label`),
  settings: keyedPaths('settings'),
  annotations: keyedPaths('annotations'),
  meta: (_path, keys) => keys.filter((key) => key === 'name'),
};

/** What Postgres takes as a path: keys come from people. What is longer, or no text, counts for all that is beside it. */
function storable(path: string): string | null {
  // oxlint-disable-next-line no-control-regex -- these are what must not come in
  if (path.length <= draftChanges.MAX_PATH_LENGTH && path.isWellFormed() && !/[\u0000-\u001f]/.test(path)) return path;
  const [root = '', id = '', section = '', ...below] = path.split('/');
  return root === 'nodes' && section !== '' && below.length > 0 ? storable(`${root}/${id}/${section}`) : null;
}

/**
 * Notes who touches which part of a live draft, as it happens and without comparing documents: exact also where several people
 * change it between two saves. What arrives late belongs to whoever sends it; repairs to whoever wrote last.
 */
export class ChangeAuthors {
  readonly #authorOf: AuthorOf;
  readonly #stops: (() => void)[] = [];
  #touches = new Map<string, draftChanges.Touch>();
  #last: string | null = null;
  constructor(live: Y.Doc, authorOf: AuthorOf) {
    this.#authorOf = authorOf;
    for (const [name, map] of Object.entries(draftMaps(live)) as [keyof typeof PATHS, Y.Map<unknown>][]) {
      const listener = (events: Y.YEvent<Y.AbstractType<unknown>>[], { origin }: Y.Transaction): void =>
        this.#note(origin, events, PATHS[name]);
      map.observeDeep(listener);
      this.#stops.push(() => map.unobserveDeep(listener));
    }
  }

  /** What was touched since the last time. */
  take(): readonly draftChanges.Touch[] {
    const taken = [...this.#touches.values()];
    this.#touches = new Map();
    return taken;
  }

  /** Takes back what could not be stored; what was touched since stands. */
  giveBack(touches: readonly draftChanges.Touch[]): void {
    for (const touch of touches) if (!this.#touches.has(keyOf(touch))) this.#touches.set(keyOf(touch), touch);
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #note(origin: unknown, events: readonly Y.YEvent<Y.AbstractType<unknown>>[], pathsOf: PathsOf): void {
    const userId = origin === REPAIR_ORIGIN ? this.#last : this.#authorOf(origin);
    if (userId === null) return;
    this.#last = userId;
    const at = new Date();
    for (const event of events) {
      for (const path of pathsOf(event.path.map(String), [...event.changes.keys.keys()])) {
        const kept = storable(path);
        if (kept === null) continue;
        const touch = { path: kept, userId, at };
        this.#touches.set(keyOf(touch), touch);
      }
    }
  }
}

function keyOf({ path, userId }: draftChanges.Touch): string {
  return `${userId} ${path}`;
}
