import type { SeededRandom } from '../random.ts';
import type { Mood } from './moods.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Decides what goes wrong, and counts the points at which a process can die. */
export class Faults {
  /** Points passed so far. */
  points = 0;
  /** What went wrong, for whoever looks for why. */
  readonly log: string[] = [];
  /** Points at which a process dies, whatever the mood: for tests that try every one. */
  readonly #fatal: ReadonlySet<number>;
  readonly #mood: Mood;
  readonly #random: SeededRandom;
  readonly #time: VirtualTime;
  #crashAt: number;
  #awayUntilMs = 0;
  #isCalm = false;

  constructor(mood: Mood, random: SeededRandom, { time, fatal }: { readonly time: VirtualTime; readonly fatal: ReadonlySet<number> }) {
    this.#mood = mood;
    this.#random = random;
    this.#time = time;
    this.#fatal = fatal;
    this.#crashAt = this.#next();
  }

  /** From now on nothing more goes wrong: a run must end some time. */
  stop(): void {
    this.#isCalm = true;
  }

  isFatal(name: string): boolean {
    this.points += 1;
    if (this.#isCalm) return false;
    const isFatal = this.#fatal.has(this.points) || this.points === this.#crashAt;
    if (this.points === this.#crashAt) this.#crashAt = this.points + this.#next();
    if (isFatal) this.log.push(`a process dies ${name} (point ${this.points})`);
    return isFatal;
  }

  /** Whether the database is away now; it stays away for a while. */
  isAway(): boolean {
    if (this.#time.nowMs < this.#awayUntilMs) return true;
    if (!this.happens('away')) return false;
    this.#awayUntilMs = this.#time.nowMs + this.#random.int(3_000);
    return true;
  }

  isCommitLost(): boolean {
    return this.happens('commitLost');
  }

  /** Whether something of the mood happens now. */
  happens(what: Exclude<keyof Mood, 'crashEvery' | 'remote' | 'countsLosses'>): boolean {
    if (this.#isCalm || !this.#random.chance(this.#mood[what])) return false;
    this.log.push(`${what} (point ${this.points})`);
    return true;
  }

  #next(): number {
    return this.#mood.crashEvery === 0 ? Number.POSITIVE_INFINITY : 1 + this.#random.int(this.#mood.crashEvery * 2);
  }
}
