import type { WorkflowDocument } from '@millwright/workflow';
import { collapsedIn, collapsedView } from './graph/annotations/collapsed-view.ts';
import type { EditorSession } from './session.ts';

/** Ids of the sections that this person sees as one card now. */
export function collapsedNow({ draft, ui }: EditorSession): ReadonlySet<string> {
  return collapsedIn(draft.document(), ui.getState().collapsed);
}

/** The document as it is drawn: what collapsed sections hold is hidden. Only for looking at. */
export function shownDocument(session: EditorSession): WorkflowDocument {
  return collapsedView(session.draft.document(), session.catalog, collapsedNow(session));
}
