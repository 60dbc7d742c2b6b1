import type { RunId, WorkflowId } from '@millwright/core';
import type { DataRef, EffectClass } from '@millwright/workflow';
import type { AttemptStatus, RunError } from '@millwright/workflow/states';
import { decodePayload } from '../../payload.ts';
import { firstOf, type TenantTx } from '../../queryable.ts';

/** Data by port. A ref without `inline` and `blobId` names items that were not saved (`save` of the workflow). */
export type PortData = Readonly<Record<string, DataRef>>;

/** One try as people see it. */
export interface AttemptSummary {
  readonly nodeId: string;
  readonly runIndex: number;
  /** −1: once per list. */
  readonly itemIndex: number;
  readonly attempt: number;
  readonly class: EffectClass;
  readonly status: AttemptStatus;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly error: RunError | null;
  readonly requestHash: string | null;
}

/** Names a node run. */
export interface NodeRunKey {
  readonly runId: RunId;
  readonly nodeId: string;
  readonly runIndex: number;
}

/** What went into a node run and what came out; null when there is no such node run. */
export async function nodeRunData(
  tx: TenantTx,
  key: NodeRunKey,
): Promise<{ readonly inputs: PortData; readonly outputs: PortData } | null> {
  const row = firstOf(
    await tx.query<{ inputs: Buffer | null; outputs: Buffer | null }>(
      'select inputs, outputs from node_runs where workspace_id = $1 and run_id = $2 and node_id = $3 and run_index = $4',
      [tx.workspaceId, key.runId, key.nodeId, key.runIndex],
    ),
  );
  if (row === null) return null;
  return { inputs: await withProducers(tx, key.runId, decodePorts(row.inputs)), outputs: decodePorts(row.outputs) };
}

/** The tries of a run in the order in which they were made; of one node, or one node run, where said. */
export async function attempts(
  tx: TenantTx,
  of: { readonly runId: RunId; readonly nodeId?: string | undefined; readonly runIndex?: number | undefined },
): Promise<readonly AttemptSummary[]> {
  const result = await tx.query<{
    node_id: string;
    run_index: number;
    item_index: number;
    attempt: number;
    class: EffectClass;
    status: AttemptStatus;
    started_at: Date;
    finished_at: Date | null;
    error: RunError | null;
    request_hash: string | null;
  }>(
    `select a.node_id, a.run_index, a.item_index, a.attempt, a.class, a.status, a.started_at, a.finished_at, a.error, a.request_hash
     from attempts a
     where a.workspace_id = $1 and a.run_id = $2 and a.origin_day = (select origin_day from runs where workspace_id = $1 and run_id = $2)
       and a.key >= (select coalesce(origin_run_id, run_id) || ':' from runs where workspace_id = $1 and run_id = $2)
       and a.key < (select coalesce(origin_run_id, run_id) || ';' from runs where workspace_id = $1 and run_id = $2)
       and ($3::text is null or a.node_id = $3) and ($4::int is null or a.run_index = $4)
     order by a.started_at, a.node_id, a.run_index, a.item_index, a.attempt`,
    [tx.workspaceId, of.runId, of.nodeId ?? null, of.runIndex ?? null],
  );
  return result.rows.map((row) => ({
    nodeId: row.node_id,
    runIndex: row.run_index,
    itemIndex: row.item_index,
    attempt: row.attempt,
    class: row.class,
    status: row.status,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    error: row.error,
    requestHash: row.request_hash,
  }));
}

/** The newest run of a workflow with what each of its nodes gave last: sample data for the editor. */
export async function latestOutputs(
  tx: TenantTx,
  workflowId: WorkflowId,
): Promise<{ readonly runId: RunId; readonly at: Date; readonly nodes: Readonly<Record<string, PortData>> } | null> {
  const run = firstOf(
    await tx.query<{ run_id: string; started_at: Date }>(
      'select run_id, started_at from runs where workspace_id = $1 and workflow_id = $2 order by started_at desc, run_id desc limit 1',
      [tx.workspaceId, workflowId],
    ),
  );
  if (run === null) return null;
  const result = await tx.query<{ node_id: string; outputs: Buffer }>(
    `select distinct on (node_id) node_id, outputs from node_runs
     where workspace_id = $1 and run_id = $2 and outputs is not null order by node_id, run_index desc`,
    [tx.workspaceId, run.run_id],
  );
  return {
    runId: run.run_id,
    at: run.started_at,
    nodes: Object.fromEntries(result.rows.map((row) => [row.node_id, decodePorts(row.outputs)])),
  };
}

function decodePorts(bytes: Buffer | null): PortData {
  // Written by the ledger from the same type.
  return bytes === null ? {} : (decodePayload(bytes) as unknown as PortData);
}

/** The ledger does not store an input twice: items that a node run of the same run gave are looked up there. */
async function withProducers(tx: TenantTx, runId: RunId, inputs: PortData): Promise<PortData> {
  const filled: Record<string, DataRef> = {};
  for (const [port, ref] of Object.entries(inputs)) {
    const [nodeId, runIndex, output] = ref.id.split(':');
    const stored = ref.inline !== undefined || ref.blobId !== undefined;
    if (stored || nodeId === undefined || output === undefined || !/^\d{1,9}$/.test(runIndex ?? '')) {
      filled[port] = ref;
      continue;
    }
    const row = firstOf(
      await tx.query<{ outputs: Buffer | null }>(
        'select outputs from node_runs where workspace_id = $1 and run_id = $2 and node_id = $3 and run_index = $4',
        [tx.workspaceId, runId, nodeId, Number(runIndex)],
      ),
    );
    const items = decodePorts(row?.outputs ?? null)[output]?.inline;
    filled[port] = items === undefined ? ref : { ...ref, inline: items };
  }
  return filled;
}
