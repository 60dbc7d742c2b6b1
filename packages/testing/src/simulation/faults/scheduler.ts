import type { SeededRandom } from '../random.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Waiting {
  readonly go: () => void;
  /** 0 (comes at once) to 9. */
  readonly slowness: number;
}

/** Timers that are due so soon may overtake what is under way, more often than later ones. */
const OVERTAKES: readonly (readonly [ms: number, chance: number])[] = [
  [10, 0.3],
  [1_000, 0.05],
  [15_000, 0.02],
  [Number.POSITIVE_INFINITY, 0.002],
];

/** Decides by chance what happens next: one thing at a time, when everything else has come to rest. */
export class Scheduler {
  readonly #random: SeededRandom;
  readonly #time: VirtualTime;
  #waiting: Waiting[] = [];

  constructor(random: SeededRandom, time: VirtualTime) {
    this.#random = random;
    this.#time = time;
  }

  /** Nothing is under way; timers may be. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Something that takes a while: resolves when it is chosen. */
  wait(slowness = 0): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ go, slowness });
    });
  }

  /** Lets the next thing happen; false when nothing can. */
  step(): boolean {
    if (this.#waiting.length === 0 || this.#isOvertaken()) return this.#time.pass();
    const index = this.#choose();
    const [chosen] = this.#waiting.splice(index, 1);
    chosen?.go();
    return true;
  }

  #choose(): number {
    const first = this.#random.int(this.#waiting.length);
    const second = this.#random.int(this.#waiting.length);
    const slow = (index: number): number => this.#waiting[index]?.slowness ?? 0;
    return slow(second) < slow(first) ? second : first;
  }

  #isOvertaken(): boolean {
    const { nextMs, nowMs } = this.#time;
    if (nextMs === undefined) return false;
    const [, chance] = OVERTAKES.find(([ms]) => nextMs - nowMs <= ms) ?? [0, 0];
    return this.#random.chance(chance);
  }
}

/** Resolves when everything that can go on without a decision has done so. */
export function atRest(): Promise<void> {
  // Ticks come when no promise has anything left to do.
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
