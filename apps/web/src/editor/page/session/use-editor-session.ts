import type { NodeTypeCatalog, Problem } from '@millwright/workflow';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import * as Y from 'yjs';
import { api } from '../../../api/client.ts';
import { useErrorToast } from '../../../api/use-error-toast.ts';
import { connectionsQuery } from '../../../screens/connections/connection-queries.ts';
import { showToast } from '../../../ui/layers/toast.tsx';
import { useSession } from '../../../api/session.ts';
import { createElkArranger } from '../../arrange/elk-arranger.ts';
import { createDraftStore } from '../../core/document/draft-store.ts';
import { readTypedChanges } from '../../core/document/typed-changes.ts';
import type { EditorRequests, EditorSession } from '../../core/session.ts';
import { aliveIn, createInterfaceStore, forgetGone } from '../../core/state/interface-store.ts';
import { createOverlayStore } from '../../core/state/overlay-store.ts';
import { typeTitle } from '../../look/type-words.ts';
import { type DraftSync, syncDraft } from '../../sync/draft-sync.ts';
import { useTexts } from '../../texts.ts';
import { useInlineCall } from '../sub-workflow/use-inline-call.ts';
import { type AnnouncementStore, createAnnouncements, createClipboard } from './use-session-parts.ts';

/** A draft that is open on this page. */
export interface OpenedDraft {
  readonly draft: Y.Doc;
  readonly sync: DraftSync;
}

/** Opens the draft of a workflow; closed when the page is left. Leaving never discards: the journal has it. */
export function useOpenedDraft(workflowId: string): OpenedDraft | null {
  const [opened, setOpened] = useState<OpenedDraft | null>(null);
  const userId = useSession().user.id;
  useEffect(() => {
    const draft = new Y.Doc();
    const sync = syncDraft(draft, { workflowId, userId });
    // oxlint-disable-next-line react/set-state-in-effect -- opening is an outside effect: its result can only be known here
    setOpened({ draft, sync });
    return () => {
      sync.destroy();
      draft.destroy();
      setOpened(null);
    };
  }, [workflowId, userId]);
  return opened;
}

const never = (): (() => void) => () => undefined;

/** Whether a draft was made by a newer version of Millwright: it can be looked at only. */
export function useIsNewer(sync: DraftSync | undefined): boolean {
  return useSyncExternalStore(sync?.state.subscribe ?? never, () => sync?.state.getState().isNewer ?? false);
}

/** Writes text into the draft that stood in a field when a tab was killed, as soon as the draft is there. */
function useRestoredText(session: EditorSession | null, sync: DraftSync | undefined): void {
  useEffect(() => {
    if (!session || !sync || session.isReadOnly) return undefined;
    let isLeft = false;
    const restore = async (): Promise<void> => {
      stop();
      for (const kept of await sync.takeTyped()) {
        const before = session.draft.document();
        if (isLeft) return;
        session.draft.apply(readTypedChanges(kept));
        if (session.draft.document() !== before) sync.noteRestored();
      }
    };
    const stop = sync.state.subscribe(({ isReady }) => (isReady ? void restore() : undefined));
    if (sync.state.getState().isReady) void restore();
    return () => {
      isLeft = true;
      stop();
    };
  }, [session, sync]);
}

/** What a session is made from, besides the draft itself. */
export interface SessionParts {
  readonly workflowId: string;
  readonly catalog: NodeTypeCatalog | null;
  readonly isReadOnly: boolean;
  readonly problems: readonly Problem[];
  /** The draft's way to others and to this device; absent for a draft that nobody edits. */
  readonly sync?: DraftSync | undefined;
}

function useStartRun(workflowId: string): () => void {
  const { t } = useTexts();
  const navigate = useNavigate();
  const tellError = useErrorToast();
  return () => {
    api.workflows.startRun({ workflowId, body: { input: {} } }).then(
      ({ runId }) => {
        const open = (): void => void navigate({ to: '/runs/$runId', params: { runId } });
        showToast({
          title: t('page.runStarted'),
          description: t('page.runStartedHint'),
          action: { label: t('page.openRun'), onClick: open },
        });
      },
      (error: unknown) => tellError(error),
    );
  };
}

