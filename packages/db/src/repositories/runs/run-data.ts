import type { RunId, WorkflowId } from '@millwright/core';
import type { DataRef, EffectClass } from '@millwright/workflow';
import type { AttemptStatus, RunError, RunStatus } from '@millwright/workflow/states';
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
): Promise<{ readonly inputs: PortData; readonly outputs: PortData; readonly console: DataRef | null } | null> {
  const row = firstOf(
    await tx.query<{ inputs: Buffer | null; outputs: Buffer | null }>(
      'select inputs, outputs from node_runs where workspace_id = $1 and run_id = $2 and node_id = $3 and run_index = $4',
      [tx.workspaceId, key.runId, key.nodeId, key.runIndex],
    ),
  );
  if (row === null) return null;
  const inputs = await withProducers(tx, key.runId, decodePorts(row.inputs));
  return { inputs, outputs: decodePorts(row.outputs), console: decodeAll(row.outputs)['~console'] ?? null };
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

/** Called runs that are told of one node run; the list of runs shows the others. */
const CALLED_RUNS = 100;

/** The runs that a node run called, by item; those that the runs before a resumed one called for it too. */
export async function calledRuns(
  tx: TenantTx,
  key: NodeRunKey,
): Promise<readonly { readonly itemIndex: number; readonly runId: RunId; readonly status: RunStatus }[]> {
  const result = await tx.query<{ item_index: number; run_id: RunId; status: RunStatus }>(
    `with recursive line as (
       select run_id, resumes_run_id from runs where workspace_id = $1 and run_id = $2
       union all
       select r.run_id, r.resumes_run_id from runs r join line on r.workspace_id = $1 and r.run_id = line.resumes_run_id
     )
     select (parent->>'itemIndex')::int as item_index, run_id, status from runs
     where workspace_id = $1 and parent_run_id in (select run_id from line) and parent->>'nodeId' = $3 and parent->>'runIndex' = $4::text
     order by 1, started_at limit ${CALLED_RUNS}`,
    [tx.workspaceId, key.runId, key.nodeId, key.runIndex],
  );
  return result.rows.map((row) => ({ itemIndex: row.item_index, runId: row.run_id, status: row.status }));
}

/** Runs that are looked through for samples. */
const SAMPLE_RUNS = 10;

/**
 * What each node of a workflow gave last, in its newest runs: sample data for the editor. A run of a part of a draft does not hide what
 * other parts gave before; what was only simulated is none.
 */
export async function latestOutputs(
  tx: TenantTx,
  workflowId: WorkflowId,
): Promise<{
  readonly nodes: Readonly<Record<string, PortData>>;
  /** The run that each is from, and when that started. */
  readonly from: Readonly<Record<string, { readonly runId: RunId; readonly at: Date }>>;
}> {
  const result = await tx.query<{ node_id: string; outputs: Buffer; run_id: string; started_at: Date }>(
    `select distinct on (n.node_id) n.node_id, n.outputs, r.run_id, r.started_at
     from (select run_id, started_at from runs where workspace_id = $1 and workflow_id = $2 order by started_at desc, run_id desc limit $3) r
     join node_runs n on n.workspace_id = $1 and n.run_id = r.run_id
     where n.outputs is not null and n.reason is distinct from 'simulated'
     order by n.node_id, r.started_at desc, r.run_id desc, n.run_index desc`,
    [tx.workspaceId, workflowId, SAMPLE_RUNS],
  );
  return {
    nodes: Object.fromEntries(result.rows.map((row) => [row.node_id, decodePorts(row.outputs)])),
    from: Object.fromEntries(result.rows.map((row) => [row.node_id, { runId: row.run_id, at: row.started_at }])),
  };
}

/** What the writes of a dry run would have done, by node run in the order in which they came. */
export async function intended(
  tx: TenantTx,
  runId: RunId,
): Promise<readonly (Pick<NodeRunKey, 'nodeId' | 'runIndex'> & { readonly ref: DataRef })[]> {
  const result = await tx.query<{ node_id: string; run_index: number; outputs: Buffer }>(
    `select node_id, run_index, outputs from node_runs
     where workspace_id = $1 and run_id = $2 and reason = 'simulated' and outputs is not null order by started_at, node_id, run_index`,
    [tx.workspaceId, runId],
  );
  return result.rows.flatMap(({ node_id: nodeId, run_index: runIndex, outputs }) => {
    const ref = decodeAll(outputs)['~intended'];
    return ref === undefined ? [] : [{ nodeId, runIndex, ref }];
  });
}

/** Items by port; ports of ours, whose names begin with `~`, hold what people see elsewhere. */
export function decodePorts(bytes: Buffer | null): PortData {
  return Object.fromEntries(Object.entries(decodeAll(bytes)).filter(([port]) => !port.startsWith('~')));
}

function decodeAll(bytes: Buffer | null): PortData {
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
