import { TransientError } from '@millwright/core';
import type { RemoteCall, RunNodeInput, RunState, SegmentInput } from '@millwright/workflow';
import type { World } from './world.ts';

/** Until a lost worker is noticed, ms: the heartbeat's time. */
const HEARTBEAT_MS = 15_000;

/** The remote calls of a run, as the workflow and Temporal keep them. */
export class RemoteCalls {
  readonly #world: World;
  readonly #onOver: () => void;
  readonly #started = new Set<string>();
  #over: RemoteCall[] = [];
  #out = 0;

  constructor(world: World, onOver: () => void) {
    this.#world = world;
    this.#onOver = onOver;
  }

  get isBusy(): boolean {
    return this.#out + this.#over.length > 0;
  }

  takeOver(): readonly RemoteCall[] {
    const over = this.#over;
    this.#over = [];
    return over;
  }

  /** Starts what is not started yet. */
  start({ header, skeleton }: Pick<SegmentInput, 'header' | 'skeleton'>, state: RunState, calls: readonly RemoteCall[]): void {
    for (const call of calls) {
      const key = `${call.nodeId}:${call.runIndex}:${call.itemIndex}:${call.attempt}`;
      if (this.#started.has(key)) continue;
      this.#started.add(key);
      this.#out += 1;
      const own = state.active.filter((one) => one.nodeId === call.nodeId && one.runIndex === call.runIndex);
      void this.#run({ header, skeleton, state: { ...state, active: own, arrivals: {} }, call }).then(() => {
        this.#out -= 1;
        this.#over.push(call);
        this.#onOver();
      });
    }
  }

  /** Until it is over, or its activity ends though nothing came of it. */
  async #run(input: RunNodeInput): Promise<void> {
    const { time, faults, random } = this.#world;
    for (let pauseMs = 1_000; ; pauseMs = Math.min(30_000, pauseMs * 2)) {
      await this.#world.scheduler.wait();
      if (faults.happens('remoteLost') && random.chance(0.3)) return;
      const { life } = this.#world.server();
      const lost = life.died.then(() => time.pause(HEARTBEAT_MS)).then(() => 'again' as const);
      const given = faults.happens('remoteLost') ? [time.pause(random.int(20_000)).then(() => 'over' as const)] : [];
      const run = life
        .call(input.header, (executor) => executor.runNode(input))
        .then(
          () => 'over' as const,
          (thrown: unknown) => (thrown instanceof TransientError ? ('again' as const) : Promise.reject(thrown)),
        );
      const how = await Promise.race([run, lost, ...given]);
      if (how === 'over') return;
      await time.pause(pauseMs);
    }
  }
}
