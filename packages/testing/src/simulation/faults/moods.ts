import type { SeededRandom } from '../random.ts';

/** How much goes wrong in one simulation; chances from 0 to 1. */
export interface Mood {
  /** Points between two crashes on the average; 0: no process dies. */
  readonly crashEvery: number;
  /** A commit finds the database away. */
  readonly away: number;
  /** The answer to a commit is lost. */
  readonly commitLost: number;
  /** A segment that came back is called again. */
  readonly again: number;
  /** A process that runs a segment is believed dead. */
  readonly believedDead: number;
  /** Leases that are not renewed in time. */
  readonly freezes: number;
  /** The answer of a vendor is lost. */
  readonly answerLost: number;
  /** A request cannot be sent. */
  readonly notConnected: number;
  /** A remote call ends without a result. */
  readonly remoteLost: number;
  /** Which calls leave their segments. */
  readonly remote: 'never' | 'always' | 'auto';
  /** A failed run is resumed. */
  readonly resume: number;
  /** A process restarts that often before the run counts as poisonous; absent: deaths are not counted. */
  readonly countsLosses: boolean;
}

const CALM: Mood = {
  crashEvery: 0,
  away: 0,
  commitLost: 0,
  again: 0,
  believedDead: 0,
  freezes: 0,
  answerLost: 0,
  notConnected: 0,
  remoteLost: 0,
  remote: 'never',
  resume: 0,
  countsLosses: false,
};

/** Nothing goes wrong. */
export const calm: Mood = CALM;

/** What goes wrong follows from the seed. */
export function moodOf(random: SeededRandom): Mood {
  const some = (chance: number, value: number): number => (random.chance(chance) ? value : 0);
  return {
    crashEvery: some(0.7, random.pick([4, 8, 16])),
    away: some(0.25, random.pick([0.03, 0.1])),
    commitLost: some(0.25, random.pick([0.03, 0.1])),
    again: some(0.4, 0.25),
    believedDead: some(0.4, 0.25),
    freezes: some(0.3, random.pick([0.01, 0.03])),
    answerLost: some(0.4, random.pick([0.05, 0.2])),
    notConnected: some(0.3, 0.1),
    remoteLost: some(0.3, 0.2),
    remote: random.weighted({ never: 6, always: 3, auto: 1 }),
    resume: random.pick([0, 0.7, 0.9]),
    countsLosses: random.chance(0.1),
  };
}
