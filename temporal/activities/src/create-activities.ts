import type { RunActivities } from '@millwright/temporal-protocol';
import type { RunId } from '@millwright/core';
import type { SegmentInput, SegmentResult } from '@millwright/workflow';
import { activityInfo } from '@temporalio/activity';
import { toTemporalFailure } from './failures.ts';

/** Runs segments: `createExecutor` of `@millwright/executor`. */
export interface SegmentExecutor {
  readonly runSegment: (input: SegmentInput, options?: { readonly first?: boolean }) => Promise<SegmentResult>;
  /** Absent in processes that start nothing. */
  readonly joinFirst?: (runId: RunId) => Promise<SegmentResult | null>;
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
