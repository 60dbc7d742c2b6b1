import type { HistoryEntryView } from '@millwright/contracts';
import { history, type TenantTx } from '@millwright/db';
import type { WorkflowDocument } from '@millwright/workflow';
import { notFound } from './problems.ts';
import { personOf, readPeople, requireWorkflow, type People } from './workflow-views.ts';

/** A state of a workflow as the wire shows it. */
export function toEntryView(entry: history.HistoryEntry, people: People, liveId: string | undefined): HistoryEntryView {
  const shown = { id: entry.id, at: entry.at.toISOString(), by: personOf(people, entry.by), current: entry.current };
  return entry.kind === 'version'
    ? { ...shown, kind: 'version', number: entry.number, note: entry.note, live: entry.id === liveId }
    : { ...shown, kind: 'point', name: entry.name, cause: entry.cause };
}

/** Reads one state of a workflow as the wire shows it. @throws UserError `workflow_unknown`, `version_unknown` */
export async function readEntryView(tx: TenantTx, workflowId: string, entryId: string): Promise<HistoryEntryView> {
  const { liveVersion } = await requireWorkflow(tx, workflowId);
  const entry = await history.get(tx, workflowId, entryId);
  if (entry === null) throw notFound('version');
  return toEntryView(entry, await readPeople(tx), liveVersion?.id);
}

/** Reads what a workflow said in one of its states. @throws UserError `version_unknown` */
export async function readEntryDocument(tx: TenantTx, workflowId: string, entryId: string): Promise<WorkflowDocument> {
  const document = await history.documentOf(tx, workflowId, entryId);
  if (document === null) throw notFound('version');
  return document;
}
