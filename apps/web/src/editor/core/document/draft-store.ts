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
  const scope = [maps.meta, maps.settings, maps.nodes, maps.edges, maps.annotations] as unknown as Y.AbstractType<unknown>[];
  return new Y.UndoManager(scope, { trackedOrigins: new Set([origin]), captureTimeout: Number.MAX_SAFE_INTEGER });
}

function observe(draft: Y.Doc, onEvents: (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => void): () => void {
  const maps = Object.values(draftMaps(draft)) as Y.Map<unknown>[];
  const listener = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => onEvents(events);
  for (const map of maps) map.observeDeep(listener);
  return () => {
    for (const map of maps) map.unobserveDeep(listener);
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
      if (changes.length === 0) return;
      bursts.next(options.burst);
      draft.transact(() => changes.forEach((change) => applyChange(draft, change)), origin);
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    destroy: () => {
      stopObserving();
      undoManager.destroy();
      listeners.clear();
    },
  };
}
