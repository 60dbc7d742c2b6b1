import type { DataRef, PlanSkeleton } from './plan.ts';
import type { RemoteCall, RunState } from './run-state.ts';
import type { RunHeader } from './run.ts';

/** What one segment is opened with. */
export interface SegmentInput {
  readonly header: RunHeader;
  readonly skeleton: PlanSkeleton;
  /** Null for the first: then `trigger` opens the run. */
  readonly state: RunState | null;
  readonly trigger: DataRef;
  /** Number of this segment in the run, from 1; a second try has the same. */
  readonly segment: number;
  /** Temporal's time of the event that opened it, ms since 1970. */
  readonly openedAtMs: number;
  /** Remote calls whose activities ended since the last one, with or without a stored outcome. Absent: none. */
  readonly remoteOver?: readonly RemoteCall[];
}

/** What a segment comes back with; never larger than 128 KiB (larger states spill). */
export type SegmentResult =
  | { readonly kind: 'ended'; readonly status: 'succeeded' | 'failed' | 'canceled' }
  /** `remote`: calls that are out; the host starts those that it has not started yet. */
  | { readonly kind: 'waiting'; readonly state: RunState; readonly untilMs: number | null; readonly remote?: readonly RemoteCall[] }
  /** Ten seconds were over with something ready: open the next one. */
  | { readonly kind: 'more'; readonly state: RunState; readonly remote?: readonly RemoteCall[] }
  /** The workspace is over its quota: come back then. */
  | { readonly kind: 'capacity'; readonly untilMs: number };
