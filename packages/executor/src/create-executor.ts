import { messageOf, TransientError, type RunId } from '@millwright/core';
import type { RunNodeInput, SegmentInput, SegmentResult } from '@millwright/workflow';
import type { ExecutorPorts } from './ports.ts';
import { HoistedSegments } from './segment/hoisted.ts';
import { CallTimes } from './remote/call-times.ts';
import { RemoteNode } from './remote/remote-node.ts';
import { Segment } from './segment/segment.ts';

/** Runs segments of runs over real items, effects included. */
export interface Executor {
  /**
   * Comes back when the run has ended, must wait, or ten seconds are over, and everything is stored.
   * A second call for the same run and segment joins the first while that one is under way; told of more remote calls that are over, it
   * is made again when that one has come back, whose result nobody takes then.
   * @param options `first`: this process has just started the run eagerly, so nothing of it is stored; the ledger is not read
   * @throws TransientError, and nothing else: try again
   */
  readonly runSegment: (input: SegmentInput, options?: { readonly first?: boolean }) => Promise<SegmentResult>;
  /**
   * Opens a run's first segment while its start is on the way to the disk: pure nodes are computed meanwhile; nothing is stored, sent
   * or answered before. A second try elsewhere must be given the same `openedAtMs`, so that it computes the same.
   * @param committed resolves when the start is on disk and this process has the run; rejects with a TransientError otherwise
   */
  readonly hoist: (input: SegmentInput, committed: Promise<void>) => void;
  /** Like `hoist`, but the segment runs when `joinFirst` asks for it: its input need not travel. */
  readonly prepare: (input: SegmentInput, committed: Promise<void>) => void;
  /** The result of a first segment that was hoisted or prepared here; null when it was not, or has to be tried again by `runSegment`. Never rejects. */
  readonly joinFirst: (runId: RunId) => Promise<SegmentResult | null>;
  /**
   * Makes one call that was handed out and leaves its outcome in the ledger; joins one of the same name that is under way.
   * @throws TransientError when it has to be tried again
   */
  readonly runNode: (input: RunNodeInput) => Promise<void>;
  /** How many segments are open here. */
  readonly load: () => SegmentLoad;
}

/** Segments that are open in this process. */
export interface SegmentLoad {
  /** All of them. */
  readonly open: number;
  /** Those that no call has held for more than 2 s. */
  readonly quick: number;
  /** Those that no call has held for more than 250 ms: they want this process, not somebody else's answer. */
  readonly busy: number;
}

/** An executor over these ports; one per process. */
export function createExecutor(given: ExecutorPorts): Executor {
  const callTimes = given.callTimes ?? new CallTimes(given.clock);
  const ports: ExecutorPorts = { ...given, callTimes };
  const inFlight = new Map<string, { readonly over: string; readonly running: Promise<SegmentResult> }>();
  const callsInFlight = new Map<string, Promise<void>>();
  const hoisted = new HoistedSegments(ports);
  const runSegment: Executor['runSegment'] = async (input, options) => {
    const key = `${input.header.runId}:${input.segment}`;
    const over = JSON.stringify(input.remoteOver ?? []);
    const known = inFlight.get(key);
    if (known?.over === over) return known.running;
    if (known !== undefined) {
      await known.running.catch(() => undefined);
      return runSegment(input);
    }
    const isFirst = options?.first === true && input.state === null;
    const running = runSafely(ports, input, isFirst).finally(() => inFlight.delete(key));
    inFlight.set(key, { over, running });
    return running;
  };
  return {
    runSegment,
    hoist: (input, committed) => hoisted.hoist(input, committed),
    prepare: (input, committed) => hoisted.prepare(input, committed),
    joinFirst: (runId) => hoisted.take(runId),
    runNode: (input) => {
      const { nodeId, runIndex, itemIndex, attempt } = input.call;
      const key = `${input.header.runId}:${nodeId}:${runIndex}:${itemIndex}:${attempt}`;
      const known = callsInFlight.get(key);
      if (known !== undefined) return known;
      const running = new RemoteNode(ports, input).run().finally(() => callsInFlight.delete(key));
      callsInFlight.set(key, running);
      return running;
    },
    load: () => {
      const open = inFlight.size + hoisted.openCount;
      const without = (held: number): number => Math.max(0, open - held);
      return { open, quick: without(callTimes.slowRuns()), busy: without(callTimes.waitingRuns()) };
    },
  };
}

/**
 * A fault that could not even be written down as the run's end leaves the run open, and is tried again: a Temporal workflow that
 * failed would leave it open for ever.
 */
async function runSafely(ports: ExecutorPorts, input: SegmentInput, isFirst: boolean): Promise<SegmentResult> {
  try {
    return await new Segment(ports, input).run(isFirst);
  } catch (thrown) {
    if (thrown instanceof TransientError) throw thrown;
    const { runId, workspaceId } = input.header;
    ports.log.error({ runId, workspaceId, err: thrown }, 'a segment broke and its end could not be stored');
    throw new TransientError({ code: 'segment_broken', message: `the segment broke: ${messageOf(thrown)}`, cause: thrown });
  }
}
