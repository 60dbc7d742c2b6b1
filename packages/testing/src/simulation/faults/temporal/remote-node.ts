import { TransientError } from '@millwright/core';
import type { RunNodeInput } from '@millwright/workflow';
import type { World } from '../world.ts';

/** Until a lost worker is noticed, ms: the heartbeat's time. */
const HEARTBEAT_MS = 15_000;

/** Plays the activity of a remote call: until it is over, or has ended though nothing came of it. */
export async function runRemoteNode(world: World, input: RunNodeInput): Promise<void> {
  const { time, faults, random } = world;
  for (let pauseMs = 1_000; ; pauseMs = Math.min(30_000, pauseMs * 2)) {
    await world.scheduler.wait();
    if (faults.happens('remoteLost') && random.chance(0.3)) return;
    const { life } = world.server();
    const lost = life.died.then(() => time.pause(HEARTBEAT_MS)).then(() => 'again' as const);
    const given = faults.happens('remoteLost') ? [time.pause(random.int(20_000)).then(() => 'over' as const)] : [];
    const run = life
      .call(input.header, (executor) => executor.runNode(input))
      .then(
        () => 'over' as const,
        (thrown: unknown) => {
          if (!(thrown instanceof TransientError)) world.wrong(`a remote call threw ${String(thrown)}`);
          return 'again' as const;
        },
      );
    const how = await Promise.race([run, lost, ...given]);
    if (how === 'over') return;
    await time.pause(pauseMs);
  }
}
