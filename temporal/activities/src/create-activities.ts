import type { RunActivities } from '@millwright/temporal-protocol';
import type { SegmentInput, SegmentResult } from '@millwright/workflow';
import { activityInfo } from '@temporalio/activity';
import { toTemporalFailure } from './failures.ts';

/** Runs segments: `createExecutor` of `@millwright/executor`. */
export interface SegmentExecutor {
  readonly runSegment: (input: SegmentInput, options?: { readonly first?: boolean }) => Promise<SegmentResult>;
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
  return {
    runSegment: async (input) => {
      const { workspaceId } = input.header;
      const { workflowExecution } = activityInfo();
      const first = input.segment === 1 && workflowExecution !== undefined && eagerStarts?.take(workflowExecution.runId) === true;
      try {
        return { workspaceId, result: await executor.runSegment(input, { first }) };
      } catch (thrown) {
        throw toTemporalFailure(thrown, workspaceId);
      }
    },
  };
}
