import { expect, it } from 'vitest';
import { findFailures, seedsFrom, SIMULATIONS } from './simulations.ts';

/** Seeds that `npm test` plays in each of its files. */
const SEEDS = 2_500;

/** Against hangs only: machines are busy. */
const HANGS_MS = 900_000;

/** The rule that a part of the seeds is played for. @param part from 0 */
export function seedsHold(part: number): void {
  const first = part * SEEDS;
  it(
    `${SEEDS} seeds from ${first}: engine and executor agree with the model; advance alone keeps its invariants`,
    async () => {
      const simulations = SIMULATIONS.filter(({ name }) => name !== 'faults');
      const failures = await findFailures(seedsFrom(first, SEEDS), simulations, 3);
      expect(
        failures.map(({ simulation, scenario, wrong }) => [
          `npm run simulate -- --seed ${scenario.seed} --only ${simulation.name}`,
          wrong.slice(0, 3),
        ]),
      ).toEqual([]);
    },
    HANGS_MS,
  );
}
