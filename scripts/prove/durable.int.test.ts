import { afterAll, beforeAll, expect, it } from 'vitest';
import { QUICK_CASES } from './cases/index.ts';
import { closeGround, openGround, type Ground } from './ground.ts';
import { playRound } from './round.ts';
import type { Verdict } from './verdict.ts';

/** The short version of `npm run prove:durable`; the two cases that take leases to run out are left to that. */
const RUNS = 20;
const LIMIT_MS = 240_000;

let ground: Ground;

beforeAll(async () => {
  ground = await openGround();
}, LIMIT_MS);
afterAll(async () => closeGround(ground));

it('no accepted run and no effect is lost when the server is killed', { timeout: LIMIT_MS }, async () => {
  expect((await playRound(ground, { name: 'server killed', victims: ['server'], runs: RUNS })).violations).toEqual([]);
});

it('no accepted run and no effect is lost when everything is killed', { timeout: LIMIT_MS }, async () => {
  expect((await playRound(ground, { name: 'all killed', victims: ['server', 'temporal', 'postgres'], runs: RUNS })).violations).toEqual([]);
});

it('no fault that falls into a single window is seen by anybody outside', { timeout: LIMIT_MS }, async () => {
  const judges: (() => Promise<Verdict>)[] = [];
  for (const { play } of QUICK_CASES) judges.push(await play(ground));
  const verdicts = await Promise.all(judges.map(async (judge) => judge()));
  expect(verdicts.flatMap(({ name, violations }) => violations.map((text) => `${name}: ${text}`))).toEqual([]);
});
