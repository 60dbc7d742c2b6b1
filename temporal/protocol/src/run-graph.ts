import type { RunId, WorkspaceId } from '@millwright/core';
import type { DataRef, PlanSkeleton, RunHeader, RunNodeInput, RunState, SegmentInput, SegmentResult } from '@millwright/workflow';

/** What a run is started with; continue-as-new starts it again with its state. */
export interface RunGraphInput {
  readonly v: 1;
  readonly header: RunHeader;
  readonly skeleton: PlanSkeleton;
  /** The trigger's items. */
  readonly trigger: DataRef;
  /**
   * Set when the starting process holds the first segment, which may run before the start is on disk: the time that it counts
   * from, ms since 1970.
   * A second try computes with the same time, hence the same.
   */
  readonly hoistedAtMs?: number;
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

/** Names a run whose first segment may be under way in the process that started it. */
export interface JoinSegmentInput {
  readonly workspaceId: WorkspaceId;
  readonly runId: RunId;
}

/** What joining it gives. */
export interface JoinSegmentAnswer {
  readonly workspaceId: WorkspaceId;
  /** Null: it is not here; the segment has to be run. */
  readonly result: SegmentResult | null;
}

/** Signatures of the local activities. */
export interface RunActivities {
  /** Waits for the first segment where the start opened it; small, as most runs need nothing else. */
  readonly joinSegment: (input: JoinSegmentInput) => Promise<JoinSegmentAnswer>;
  readonly runSegment: (input: SegmentInput) => Promise<RunSegmentAnswer>;
}

/** What a remote node's activity returns: nothing but whose it is. Its outcome is in Postgres. */
export interface RunNodeAnswer {
  readonly workspaceId: WorkspaceId;
}

/** Signatures of the activities on `fx`. */
export interface RemoteActivities {
  readonly runNode: (input: RunNodeInput) => Promise<RunNodeAnswer>;
}
