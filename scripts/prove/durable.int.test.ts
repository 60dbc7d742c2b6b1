import { afterAll, beforeAll, expect, it } from 'vitest';
import { QUICK_CASES } from './cases/index.ts';
import { playConstructs } from './construct-round.ts';
import { closeGround, openGround, type Ground } from './ground.ts';
import { playRound } from './round.ts';
import type { Verdict } from './verdict.ts';

/** Runs per round of the short version of `npm run prove:durable`; the two cases that take leases to run out are left to that. */
const RUNS = 20;
/** Runs per construct: each is held at up to three places. */
const RUNS_OF_CONSTRUCT = 3;
/** Against hangs only. */
const LIMIT_MS = 600_000;

let ground: Ground;

beforeAll(async () => {
  ground = await openGround();
}, LIMIT_MS);
afterAll(async () => closeGround(ground));

it('no accepted run and no effect is lost, and no fault in a single window is seen outside', { timeout: LIMIT_MS }, async () => {
  const judges: (() => Promise<Verdict>)[] = [];
  for (const { play } of QUICK_CASES) judges.push(await play(ground));
  // What died before recovers while more is killed.
  for (const victims of [['server'], ['server', 'temporal', 'postgres']] as const) {
    judges.push(await playRound(ground, { name: `${victims.length} killed`, victims, runs: RUNS, waitSeconds: 5 }));
  }
  judges.push(await playConstructs(ground, { name: 'constructs', victims: ['server', 'temporal', 'postgres'], runs: RUNS_OF_CONSTRUCT }));
  const verdicts = await Promise.all(judges.map(async (judge) => judge()));
  expect(verdicts.flatMap(({ name, violations }) => violations.map((text) => `${name}: ${text}`))).toEqual([]);
});
