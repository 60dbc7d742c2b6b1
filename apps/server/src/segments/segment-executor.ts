import { createConnectorRuntime, type ConnectorRuntime } from '@millwright/connector-runtime';
import { InvariantError, systemClock, type WorkspaceId } from '@millwright/core';
import { createPostgresBlobs } from '@millwright/blobs';
import { plans, type Database, type Ledger } from '@millwright/db';
import type { Egress } from '@millwright/egress';
import { CallTimes, createExecutor, LoopClock, type Executor, type ExecutorPorts } from '@millwright/executor';
import type { ReplyWaiters } from '@millwright/gateway';
import type { NodeRunners } from '@millwright/node-registry';
import type { Logger } from '@millwright/platform';
import { createNodeRunner, createPlanConfigs, type CodeMachinery } from '@millwright/temporal-activities';
import type { Item } from '@millwright/workflow';

/** What segments run with. */
export interface SegmentParts {
  readonly db: Database;
  readonly egress: Egress;
  readonly replies: ReplyWaiters;
  readonly runners: NodeRunners;
  /** Runs declared actions. Absent: one of its own, which lends no credentials. */
  readonly connectors?: ConnectorRuntime | undefined;
  /** Where Code steps run. Absent: nowhere. */
  readonly code?: CodeMachinery | undefined;
  readonly log: Logger;
  /** Where runs go of which processes died. Absent: they run here. */
  readonly alone?: NonNullable<ExecutorPorts['alone']>;
  /** Which calls run as activities of their own. Default `auto`. */
  readonly remote?: NonNullable<ExecutorPorts['remote']>;
  /** How runs call others. */
  readonly children: NonNullable<ExecutorPorts['children']>;
}

/** The executor over the real ledger, blobs, plans and nodes. */
export function createSegmentExecutor(
  { db, egress, replies, runners, connectors = createConnectorRuntime({ egress }), code, log, alone, remote, children }: SegmentParts,
  ledger: Ledger,
): Executor {
  const blobs = createPostgresBlobs(db.executor);
  return createExecutor({
    ledgerFor: (header) => ledger.forRun(header),
    callsFor: (header, call) => ledger.callsFor(header, call),
    ...(remote === undefined ? {} : { remote }),
    blobs: {
      put: async (header, items) => (await blobs.putItems(header, items)).blobId,
      get: async ({ workspaceId }, blobId) => (await blobs.getItems({ workspaceId, blobId })) as readonly Item[],
    },
    plans: createPlanConfigs(async (workspaceId: WorkspaceId, planHash: string, nodeId: string) => {
      const config = await plans.config(db.executor, { workspaceId, planHash, nodeId });
      if (!config) throw new InvariantError({ code: 'plan_node_missing', message: `plan ${planHash} has no node ${nodeId}` });
      return config;
    }),
    runner: createNodeRunner({ runners, egress, connectors, ...(code === undefined ? {} : { code: { ...code, files: blobs } }) }),
    replies: { deliver: (runId, message) => replies.deliver(runId, message) },
    cancels: ledger.cancels,
    pauses: ledger.pauses,
    news: ledger.news,
    children,
    clock: systemClock,
    callTimes: new CallTimes(new LoopClock(systemClock)),
    log,
    ...(alone === undefined ? {} : { alone }),
  });
}
