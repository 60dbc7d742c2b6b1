import type { WorkflowNode } from '@millwright/workflow';
import type { ModelItem } from './items.ts';
import type { Lists } from './node-work.ts';

/** A failure on its way outwards. */
export interface ModelError {
  /** Codes that may be told: where several items failed side by side, either. */
  readonly codes: readonly string[];
  readonly nodeId: string;
}

/** One run of a node. */
export interface ModelNodeRun {
  /** Node, surroundings, and where its items came from: the same in every order of events. */
  readonly id: string;
  readonly node: WorkflowNode;
  readonly scope: ModelScope;
  readonly inputs: Lists;
  status: 'queued' | 'underWay' | 'open' | 'succeeded' | 'failed' | 'skipped' | 'canceled';
  outputs: Lists;
  attempts: number;
  /** Of a container: results by item, and what it fails with after `finally`. */
  results: (readonly ModelItem[])[];
  nextItem: number;
  pending?: ModelError | undefined;
}

/** Items on their way into a port. */
export interface Arrival {
  readonly items: readonly ModelItem[];
  /** `id:port` of what gave them. */
  readonly by: string;
}

/** Rounds of one loop. */
export interface ModelLoop {
  /** Items that have not been sent round; null: it is idle. */
  left: readonly ModelItem[] | null;
  readonly back: ModelItem[];
  readonly held: Arrival[];
  readonly lists: (readonly ModelItem[])[];
  /** A node run of what came back is under way. */
  isBusy: boolean;
}

/** The run, or the inside of one container (one item of a map). */
export interface ModelScope {
  readonly id: string;
  readonly owner: ModelNodeRun | null;
  readonly parent: ModelScope | null;
  readonly index: number;
  phase: string;
  readonly collected: ModelItem[];
  readonly arrivals: Map<string, Map<string, Arrival[]>>;
  readonly loops: Map<string, ModelLoop>;
  isOver: boolean;
}

/** What is undone when what holds it fails. */
export interface Section {
  readonly run: ModelNodeRun;
  readonly given: readonly ModelItem[];
  holder: ModelScope;
}

/** Undoing what a failed surrounding had done. */
export interface Undoing {
  readonly scope: ModelScope;
  readonly error: ModelError;
  readonly open: Set<ModelScope>;
}

/** One empty item where there are none. */
export function orEmpty(items: readonly ModelItem[]): readonly ModelItem[] {
  return items.length === 0 ? [{ json: {}, origins: null }] : items;
}

/** Whether a scope is another one, or inside of it. */
export function isWithin(scope: ModelScope | null, around: ModelScope): boolean {
  return scope === around || (scope !== null && isWithin(scope.parent, around));
}

/** What a map has under a key; made where there is none. */
export function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
