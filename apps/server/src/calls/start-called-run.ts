import { systemClock, type RunId, type WorkflowId, type WorkspaceId } from '@millwright/core';
import type { Database, livePlans } from '@millwright/db';
import type { RunStarter } from '@millwright/temporal-client';
import type { Item, RunHeader } from '@millwright/workflow';
import type { FixValues } from './fixed-values.ts';
import { storeItems } from '../gateway-ports.ts';

/** What starting runs that nobody outside asked for needs. */
export interface CallParts {
  readonly db: Database;
  /** Starts on the queue `bg`. */
  readonly starter: Pick<RunStarter, 'start'>;
  readonly fixValues: FixValues;
}

/** A run to start. */
export interface CalledRun {
  readonly workspaceId: WorkspaceId;
  /** Derived from what caused it: started once. */
  readonly runId: RunId;
  readonly workflowId: WorkflowId;
  readonly live: livePlans.LivePlan;
  readonly triggerNodeId: string;
  readonly items: readonly Item[];
  /** Why it is started. */
  readonly cause: Pick<RunHeader, 'mode' | 'parent' | 'failureOf' | 'resumes' | 'fixed'> & {
    /** Of the first of the runs that it goes on with. Absent: today. */
    readonly originDay?: string;
  };
}

/** The first node of a type that a plan starts at; undefined where it has none. */
export function triggerOf({ skeleton }: livePlans.LivePlan, type: string): string | undefined {
  return skeleton.nodes.find((node) => node.type === type && !node.disabled)?.id;
}

/** Starts a run of a live version; starting it twice changes nothing. @throws TransientError */
export async function startCalledRun({ db, starter, fixValues }: CallParts, run: CalledRun): Promise<void> {
  const nowMs = systemClock.nowMs();
  const { live } = run;
  const header: RunHeader = {
    workspaceId: run.workspaceId,
    runId: run.runId,
    workflowId: run.workflowId,
    workflowName: live.workflowName,
    versionId: live.versionId,
    planHash: live.planHash,
    triggerNodeId: run.triggerNodeId,
    originDay: new Date(nowMs).toISOString().slice(0, 10),
    startedAtMs: nowMs,
    save: live.settings.save,
    reply: 'none',
    ...run.cause,
  };
  const trigger = await storeItems(db)(header, `${run.triggerNodeId}:0:main`, run.items);
  await starter.start({ v: 1, header: await fixValues(header, live.skeleton), skeleton: live.skeleton, trigger });
}
