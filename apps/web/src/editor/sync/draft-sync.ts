import { HocuspocusProvider, HocuspocusProviderWebsocket, WebSocketStatus } from '@hocuspocus/provider';
import { coversDraft, type DraftMark, isNewerDraft, markDraft } from '@millwright/workflow/draft';
import { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TypedPort } from '../core/session.ts';
import type { PresencePort } from '../core/state/presence-store.ts';
import { type Journal, openJournal } from './journal.ts';
import { openPresenceLine } from './presence-line.ts';
import { weighDraft } from './draft-weight.ts';
import { ASK_SAVED, NODE_TYPES_CHANGED, readSaved, type SaveState, saveStateOf } from './save-state.ts';

/** What the page knows of the draft's way to the server. */
export interface SyncState {
  readonly save: SaveState;
  /** The content is there: from the server, or from the journal on this device. */
  readonly isReady: boolean;
  /** The server refused: signed out, or not allowed. */
  readonly isRefused: boolean;
  /** Whether this device keeps what is changed; null until it is known. */
  readonly hasJournal: boolean | null;
  /** This device had changes that the server did not have when the page was opened. */
  readonly isRestored: boolean;
  /** Made by a newer version of Millwright: shown, never written. */
  readonly isNewer: boolean;
  /** Bytes of the draft once it comes near {@link MAX_DRAFT_BYTES}; null before. */
  readonly largeBytes: number | null;
  /** How often the server said that node types have changed. */
  readonly nodeTypeChanges: number;
}

/** A draft that is kept in step with the server and on this device. */
export interface DraftSync {
  readonly state: StoreApi<SyncState>;
  /** Others who have the draft open. */
  readonly presence: PresencePort;
  /** Text in fields, kept on this device. */
  readonly typed: TypedPort;
  /** Text of tabs that were killed while it stood in a field: taken once, by whoever writes it into the draft. */
  readonly takeTyped: () => Promise<readonly unknown[]>;
  /** Says that the draft holds something again that only this device had. */
  readonly noteRestored: () => void;
  readonly destroy: () => void;
}

/** How long the server may take before the journal's content is shown, ms. */
const JOURNAL_AFTER_MS = 2000;
/** Text that stood in a field this long without being written belongs to no living page, ms. */
const TYPED_DEAD_MS = 1500;
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
  readonly awareness: Awareness;
}

/** What is synced, and for whom. */
export interface SyncTarget {
  readonly workflowId: string;
  /** The person in front of the page: their journal is read, and nothing is sent in another's name. */
  readonly userId: string;
}

function connect(draft: Y.Doc, { workflowId, userId }: SyncTarget): Parts {
  const socket = new HocuspocusProviderWebsocket({ url: socketUrl(workflowId), delay: 1000, minDelay: 500, maxDelay: 5000, factor: 1.6 });
  const awareness = new Awareness(draft);
  const provider = new HocuspocusProvider({ websocketProvider: socket, name: workflowId, document: draft, awareness, token: userId });
  return { provider, socket, awareness };
}

interface Safety {
  readonly refresh: () => void;
  /** Notes what the draft holds now as what this device had when the page was opened. */
  readonly noteFound: () => void;
  readonly stop: () => void;
}

