import { systemClock, TransientError } from '@millwright/core';
import type { Executor } from '@millwright/executor';
import type { RunStarter } from '@millwright/temporal-client';
import type { RunGraphInput } from '@millwright/temporal-protocol';

function notHere(message: string, cause?: unknown): TransientError {
  return new TransientError({ code: 'segment_lost', message, ...(cause === undefined ? {} : { cause }) });
}

/**
 * Starts a run whose first segment this process holds (engine.md §5). Hoisted, it computes while the start is on the way to the disk;
 * what it comes to is seen once the start is committed and the run's first task has come with the answer. Otherwise it is dropped, and
 * the run goes on wherever Temporal hands it.
 * @param hold `executor.hoist` or `executor.prepare`
 * @throws TransientError `temporal_unavailable`
 */
export async function startHere(starter: RunStarter, hold: Executor['hoist'], input: RunGraphInput): ReturnType<RunStarter['start']> {
  const { header, skeleton, trigger } = input;
  const hoistedAtMs = systemClock.nowMs();
  const committed = Promise.withResolvers<void>();
  hold({ header, skeleton, state: null, trigger, segment: 1, openedAtMs: hoistedAtMs }, committed.promise);
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
