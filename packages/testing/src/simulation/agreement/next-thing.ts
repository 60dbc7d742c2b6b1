import type { VirtualTime } from '../faults/virtual-time.ts';
import type { SeededRandom } from '../random.ts';

/** Timers further off than this are limits that nothing here runs into. */
const FAR_MS = 4 * 3_600_000;
/** How often a timer goes off before something that is under way comes back. */
const OVERTAKES = 0.1;

interface Waiting {
  readonly go: () => void;
  readonly slowness: number;
}

/** Decides by lot which of the answers that are under way comes next. */
export class NextThing {
  readonly #random: SeededRandom;
  readonly #time: VirtualTime;
  readonly #waiting: Waiting[] = [];

  constructor(random: SeededRandom, time: VirtualTime) {
    this.#random = random;
    this.#time = time;
  }

  /**
   * Resolves when it is its turn.
   * @param slowness 0 (comes soon) to 9 (comes late)
   */
  wait(slowness: number): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ go, slowness });
    });
  }

  /** Lets one thing happen; false when there is nothing. */
  happen(): boolean {
    const isTimer = this.#waiting.length === 0 || this.#random.chance(OVERTAKES);
    if (isTimer && (this.#time.nextMs ?? Infinity) <= this.#time.nowMs + FAR_MS && this.#time.pass()) return true;
    const [a, b] = [this.#random.int(this.#waiting.length), this.#random.int(this.#waiting.length)];
    const slow = (index: number): number => this.#waiting[index]?.slowness ?? 0;
    const [chosen] = this.#waiting.splice(slow(b) < slow(a) ? b : a, 1);
    chosen?.go();
    return chosen !== undefined;
  }
}