/** Says that the draft is offline once it has been so for a while. */
function waitOffline(state: StoreApi<SyncState>): { readonly start: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    start: () => {
      timer ??= setTimeout(() => state.setState({ save: 'offline' }), OFFLINE_AFTER_MS);
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** Follows the connection and says how safe the draft is. */
function watchSafety(draft: Y.Doc, { provider, socket }: Parts, state: StoreApi<SyncState>): Safety {
  const offline = waitOffline(state);
  let stored: DraftMark | null = null;
  let found: DraftMark | null = null;
  const refresh = (): void => {
    if (state.getState().isRefused) return state.setState({ save: 'problem' });
    if (!navigator.onLine || !provider.synced || socket.status !== WebSocketStatus.Connected) return offline.start();
    offline.stop();
    const isNewer = isNewerDraft(draft);
    const save = saveStateOf({
      isSending: provider.hasUnsyncedChanges,
      stored,
      // Counts every change ever made: only where the answer depends on it.
      get local() {
        return markDraft(draft);
      },
    });
    return state.setState({ isReady: true, isNewer, ...(save === null ? {} : { save }) });
  };
  provider.on('synced', () => {
    // What an earlier connection said may be older than what this server has.
    stored = null;
    provider.sendStateless(ASK_SAVED);
    refresh();
  });
  provider.on('stateless', ({ payload }: { readonly payload: string }) => {
    if (payload === NODE_TYPES_CHANGED) state.setState(({ nodeTypeChanges }) => ({ nodeTypeChanges: nodeTypeChanges + 1 }));
    stored = readSaved(payload) ?? stored;
    if (stored && found) {
      if (!coversDraft(stored, found)) state.setState({ isRestored: true });
      found = null;
    }
    refresh();
  });
  provider.on('unsyncedChanges', refresh);
  provider.on('status', refresh);
  draft.on('update', refresh);
  return {
    refresh,
    noteFound: () => {
      found = markDraft(draft);
    },
    stop: () => {
      offline.stop();
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

/** Takes the text of killed tabs: what a living page typed it writes itself within a moment, so what stays that long is nobody's. */
async function takeTyped(journal: Journal): Promise<readonly unknown[]> {
  const before = await journal.typed();
  if (before.length === 0) return [];
  const youngest = Math.max(...before.map((entry) => entry.atMs));
  const waitMs = Math.min(TYPED_DEAD_MS, Math.max(0, youngest + TYPED_DEAD_MS - Date.now()));
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  const now = new Map((await journal.typed()).map((entry) => [entry.key, entry]));
  const dead = before.filter((entry) => now.get(entry.key)?.atMs === entry.atMs).toSorted((a, b) => a.atMs - b.atMs);
  for (const entry of dead) journal.drop(entry);
  return dead.map((entry) => entry.changes);
}

/** Lets this device put in what it has, then asks the server: it sends what is missing, and it is known what only this device had. */
function startFromJournal(journal: Journal, { provider, safety }: { readonly provider: HocuspocusProvider; readonly safety: Safety }) {
  let isOver = false;
  void journal.opened.then(() => {
    if (isOver) return;
    safety.noteFound();
    provider.attach();
    safety.refresh();
  });
  return () => {
    isOver = true;
  };
}

/**
 * Keeps a draft in step with the server, other people and the journal on this device.
 * @param draft an empty Yjs document; its content arrives here
 */
export function syncDraft(draft: Y.Doc, target: SyncTarget): DraftSync {
  const state = createStore<SyncState>(() => ({
    save: 'loading',
    isReady: false,
    isRefused: false,
    hasJournal: null,
    isRestored: false,
    isNewer: false,
    largeBytes: null,
    nodeTypeChanges: 0,
  }));
  const parts = connect(draft, target);
  const safety = watchSafety(draft, parts, state);
  const journal = openJournal({
    name: `millwright.draft.${target.userId}.${target.workflowId}`,
    draft,
    onKept: (hasJournal) => (state.getState().hasJournal === hasJournal ? undefined : state.setState({ hasJournal })),
  });
  void journal.opened.then((hasJournal) => state.setState({ hasJournal }));
  const stopWeighing = weighDraft(draft, (largeBytes) => state.setState({ largeBytes }));
  const stopStart = startFromJournal(journal, { provider: parts.provider, safety });
  const line = openPresenceLine(parts.awareness, target.userId);
  parts.provider.on('synced', line.renew);
  const journalTimer = setTimeout(() => {
    if (draft.getMap('nodes').size > 0 || draft.getMap('meta').size > 0) state.setState({ isReady: true, isNewer: isNewerDraft(draft) });
  }, JOURNAL_AFTER_MS);
  const network = new AbortController();
  // The browser knows of a lost network long before a quiet socket does.
  for (const event of ['online', 'offline'] as const) window.addEventListener(event, safety.refresh, { signal: network.signal });
  const stopAsking = askAgain(parts.provider, state);
  return {
    state,
    presence: line.port,
    typed: { keep: journal.keepTyped, forget: journal.forgetTyped },
    takeTyped: () => takeTyped(journal),
    noteRestored: () => state.setState({ isRestored: true }),
    destroy: () => {
      network.abort();
      clearTimeout(journalTimer);
      stopStart();
      stopWeighing();
      safety.stop();
      stopAsking();
      line.stop();
      parts.provider.destroy();
      parts.socket.destroy();
      journal.close();
    },
  };
}
