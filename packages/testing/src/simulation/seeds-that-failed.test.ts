import { expect, it } from 'vitest';
import { generate } from './generate.ts';
import { play, SIMULATIONS } from './simulations.ts';

/** What each of them once showed. */
const SEEDS: readonly (readonly [number, string])[] = [
  [21573, 'a run that failed while a section was being undone cut that short'],
  [26484, 'in sequential order, what waited in vain elsewhere came before the next round of a loop'],
  [34925, 'sections that end at the same time are undone in the order in which they began, the last first'],
  [147602, 'lists that are kept as blobs were not compared'],
  [232548, 'a paused run left while an answer had just come, and asked what had become of it'],
];

it.each(SEEDS)('%i holds: %s', async (seed) => {
  for (const simulation of SIMULATIONS.filter(({ name }) => name !== 'faults')) expect(await play(simulation, generate(seed))).toEqual([]);
});
