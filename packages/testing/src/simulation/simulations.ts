import { disagreements } from './agreement/compare.ts';
import { playEvents } from './agreement/events-alone.ts';
import { simulateFaults } from './faults/simulate-faults.ts';
import { generate } from './generate.ts';
import type { Scenario } from './scenario.ts';
import { withoutStacks } from './without-stacks.ts';

/** One way of playing a scenario. */
export interface Simulation {
  readonly name: string;
  /** What must never be, and was; empty: all is well. Follows from the scenario alone. */
  readonly play: (scenario: Scenario) => Promise<readonly string[]>;
}

/** A seed that does not hold. */
export interface Failure {
  readonly simulation: Simulation;
  readonly scenario: Scenario;
  readonly wrong: readonly string[];
}

/** All that there are. `model`: real engine and executor against the reference model; `events`: `advance` alone; `faults`: processes die. */
export const SIMULATIONS: readonly Simulation[] = [
  { name: 'model', play: (scenario) => disagreements(scenario) },
  { name: 'events', play: (scenario) => Promise.resolve(playEvents(scenario)) },
  { name: 'faults', play: async (scenario) => (await simulateFaults(scenario.seed, { scenario })).violations },
];

/** Plays a scenario; what throws is wrong too. */
export async function play(simulation: Simulation, scenario: Scenario): Promise<readonly string[]> {
  try {
    return await simulation.play(scenario);
  } catch (thrown) {
    return [thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)];
  }
}

/** What kind of failure it is: names of node runs and data left out, so that a smaller scenario can fail in the same way. */
export function kindOf(wrong: readonly string[]): string {
  return (wrong[0] ?? '').replaceAll(/n\d+(\.[0-9a-f]+)?(\+\d+)?|[[{].*/g, '…');
}

/** Plays seeds one after the other until some do not hold. */
export async function findFailures(
  seeds: Iterable<number>,
  simulations: readonly Simulation[],
  atMost: number,
): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for (const seed of seeds) {
    const scenario = generate(seed);
    for (const simulation of simulations) {
      const isWrong = (await withoutStacks(() => play(simulation, scenario))).length > 0;
      // Once more, to learn where.
      if (isWrong) failures.push({ simulation, scenario, wrong: await play(simulation, scenario) });
      if (failures.length >= atMost) return failures;
    }
  }
  return failures;
}

/** Whole numbers one after the other. */
export function* seedsFrom(first: number, count: number): Iterable<number> {
  for (let seed = first; seed < first + count; seed++) yield seed;
}