function useOpenVersions(workflowId: string): () => void {
  const navigate = useNavigate();
  return () => void navigate({ to: '/workflows/$workflowId/versions', params: { workflowId } });
}

/** What the clipboard asks of the page: which connections may be used, what is at an address, and words for what cannot be pasted. */
function useClipboardRequests(): Required<Pick<EditorRequests, 'usableCredentials' | 'tell' | 'fetchSteps'>> {
  const texts = useTexts();
  const { say } = texts;
  const queryClient = useQueryClient();
  return {
    fetchSteps: async (address) => (await import('./fetch-steps.ts')).fetchSteps(address, texts),
    usableCredentials: () =>
      queryClient.ensureQueryData(connectionsQuery).then(
        ({ items }) => new Set(items.map(({ id }) => id)),
        () => null,
      ),
    tell: (key, values) => showToast({ title: say(key, values) }),
  };
}

/** What actions ask of the page: the same object for as long as the page is open, whatever of it is renewed. */
function useRequests(workflowId: string): EditorRequests {
  const asked = {
    startRun: useStartRun(workflowId),
    openVersions: useOpenVersions(workflowId),
    inlineCall: useInlineCall(),
    ...useClipboardRequests(),
  };
  const live = useRef(asked);
  useEffect(() => {
    live.current = asked;
  });
  return useMemo(
    () => ({
      startRun: () => live.current.startRun(),
      openVersions: () => live.current.openVersions(),
      usableCredentials: () => live.current.usableCredentials(),
      inlineCall: (of, callId) => live.current.inlineCall(of, callId),
      tell: (key, values) => live.current.tell(key, values),
      fetchSteps: (address) => live.current.fetchSteps(address),
    }),
    [],
  );
}

/** Node types that were loaded anew, or a window that became too narrow to edit in, leave selection and undo as they are. */
function useCurrent(session: EditorSession | null, { catalog, isReadOnly, sync }: SessionParts): EditorSession | null {
  const current = useMemo(
    () =>
      session && catalog ? { ...session, catalog, isReadOnly, ...(sync ? { presence: sync.presence, typed: sync.typed } : {}) } : null,
    [session, catalog, isReadOnly, sync],
  );
  useRestoredText(current, sync);
  return current;
}

/** The session of an opened draft; null until draft and catalog are there. */
export function useEditorSession(
  draft: Y.Doc | null,
  parts: SessionParts,
): { readonly session: EditorSession | null; readonly announcements: AnnouncementStore } {
  const { language } = useTexts();
  const [announcements] = useState(createAnnouncements);
  const [session, setSession] = useState<EditorSession | null>(null);
  const requests = useRequests(parts.workflowId);
  const live = useRef({ parts, language });
  useEffect(() => {
    live.current = { parts, language };
  });
  const { catalog, workflowId } = parts;
  const hasCatalog = catalog !== null;
  useEffect(() => {
    const { catalog: first } = live.current.parts;
    if (!draft || !hasCatalog || !first) return undefined;
    const store = createDraftStore(draft);
    const ui = createInterfaceStore();
    const forget = store.subscribe(() => forgetGone(ui, aliveIn(store.document())));
    setSession({
      workflowId,
      isReadOnly: live.current.parts.isReadOnly,
      draft: store,
      catalog: first,
      ui,
      overlay: createOverlayStore(),
      camera: { current: null },
      createArranger: createElkArranger,
      clipboard: createClipboard(),
      requests,
      problems: () => live.current.parts.problems,
      say: (last) => announcements.setState((state) => ({ last, number: state.number + 1 })),
      titleOf: (info) => typeTitle(info, live.current.language),
    });
    return () => {
      forget();
      store.destroy();
      setSession(null);
    };
  }, [draft, hasCatalog, workflowId, announcements, requests]);
  return { session: useCurrent(session, parts), announcements };
}
