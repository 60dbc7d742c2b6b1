import type { RunNodeInput, SegmentInput, SegmentResult } from '@millwright/workflow';
import type { RunGraphInput } from '@millwright/temporal-protocol';

/** Whether something was decided since the current segment opened, and the way to wait for that. */
export interface Wakes {
  dirty: boolean;
  /**
   * Until it is dirty, or a time is over.
   * @param ms default: no time
   */
  readonly wait: (ms?: number) => Promise<unknown>;
}

/** What the loop of a run is given: Temporal, or a simulation of it. Nothing else may wait, count time or do something outside. */
export interface HostPorts {
  readonly wakes: Wakes;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Events of the history so far. */
  readonly historyLength: () => number;
  /** Ends this history; the run goes on in the next. Never resolves. */
  readonly continueAsNew: (input: RunGraphInput) => Promise<never>;
  /** The first segment's result where the process that started the run opened it; else null. */
  readonly joinSegment: () => Promise<SegmentResult | null>;
  /** Whether this history keeps wake-ups that came while the first segment was joined; those of earlier hosts lost them. Asked for one. */
  readonly keepsWakes: () => boolean;
  /**
   * A segment, tried until it comes back.
   * @param open says with what it opens, once for each workflow task in which it does: Temporal, which loses what a lost task did and
   * plays the history again, calls it once; a simulation calls it again for the next task
   */
  readonly runSegment: (open: () => SegmentInput) => Promise<SegmentResult>;
  /**
   * A remote call, tried until it is over, however it ended.
   * @param nodeMs time of its node; the executor enforces it
   */
  readonly runNode: (input: RunNodeInput, nodeMs: number) => Promise<unknown>;
}
