import { HocuspocusProvider, HocuspocusProviderWebsocket, WebSocketStatus } from '@hocuspocus/provider';
import { type DraftMark, markDraft, repairDraft } from '@millwright/workflow/draft';
import { IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { ASK_SAVED, readSaved, type SaveState, saveStateOf } from './save-state.ts';

/** What the page knows of the draft's way to the server. */
export interface SyncState {
  readonly save: SaveState;
  /** The content is there: from the server, or from the journal on this device. */
  readonly isReady: boolean;
  /** The server refused: signed out, or not allowed. */
  readonly isRefused: boolean;
  /** Whether the journal on this device works. */
  readonly hasJournal: boolean;
}

/** A draft that is kept in step with the server and on this device. */
export interface DraftSync {
  readonly state: StoreApi<SyncState>;
  readonly destroy: () => void;
}

/** How long the server may take before the journal's content is shown, ms. */
const JOURNAL_AFTER_MS = 2000;
/** How long a lost connection may last before the pill says so, ms. */
const OFFLINE_AFTER_MS = 1500;
/** Pause before a refused draft is asked for again: access may be given back, and Postgres may have been away for a moment. */
const ASK_AGAIN_MS = 5000;

function socketUrl(workflowId: string): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws/drafts/${workflowId}`;
}

interface Parts {
  readonly provider: HocuspocusProvider;
  readonly socket: HocuspocusProviderWebsocket;
}

function connect(draft: Y.Doc, workflowId: string): Parts {
  const socket = new HocuspocusProviderWebsocket({ url: socketUrl(workflowId), delay: 1000, minDelay: 500, maxDelay: 5000, factor: 1.6 });
  const provider = new HocuspocusProvider({ websocketProvider: socket, name: workflowId, document: draft });
  provider.attach();
  return { provider, socket };
}

/** Opens the journal on this device: what is typed survives a killed tab and hours without a network. */
function openJournal(draft: Y.Doc, workflowId: string, onOpen: (works: boolean) => void): IndexeddbPersistence | null {
  try {
    const journal = new IndexeddbPersistence(`millwright.draft.${workflowId}`, draft);
    journal.whenSynced.then(
      () => onOpen(true),
      () => onOpen(false),
    );
    return journal;
  } catch {
    onOpen(false);
    return null;
  }
}

/** Follows the connection and says how safe the draft is. */
function watchSafety(
  draft: Y.Doc,
  { provider, socket }: Parts,
  state: StoreApi<SyncState>,
): { readonly refresh: () => void; readonly stop: () => void } {
  let offlineTimer: ReturnType<typeof setTimeout> | undefined;
  let stored: DraftMark | null = null;
  const refresh = (): void => {
    if (state.getState().isRefused) return state.setState({ save: 'problem' });
    if (!navigator.onLine || !provider.synced || socket.status !== WebSocketStatus.Connected) {
      offlineTimer ??= setTimeout(() => state.setState({ save: 'offline' }), OFFLINE_AFTER_MS);
      return undefined;
    }
    clearTimeout(offlineTimer);
    offlineTimer = undefined;
    const save = saveStateOf({ isSending: provider.hasUnsyncedChanges, stored, local: markDraft(draft) });
    return state.setState({ isReady: true, ...(save === null ? {} : { save }) });
  };
  provider.on('synced', () => {
    repairDraft(draft);
    // What an earlier connection said may be older than what this server has.
    stored = null;
    provider.sendStateless(ASK_SAVED);
    refresh();
  });
  provider.on('stateless', ({ payload }: { readonly payload: string }) => {
    stored = readSaved(payload) ?? stored;
    refresh();
  });
  provider.on('unsyncedChanges', refresh);
  provider.on('status', refresh);
  draft.on('update', refresh);
  return {
    refresh,
    stop: () => {
      clearTimeout(offlineTimer);
      draft.off('update', refresh);
    },
  };
}

/** Says that the server refused, and asks again until it does not. @returns stops asking */
function askAgain(provider: HocuspocusProvider, state: StoreApi<SyncState>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  provider.on('authenticationFailed', () => {
    state.setState({ isRefused: true, save: 'problem' });
    clearTimeout(timer);
    timer = setTimeout(() => void provider.sendToken().then(() => provider.startSync()), ASK_AGAIN_MS);
  });
  provider.on('authenticated', () => state.setState({ isRefused: false }));
  return () => clearTimeout(timer);
}

/**
 * Keeps a draft in step with the server, other people and the journal on this device.
 * @param draft an empty Yjs document; its content arrives here
 */
export function syncDraft(draft: Y.Doc, workflowId: string): DraftSync {
  const state = createStore<SyncState>(() => ({ save: 'loading', isReady: false, isRefused: false, hasJournal: false }));
  const parts = connect(draft, workflowId);
  const safety = watchSafety(draft, parts, state);
  const journal = openJournal(draft, workflowId, (works) => state.setState({ hasJournal: works }));
  const journalTimer = setTimeout(() => {
    if (draft.getMap('nodes').size > 0 || draft.getMap('meta').size > 0) state.setState({ isReady: true });
  }, JOURNAL_AFTER_MS);
  const network = new AbortController();
  // The browser knows of a lost network long before a quiet socket does.
  for (const event of ['online', 'offline'] as const) window.addEventListener(event, safety.refresh, { signal: network.signal });
  const stopAsking = askAgain(parts.provider, state);
  return {
    state,
    destroy: () => {
      network.abort();
      clearTimeout(journalTimer);
      safety.stop();
      stopAsking();
      parts.provider.destroy();
      parts.socket.destroy();
      void journal?.destroy();
    },
  };
}
