import { HocuspocusProvider, HocuspocusProviderWebsocket, WebSocketStatus } from '@hocuspocus/provider';
import { repairDraft } from '@millwright/workflow/draft';
import { IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** How safe the draft is. */
export type SaveState = 'loading' | 'saved' | 'saving' | 'offline' | 'problem';

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

/**
 * Keeps a draft in step with the server, other people and the journal on this device.
 * @param draft an empty Yjs document; its content arrives here
 */
export function syncDraft(draft: Y.Doc, workflowId: string): DraftSync {
  const state = createStore<SyncState>(() => ({ save: 'loading', isReady: false, isRefused: false, hasJournal: false }));
  const { provider, socket } = connect(draft, workflowId);
  let offlineTimer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    const { isRefused } = state.getState();
    if (isRefused) return state.setState({ save: 'problem' });
    if (!navigator.onLine || !provider.synced || socket.status !== WebSocketStatus.Connected) {
      offlineTimer ??= setTimeout(() => state.setState({ save: 'offline' }), OFFLINE_AFTER_MS);
      return undefined;
    }
    clearTimeout(offlineTimer);
    offlineTimer = undefined;
    return state.setState({ save: provider.hasUnsyncedChanges ? 'saving' : 'saved', isReady: true });
  };
  const journal = openJournal(draft, workflowId, (works) => state.setState({ hasJournal: works }));
  const journalTimer = setTimeout(() => {
    if (draft.getMap('nodes').size > 0 || draft.getMap('meta').size > 0) state.setState({ isReady: true });
  }, JOURNAL_AFTER_MS);

  provider.on('synced', () => {
    repairDraft(draft);
    refresh();
  });
  provider.on('unsyncedChanges', refresh);
  provider.on('status', refresh);
  const network = new AbortController();
  // The browser knows of a lost network long before a quiet socket does.
  for (const event of ['online', 'offline'] as const) window.addEventListener(event, refresh, { signal: network.signal });
  provider.on('authenticationFailed', () => {
    state.setState({ isRefused: true, save: 'problem' });
  });
  return {
    state,
    destroy: () => {
      network.abort();
      clearTimeout(journalTimer);
      clearTimeout(offlineTimer);
      provider.destroy();
      socket.destroy();
      void journal?.destroy();
    },
  };
}
