import type { WorkflowId } from '@millwright/core';
import { firstOf, type TenantTx } from '../../queryable.ts';

/** Days over which runs are counted. */
const DAYS = 7;

/** Runs that are counted at most: beyond it nobody needs the exact number. */
const MOST_RUNS = 70_000;

/** Callers that are named at most. */
const MOST_CALLERS = 50;

/** What hangs on the live version of a workflow. */
export interface Reach {
  /** Runs of the last seven days by day, test runs left out; at most 10,000. */
  readonly runsPerDay: number;
  /** Workflows whose live version starts this one, by name; at most 50. */
  readonly callers: readonly { readonly id: WorkflowId; readonly name: string }[];
  /** When a trigger of the live version asks its service next; null where none does. */
  readonly nextAt: Date | null;
}

/** What hangs on the live version of a workflow. Callers are found by its id in the text of live documents: it is too long to be there by chance. */
export async function get(tx: TenantTx, workflowId: WorkflowId): Promise<Reach> {
  const counted = firstOf(
    await tx.query<{ runs: number }>(
      `select count(*)::int as runs from (select 1 from runs where workspace_id = $1 and workflow_id = $2 and mode <> 'test'
       and started_at > now() - make_interval(days => $3) limit $4) as recent`,
      [tx.workspaceId, workflowId, DAYS, MOST_RUNS],
    ),
  );
  const callers = await tx.query<{ id: string; name: string }>(
    `select w.id, w.name from workflows w
     join workflow_versions v on v.workspace_id = w.workspace_id and v.id = w.live_version_id
     where w.workspace_id = $1 and w.id <> $2 and w.archived_at is null and w.active and strpos(v.document::text, '"' || $2 || '"') > 0
     order by lower(w.name), w.id limit $3`,
    [tx.workspaceId, workflowId, MOST_CALLERS],
  );
  const next = firstOf(
    await tx.query<{ next_at: Date | null }>(
      `select min(b.next_at) as next_at from trigger_bindings b
       join webhook_endpoints e on e.workspace_id = b.workspace_id and e.id = b.endpoint_id
       where b.workspace_id = $1 and b.workflow_id = $2 and e.active and b.way = 'poll' and b.status in ('starting', 'listening')`,
      [tx.workspaceId, workflowId],
    ),
  );
  return { runsPerDay: (counted?.runs ?? 0) / DAYS, callers: callers.rows, nextAt: next?.next_at ?? null };
}
