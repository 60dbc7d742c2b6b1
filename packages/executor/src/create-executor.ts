import type { SegmentInput, SegmentResult } from '@millwright/workflow';
import type { ExecutorPorts } from './ports.ts';
import { Segment } from './segment/segment.ts';

/** Runs segments of runs over real items, effects included. */
export interface Executor {
  /**
   * Comes back when the run has ended, must wait, or ten seconds are over, and everything is stored.
   * A second call for the same run and segment joins the first while that one is under way.
   * @param options `first`: this process has just started the run eagerly, so nothing of it is stored; the ledger is not read
   * @throws TransientError, and nothing else: try again
   */
  readonly runSegment: (input: SegmentInput, options?: { readonly first?: boolean }) => Promise<SegmentResult>;
}

/** An executor over these ports; one per process. */
export function createExecutor(ports: ExecutorPorts): Executor {
  const inFlight = new Map<string, Promise<SegmentResult>>();
  return {
    runSegment: (input, options) => {
      const key = `${input.header.runId}:${input.segment}`;
      const known = inFlight.get(key);
      if (known !== undefined) return known;
      const isFirst = options?.first === true && input.state === null;
      const running = new Segment(ports, input).run(isFirst).finally(() => inFlight.delete(key));
      inFlight.set(key, running);
      return running;
    },
  };
}
