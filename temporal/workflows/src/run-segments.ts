import { unreachable } from '@millwright/core';
import type { RemoteCall, RunState, SegmentInput, SegmentResult } from '@millwright/workflow';
import type { RunGraphInput, RunGraphResult } from '@millwright/temporal-protocol';
import type { HostPorts } from './host-ports.ts';
import { RemoteCalls } from './remote-calls.ts';

/** A run starts its next history when this one has so many events; Temporal itself refuses at 51,200. */
const CONTINUE_AS_NEW_EVENTS = 2000;
/** The same while remote calls are out. */
const CONTINUE_IN_ANY_CASE_EVENTS = 20_000;
/** The shortest timer: closes a workflow task, so that no two segments share one. */
const CLOSE_TASK_MS = 1;

/**
 * Closes the workflow task, then waits for a time, a wake-up, or whichever is first.
 * @param untilMs ms since 1970; null waits for a wake-up only
 */
async function pause({ wakes, sleep, nowMs }: HostPorts, untilMs: number | null): Promise<void> {
  if (wakes.dirty) await sleep(CLOSE_TASK_MS);
  else if (untilMs === null) await wakes.wait();
  else await wakes.wait(Math.max(CLOSE_TASK_MS, untilMs - nowMs()));
}

/** The first segment's result where the process that started the run opened it beside the start; else null. */
async function joinHoisted({ hoistedAtMs, state }: RunGraphInput, ports: HostPorts): Promise<SegmentResult | null> {
  return hoistedAtMs === undefined || state !== undefined ? null : ports.joinSegment();
}

/** Hosts a run from segment to segment until it has ended. The same code on Temporal and in simulations. */
export async function runSegments(input: RunGraphInput, ports: HostPorts): Promise<RunGraphResult> {
  const { header, skeleton, trigger } = input;
  const remote = new RemoteCalls(input, ports);
  let state: RunState | null = input.state ?? null;
  let hoisted = await joinHoisted(input, ports);
  for (let segment = (input.segment ?? 0) + 1; ; segment++) {
    const events = ports.historyLength();
    // A new history knows nothing of calls that are out: it would start them a second time, and each would wait for the first.
    if (events >= CONTINUE_AS_NEW_EVENTS && (!remote.isBusy || events >= CONTINUE_IN_ANY_CASE_EVENTS)) {
      await ports.continueAsNew({ ...input, ...(state === null ? {} : { state }), segment: segment - 1 });
    }
    let over: readonly RemoteCall[] = [];
    const open = (): SegmentInput => {
      // A segment reads every decision from Postgres when it opens: earlier wake-ups are answered by that.
      ports.wakes.dirty = false;
      over = [...over, ...remote.takeOver()];
      const openedAtMs = (state === null ? input.hoistedAtMs : undefined) ?? ports.nowMs();
      return { header, skeleton, state, trigger, segment, openedAtMs, ...(over.length === 0 ? {} : { remoteOver: over }) };
    };
    // The first may have been opened beside the start. Who came since may have come too late for it.
    if (hoisted !== null && ports.wakes.dirty) ports.wakes.dirty = ports.keepsWakes();
    const result: SegmentResult = hoisted ?? (await ports.runSegment(open));
    hoisted = null;
    switch (result.kind) {
      case 'ended':
        return { workspaceId: header.workspaceId, status: result.status };
      case 'waiting':
        state = result.state;
        remote.start(state, result.remote ?? []);
        await pause(ports, result.untilMs);
        break;
      case 'more':
        state = result.state;
        remote.start(state, result.remote ?? []);
        await ports.sleep(CLOSE_TASK_MS);
        break;
      case 'capacity':
        remote.keepOver(over);
        await pause(ports, result.untilMs);
        break;
      default:
        unreachable(result);
    }
  }
}
