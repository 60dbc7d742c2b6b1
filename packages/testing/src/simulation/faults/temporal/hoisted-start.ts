import { TransientError } from '@millwright/core';
import type { RunGraphInput } from '@millwright/temporal-protocol';
import { SeededRandom } from '../../random.ts';
import type { Life } from '../server.ts';
import type { World } from '../world.ts';

/** Runs of which the process that starts them opens the first segment. */
const HOISTED = 0.2;
/** Starts whose first task comes to another process than the one that holds the segment, or comes too late. */
const ELSEWHERE = 0.2;

/** Whether the run of a seed is started in that way; by a lot of its own, so that all other seeds stay what they are. */
export function isHoisted(seed: number): boolean {
  return new SeededRandom(seed ^ 0x4015).chance(HOISTED);
}

/**
 * Starts a run whose first segment is opened while the start is on its way, as the server does. Where the process dies before the start is
 * stored, whoever sent the delivery sends it again, to another one.
 * @returns the process that holds the segment, and since when
 */
export async function startHoisted(world: World, input: RunGraphInput): Promise<{ readonly life: Life; readonly atMs: number }> {
  const { time, faults, scheduler, random } = world;
  for (;;) {
    const { life } = world.server();
    const atMs = time.nowMs;
    const committed = hoist(life, input, atMs);
    await scheduler.wait();
    if (!life.isDead && !faults.isFatal('before a run is started')) {
      const isHere = !random.chance(ELSEWHERE);
      void scheduler.wait().then(() => {
        if (life.isDead) return;
        if (isHere) committed.resolve();
        else committed.reject(new TransientError({ code: 'segment_lost', message: 'the run is not in this process' }));
      });
      return { life, atMs };
    }
    life.die();
    await time.pause(random.int(10_000));
  }
}

function hoist(life: Life, { header, skeleton, trigger }: RunGraphInput, atMs: number): PromiseWithResolvers<void> {
  const committed = Promise.withResolvers<void>();
  life.executor.hoist({ header, skeleton, state: null, trigger, segment: 1, openedAtMs: atMs }, committed.promise);
  return committed;
}
