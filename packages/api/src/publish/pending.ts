import { canonicalJson, UserError, type JsonValue } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { versions, type drafts, type TenantTx } from '@millwright/db';
import { emptyDocument, type WorkflowDocument } from '@millwright/workflow';
import type { NodeTypeCatalog } from '@millwright/workflow';
import { differenceOf, withDocumentChanges, type DocumentChange } from '@millwright/workflow/difference';
import { requireDraft } from '../drafts/draft-keeper.ts';
import { requireWorkflow } from '../workflow-views.ts';
import { needsOf } from './needs.ts';

/** A draft beside what is live, and what differs. */
interface Pending {
  readonly draft: drafts.Draft;
  readonly live: versions.Version | null;
  /** What the draft is compared with: the live document, or an empty one of the same name. */
  readonly base: WorkflowDocument;
  readonly changes: readonly PendingChange[];
}

/** One difference. */
export interface PendingChange {
  /** Of the part and of both its values. */
  readonly id: string;
  readonly change: DocumentChange;
}

/** Which changes are to be published; absent: all that are there. */
interface Selection {
  readonly changes?: readonly string[];
  /** Only if the draft stands at this revision. */
  readonly revision?: number;
}

function nameChange(change: DocumentChange): PendingChange {
  return { id: hashHex(canonicalJson(JSON.parse(JSON.stringify(change)) as JsonValue)).slice(0, 12), change };
}

/** Every difference of two documents, named. */
export function nameChanges(base: WorkflowDocument, document: WorkflowDocument): readonly PendingChange[] {
  return differenceOf(base, document).map(nameChange);
}

/** Reads the stored draft beside the live version. @throws UserError `workflow_unknown` */
export async function readPending(tx: TenantTx, workflowId: string): Promise<Pending> {
  const { liveVersion } = await requireWorkflow(tx, workflowId);
  const draft = await requireDraft(tx, workflowId);
  const live = liveVersion === null ? null : await versions.get(tx, liveVersion.id);
  const base = live?.document ?? emptyDocument(draft.document.name);
  return { draft, live, base, changes: nameChanges(base, draft.document) };
}

function outdated(count: number): UserError {
  return new UserError('conflict', {
    code: 'changes_outdated',
    message: count === 1 ? 'One of the chosen changes was changed again.' : `${count} of the chosen changes were changed again.`,
    hint: 'Nothing was published. Read the list of changes again, and choose from what is there now.',
    details: { count },
  });
}

function incomplete(count: number): UserError {
  return new UserError('unprocessable', {
    code: 'changes_incomplete',
    message: 'What was chosen needs changes that were left out.',
    hint: 'Nothing was published. "needs" of each change names those that it cannot be published without: choose them too, or leave both out.',
    details: { count },
  });
}

function stale(): UserError {
  return new UserError('preconditionFailed', {
    code: 'draft_stale',
    message: 'The draft was changed in the meantime.',
    hint: 'Nothing was published. Read the list of changes again.',
  });
}

/**
 * Exactly the document that a selection means: the live one with the chosen changes, and nothing else.
 * @throws UserError `draft_stale` (412), `changes_outdated` (409), `changes_incomplete` (422)
 */
export function chosenDocument(pending: Omit<Pending, 'live'>, selection: Selection, catalog: NodeTypeCatalog): WorkflowDocument {
  const { base, changes, draft } = pending;
  if (selection.revision !== undefined && selection.revision !== draft.revision) throw stale();
  if (selection.changes === undefined) return draft.document;
  const wanted = new Set(selection.changes);
  const chosen = changes.filter(({ id }) => wanted.has(id));
  if (chosen.length < wanted.size) throw outdated(wanted.size - chosen.length);
  // The draft itself, and not one that says the same in another order: it is not to look changed afterwards.
  if (chosen.length === changes.length) return draft.document;
  const missing = missingFrom(pending, wanted, catalog);
  if (missing.length > 0) throw incomplete(missing.length);
  const document = withDocumentChanges(
    base,
    chosen.map(({ change }) => change),
  );
  // What half a change would bend into something else (a line without its end, a frame inside itself) is not what was chosen.
  const made = new Set(nameChanges(base, document).map(({ id }) => id));
  const bent = chosen.filter(({ id }) => !made.has(id));
  if (bent.length > 0) throw incomplete(bent.length);
  return document;
}

/** Ids of changes that chosen ones need and that are not chosen. */
function missingFrom(
  { base, changes, draft }: Omit<Pending, 'live'>,
  wanted: ReadonlySet<string>,
  catalog: NodeTypeCatalog,
): readonly string[] {
  const needs = needsOf({ base, document: draft.document, changes, catalog });
  const needed = new Set(changes.flatMap(({ id }) => (wanted.has(id) ? (needs.get(id) ?? []) : [])));
  return [...needed].filter((id) => !wanted.has(id));
}
