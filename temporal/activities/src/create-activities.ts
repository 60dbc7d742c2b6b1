import type { RemoteActivities, RunActivities } from '@millwright/temporal-protocol';
import type { RunId } from '@millwright/core';
import type { RunNodeInput, SegmentInput, SegmentResult } from '@millwright/workflow';
import { activityInfo, heartbeat } from '@temporalio/activity';
import { toTemporalFailure } from './failures.ts';

/** Runs segments: `createExecutor` of `@millwright/executor`. */
export interface SegmentExecutor {
  readonly runSegment: (input: SegmentInput, options?: { readonly first?: boolean }) => Promise<SegmentResult>;
  /** Absent in processes that start nothing. */
  readonly joinFirst?: (runId: RunId) => Promise<SegmentResult | null>;
}

/** Makes remote calls: the same `createExecutor`. */
export interface NodeExecutor {
  readonly runNode: (input: RunNodeInput) => Promise<void>;
}

/** What activities need. */
export interface ActivitiesOptions {
  readonly executor: SegmentExecutor;
  /** Shared with the starter; absent in processes that start nothing. */
  readonly eagerStarts?: { readonly take: (executionRunId: string) => boolean };
}

/**
 * The activities that workers register. Temporal's own cancellation is not listened to: it also comes from eviction and
 * shutdown, and an effect in flight has to finish.
 */
export function createActivities({ executor, eagerStarts }: ActivitiesOptions): RunActivities {
  const isFresh = (): boolean => {
    const { workflowExecution } = activityInfo();
    return workflowExecution !== undefined && eagerStarts?.take(workflowExecution.runId) === true;
  };
  return {
    joinSegment: async ({ workspaceId, runId }) => {
      // What was opened beside the start may have stored something: a second try has to read.
      isFresh();
      return { workspaceId, result: (await executor.joinFirst?.(runId)) ?? null };
    },
    runSegment: async (input) => {
      const { workspaceId } = input.header;
      const first = input.segment === 1 && isFresh();
      try {
        return { workspaceId, result: await executor.runSegment(input, { first }) };
      } catch (thrown) {
        throw toTemporalFailure(thrown, workspaceId);
      }
    },
  };
}

/** The SDK sends fewer: four in five of the time that Temporal allows. */
const BEAT_MS = 4_000;

/**
 * The activities of remote nodes. They beat as long as this process lives, whatever the call does: its own time is the executor's, and a
 * cancel comes by the flag in Postgres. What they came to is in the ledger.
 */
export function createRemoteActivities(executor: NodeExecutor): RemoteActivities {
  return {
    runNode: async (input) => {
      const { workspaceId } = input.header;
      // Named, as every payload, so that there is a key for it.
      const beat = setInterval(() => heartbeat({ workspaceId }), BEAT_MS);
      try {
        await executor.runNode(input);
        return { workspaceId };
      } catch (thrown) {
        throw toTemporalFailure(thrown, workspaceId);
      } finally {
        clearInterval(beat);
      }
    },
  };
}
