import { draftMaps, readDraft } from '@millwright/workflow/draft';
import type { WorkflowDocument } from '@millwright/workflow';
import * as Y from 'yjs';
import { applyChange } from './apply-change.ts';
import { BURST_GAP_MS, type ChangeOptions, type DraftChange } from './changes.ts';
import { nextDocument, touchedBy } from './snapshot.ts';

/** What the history offers now. */
export interface HistoryState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/**
 * The draft as the editor sees it: one snapshot, one way to change it, and this person's undo history.
 * Changes of colleagues arrive in the snapshot and are never undone here.
 */
export interface DraftStore {
  readonly draft: Y.Doc;
  /** The document now; the same object until something changes. */
  readonly document: () => WorkflowDocument;
  readonly history: () => HistoryState;
  /** Calls back after each change; returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Writes all changes in one transaction. An empty list does nothing. */
  readonly apply: (changes: readonly DraftChange[], options?: ChangeOptions) => void;
  /** What `write` would apply; nothing is written. */
  readonly planOf: (write: () => void) => readonly DraftChange[];
  readonly undo: () => void;
  readonly redo: () => void;
  readonly destroy: () => void;
}

/** Decides which changes are one entry of the history. */
function createBursts(undoManager: Y.UndoManager, nowMs: () => number) {
  let burst: { readonly name: string; readonly atMs: number } | null = null;
  return {
    next: (name: string | undefined): void => {
      const now = nowMs();
      const goesOn = name !== undefined && burst?.name === name && now - burst.atMs <= BURST_GAP_MS;
      if (!goesOn) undoManager.stopCapturing();
      burst = name === undefined ? null : { name, atMs: now };
    },
    end: (): void => {
      undoManager.stopCapturing();
      burst = null;
    },
  };
}

function createHistory(draft: Y.Doc, origin: symbol): Y.UndoManager {
  const maps = draftMaps(draft);
  const scope = [maps.meta, maps.settings, maps.nodes, maps.edges, maps.labels, maps.annotations] as unknown as Y.AbstractType<unknown>[];
  return new Y.UndoManager(scope, { trackedOrigins: new Set([origin]), captureTimeout: Number.MAX_SAFE_INTEGER });
}

/** Hands over the events of all maps together, once for each transaction. */
function observe(draft: Y.Doc, onEvents: (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => void): () => void {
  const maps = Object.values(draftMaps(draft)) as Y.Map<unknown>[];
  let collected: Y.YEvent<Y.AbstractType<unknown>>[] = [];
  const collect = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => void collected.push(...events);
  const handOver = (): void => {
    const events = collected;
    collected = [];
    if (events.length > 0) onEvents(events);
  };
  for (const map of maps) map.observeDeep(collect);
  draft.on('afterTransaction', handOver);
  return () => {
    for (const map of maps) map.unobserveDeep(collect);
    draft.off('afterTransaction', handOver);
  };
}

/** Catches changes instead of letting them be written, while it is asked what a write would change. */
function createPlanner() {
  let planned: DraftChange[] | null = null;
  return {
    takes: (changes: readonly DraftChange[]): boolean => {
      planned?.push(...changes);
      return planned !== null;
    },
    planOf: (write: () => void): readonly DraftChange[] => {
      const found: DraftChange[] = [];
      planned = found;
      try {
        write();
      } finally {
        planned = null;
      }
      return found;
    },
  };
}

/**
 * Opens a draft for editing.
 * @param draft the live Yjs document; the caller syncs it and keeps it
 * @param nowMs time for bursts; default the machine's
 */
export function createDraftStore(draft: Y.Doc, nowMs: () => number = () => performance.now()): DraftStore {
  const origin = Symbol('editor');
  const undoManager = createHistory(draft, origin);
  const listeners = new Set<() => void>();
  const planner = createPlanner();
  let document = readDraft(draft);
  let history: HistoryState = { canUndo: false, canRedo: false };
  const bursts = createBursts(undoManager, nowMs);
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const refreshHistory = (): void => {
    const next = { canUndo: undoManager.canUndo(), canRedo: undoManager.canRedo() };
    if (next.canUndo === history.canUndo && next.canRedo === history.canRedo) return;
    history = next;
    tell();
  };
  const step = (direction: 'undo' | 'redo'): void => {
    undoManager[direction]();
    bursts.end();
  };
  const stopObserving = observe(draft, (events) => {
    document = nextDocument(draft, document, touchedBy(draft, events));
    tell();
  });
  for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) undoManager.on(event, refreshHistory);

  return {
    draft,
    document: () => document,
    history: () => history,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    apply: (changes, options = {}) => {
      if (changes.length === 0 || planner.takes(changes)) return;
      bursts.next(options.burst);
      draft.transact(() => changes.forEach((change) => applyChange(draft, change)), origin);
    },
    planOf: planner.planOf,
    undo: () => step('undo'),
    redo: () => step('redo'),
    destroy: () => {
      stopObserving();
      undoManager.destroy();
      listeners.clear();
    },
  };
}
