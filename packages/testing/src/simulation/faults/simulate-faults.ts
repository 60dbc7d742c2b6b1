import { SeededRandom } from '../random.ts';
import { generate } from '../generate.ts';
import type { Scenario } from '../scenario.ts';
import { moodOf, type Mood } from './moods.ts';
import { check } from './oracle/check.ts';
import { World } from './world.ts';

/** What may be chosen beside the seed. */
export interface FaultOptions {
  /** Default: that of the seed. */
  readonly scenario?: Scenario;
  /** Default: that of the seed. */
  readonly mood?: Mood;
  /** Points at which a process dies besides, counted from 1. Default none. */
  readonly fatal?: ReadonlySet<number>;
}

/** What a simulation came to. */
export interface FaultVerdict {
  readonly seed: number;
  /** What must never happen, and did; empty: all is well. */
  readonly violations: readonly string[];
  readonly scenario: Scenario;
  /** What went wrong in the world, in order. */
  readonly faults: readonly string[];
  /** Points at which a process could have died. */
  readonly points: number;
  /** Requests that reached the outside. */
  readonly requests: number;
  readonly statuses: readonly string[];
}

/** Plays one seed: the real engine, executor and ledger in a world in which things go wrong. */
export async function simulateFaults(seed: number, options: FaultOptions = {}): Promise<FaultVerdict> {
  const scenario = options.scenario ?? generate(seed);
  const mood = options.mood ?? moodOf(new SeededRandom(seed ^ 0x300d));
  const world = new World(scenario, mood, options.fatal ?? new Set());
  await world.play();
  if (world.violations.length === 0) await check(world);
  const { violations, faults, vendor } = world;
  return {
    seed,
    violations,
    scenario,
    faults: faults.log,
    points: faults.points,
    requests: vendor.requests.length,
    statuses: [...world.hosts.values()].map((host) => host.status ?? 'open'),
  };
}
