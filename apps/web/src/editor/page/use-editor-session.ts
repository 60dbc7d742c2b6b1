import type { NodeTypeCatalog, Problem } from '@millwright/workflow';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import * as Y from 'yjs';
import { api } from '../../api/client.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';
import { showToast } from '../../ui/layers/toast.tsx';
import { createDraftStore } from '../core/document/draft-store.ts';
import type { EditorSession } from '../core/session.ts';
import { createInterfaceStore, forgetGone } from '../core/state/interface-store.ts';
import { createOverlayStore } from '../core/state/overlay-store.ts';
import { typeTitle } from '../look/type-words.ts';
import { type DraftSync, syncDraft } from '../sync/draft-sync.ts';
import { useTexts } from '../texts.ts';
import { type AnnouncementStore, createAnnouncements, createClipboard } from './use-session-parts.ts';

/** A draft that is open on this page. */
export interface OpenedDraft {
  readonly draft: Y.Doc;
  readonly sync: DraftSync;
}

/** Opens the draft of a workflow; closed when the page is left. Leaving never discards: the journal has it. */
export function useOpenedDraft(workflowId: string): OpenedDraft | null {
  const [opened, setOpened] = useState<OpenedDraft | null>(null);
  useEffect(() => {
    const draft = new Y.Doc();
    const sync = syncDraft(draft, workflowId);
    // oxlint-disable-next-line react/set-state-in-effect -- opening is an outside effect: its result can only be known here
    setOpened({ draft, sync });
    return () => {
      sync.destroy();
      draft.destroy();
      setOpened(null);
    };
  }, [workflowId]);
  return opened;
}

/** What a session is made from, besides the draft itself. */
export interface SessionParts {
  readonly workflowId: string;
  readonly catalog: NodeTypeCatalog | null;
  readonly isReadOnly: boolean;
  readonly problems: readonly Problem[];
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

/** The session of an opened draft; null until draft and catalog are there. */
export function useEditorSession(
  draft: Y.Doc | null,
  parts: SessionParts,
): { readonly session: EditorSession | null; readonly announcements: AnnouncementStore } {
  const { language } = useTexts();
  const [announcements] = useState(createAnnouncements);
  const [session, setSession] = useState<EditorSession | null>(null);
  const startRun = useStartRun(parts.workflowId);
  const live = useRef({ parts, language, startRun });
  useEffect(() => {
    live.current = { parts, language, startRun };
  });
  const { catalog, isReadOnly, workflowId } = parts;
  useEffect(() => {
    if (!draft || !catalog) return undefined;
    const store = createDraftStore(draft);
    const ui = createInterfaceStore();
    const forget = store.subscribe(() => forgetGone(ui, new Set(store.document().nodes.map((node) => node.id))));
    setSession({
      workflowId,
      isReadOnly,
      draft: store,
      catalog,
      ui,
      overlay: createOverlayStore(),
      camera: { current: null },
      clipboard: createClipboard(),
      requests: { startRun: () => live.current.startRun() },
      problems: () => live.current.parts.problems,
      say: (last) => announcements.setState((state) => ({ last, number: state.number + 1 })),
      titleOf: (info) => typeTitle(info, live.current.language),
    });
    return () => {
      forget();
      store.destroy();
      setSession(null);
    };
  }, [draft, catalog, isReadOnly, workflowId, announcements]);
  return { session, announcements };
}
