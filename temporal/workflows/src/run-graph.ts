import { unreachable } from '@millwright/core';
import { CancellationScope, condition, continueAsNew, defineSignal, proxyLocalActivities, setHandler, sleep, workflowInfo } from './sdk.ts';
import type { RunState, SegmentResult } from '@millwright/workflow';
import { RemoteCalls } from './remote-calls.ts';
import { FAILURE_TYPES, WAKE_SIGNAL, type RunActivities, type RunGraphInput, type RunGraphResult } from '@millwright/temporal-protocol';

/** A run starts its next history when this one has so many events; Temporal itself refuses at 51,200. */
const CONTINUE_AS_NEW_EVENTS = 2000;
/** The same while remote calls are out. */
const CONTINUE_IN_ANY_CASE_EVENTS = 20_000;
/** The shortest timer: closes a workflow task, so that no two segments share one. */
const CLOSE_TASK_MS = 1;

/** Constant: the executor enforces the deadlines of nodes and runs itself. Only `TransientError` is tried again, for ever. */
const { joinSegment, runSegment } = proxyLocalActivities<RunActivities>({
  startToCloseTimeout: '12 minutes',
  localRetryThreshold: '10 seconds',
  retry: {
    initialInterval: '250 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
    nonRetryableErrorTypes: [FAILURE_TYPES.broken],
  },
});

const wake = defineSignal(WAKE_SIGNAL);

/** Something was decided since the current segment opened. */
interface Wakes {
  dirty: boolean;
}

/**
 * Closes the workflow task, then waits for a time, a wake-up, or whichever is first.
 * @param untilMs ms since 1970; null waits for a wake-up only
 */
async function pause(wakes: Wakes, untilMs: number | null): Promise<void> {
  if (wakes.dirty) await sleep(CLOSE_TASK_MS);
  else if (untilMs === null) await condition(() => wakes.dirty);
  else await condition(() => wakes.dirty, Math.max(CLOSE_TASK_MS, untilMs - Date.now()));
}

/** The first segment's result where the process that started the run opened it beside the start; else null. */
async function joinHoisted({ header, hoistedAtMs, state }: RunGraphInput): Promise<SegmentResult | null> {
  if (hoistedAtMs === undefined || state !== undefined) return null;
  const { workspaceId, runId } = header;
  return (await joinSegment({ workspaceId, runId })).result;
}

async function runSegments(input: RunGraphInput, wakes: Wakes): Promise<RunGraphResult> {
  const { header, skeleton, trigger } = input;
  let state: RunState | null = input.state ?? null;
  let hoisted = await joinHoisted(input);
  const remote = new RemoteCalls(input, () => {
    wakes.dirty = true;
  });
  for (let segment = (input.segment ?? 0) + 1; ; segment++) {
    const { historyLength } = workflowInfo();
    // A new history knows nothing of calls that are out: it would start them a second time, and each would wait for the first.
    if (historyLength >= CONTINUE_AS_NEW_EVENTS && (!remote.isBusy || historyLength >= CONTINUE_IN_ANY_CASE_EVENTS)) {
      await continueAsNew<typeof runGraph>({ ...input, ...(state === null ? {} : { state }), segment: segment - 1 });
    }
    // A segment reads every decision from Postgres when it opens: earlier wake-ups are answered by that.
    wakes.dirty = false;
    const over = remote.takeOver();
    const remoteOver = over.length === 0 ? {} : { remoteOver: over };
    const openedAtMs = (state === null ? input.hoistedAtMs : undefined) ?? Date.now();
    const asked = { header, skeleton, state, trigger, segment, openedAtMs, ...remoteOver };
    const result: SegmentResult = hoisted ?? (await runSegment(asked)).result;
    hoisted = null;
    switch (result.kind) {
      case 'ended':
        return { workspaceId: header.workspaceId, status: result.status };
      case 'waiting':
        state = result.state;
        remote.start(state, result.remote ?? []);
        await pause(wakes, result.untilMs);
        break;
      case 'more':
        state = result.state;
        remote.start(state, result.remote ?? []);
        await sleep(CLOSE_TASK_MS);
        break;
      case 'capacity':
        remote.keepOver(over);
        await pause(wakes, result.untilMs);
        break;
      default:
        unreachable(result);
    }
  }
}

/**
 * The one Temporal workflow: hosts a run. It steers only; data, effects and decisions live in segments and in Postgres.
 * Temporal's own cancel is ignored on purpose: a run is canceled by its flag in Postgres and a wake-up.
 */
export async function runGraph(input: RunGraphInput): Promise<RunGraphResult> {
  const wakes: Wakes = { dirty: false };
  setHandler(wake, () => {
    wakes.dirty = true;
  });
  return CancellationScope.nonCancellable(() => runSegments(input, wakes));
}
