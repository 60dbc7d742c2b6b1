import { systemClock, TransientError } from '@millwright/core';
import type { Executor } from '@millwright/executor';
import type { RunStarter } from '@millwright/temporal-client';
import type { RunGraphInput } from '@millwright/temporal-protocol';

function notHere(message: string, cause?: unknown): TransientError {
  return new TransientError({ code: 'segment_lost', message, ...(cause === undefined ? {} : { cause }) });
}

/**
 * Starts a run and opens its first segment meanwhile (engine.md §5). What that comes to is seen once the start is on disk and the
 * run's first task has come with the answer; otherwise it is dropped, and the run goes on wherever Temporal hands it.
 * @throws TransientError `temporal_unavailable`
 */
export async function startHoisted(starter: RunStarter, hoist: Executor['hoist'], input: RunGraphInput): ReturnType<RunStarter['start']> {
  const { header, skeleton, trigger } = input;
  const hoistedAtMs = systemClock.nowMs();
  const committed = Promise.withResolvers<void>();
  hoist({ header, skeleton, state: null, trigger, segment: 1, openedAtMs: hoistedAtMs }, committed.promise);
  try {
    const answer = await starter.start({ ...input, hoistedAtMs });
    if ('started' in answer && answer.isHere) committed.resolve();
    else committed.reject(notHere('the run is not in this process'));
    return answer;
  } catch (thrown) {
    committed.reject(notHere('the run was not started', thrown));
    throw thrown;
  }
}
