import type { NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { createDraft } from '@millwright/workflow/draft';
import { createDraftStore } from '../../core/document/draft-store.ts';
import type { EditorSession } from '../../core/session.ts';
import { createInterfaceStore } from '../../core/state/interface-store.ts';
import { createOverlayStore, type OverlayStore } from '../../core/state/overlay-store.ts';
import { typeTitle } from '../../look/type-words.ts';
import { type AnnouncementStore, createClipboard } from './use-session-parts.ts';

/** What a read-only session shows. */
export interface ReadOnlyParts {
  /** Under which the camera is remembered; not a workflow's own id, whose editor has a camera of its own. */
  readonly cameraKey: string;
  readonly document: WorkflowDocument;
  readonly catalog: NodeTypeCatalog;
  readonly announcements: AnnouncementStore;
  /** The language of the interface, asked for when it is needed. */
  readonly language: () => string;
  /** Default: nothing ran here. */
  readonly overlay?: OverlayStore;
}

/** A session over a document that nobody changes: the version of a past run, two versions side by side. */
export function openReadOnly({ cameraKey, document, catalog, announcements, language, overlay }: ReadOnlyParts): {
  readonly session: EditorSession;
  readonly close: () => void;
} {
  const draft = createDraft(document);
  const store = createDraftStore(draft);
  const session: EditorSession = {
    workflowId: cameraKey,
    isReadOnly: true,
    draft: store,
    catalog,
    ui: createInterfaceStore(),
    overlay: overlay ?? createOverlayStore(),
    camera: { current: null },
    clipboard: createClipboard(),
    requests: { startRun: () => undefined },
    problems: () => [],
    say: (last) => announcements.setState((state) => ({ last, number: state.number + 1 })),
    titleOf: (info) => typeTitle(info, language()),
  };
  const close = (): void => {
    store.destroy();
    draft.destroy();
  };
  return { session, close };
}
