import type { WorkspaceId } from '@millwright/core';
import type { DataRef, PlanSkeleton, RunHeader, RunState, SegmentInput, SegmentResult } from '@millwright/workflow';

/** What a run is started with; continue-as-new starts it again with its state. */
export interface RunGraphInput {
  readonly v: 1;
  readonly header: RunHeader;
  readonly skeleton: PlanSkeleton;
  /** The trigger's items. */
  readonly trigger: DataRef;
  /** Continue-as-new only. */
  readonly state?: RunState;
  /** Continue-as-new only: segments so far. */
  readonly segment?: number;
}

/** What a run's Temporal workflow returns. The truth is the row in Postgres. */
export interface RunGraphResult {
  readonly workspaceId: WorkspaceId;
  readonly status: 'succeeded' | 'failed' | 'canceled';
}

/** What the local activity returns: the segment's result, and whose it is. */
export interface RunSegmentAnswer {
  readonly workspaceId: WorkspaceId;
  readonly result: SegmentResult;
}

/** Signature of the local activity. */
export interface RunActivities {
  readonly runSegment: (input: SegmentInput) => Promise<RunSegmentAnswer>;
}
