import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, publishSketch } from '../../../packages/testing/src/index.ts';
import { deliver, ended, kill, RECOVERY_MS } from '../ground.ts';
import { hook, write } from '../sketches.ts';
import { Judge, judgeEffects } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = 'answers while Postgres is away';
const RUNS = 10;

/**
 * The answers come while nobody can store them, to nodes that would stop and ask a person if their answer were lost. It is not:
 * the process that has it lives. Nothing is sent twice, and nobody is asked.
 */
export const lostConnection: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner, install } = ground;
    const ask = { onLostAnswer: 'ask' };
    const { url, workflowId } = await publishSketch(owner, NAME, {
      nodes: [hook('now'), write('first', `${echo.url}/away/first`, ask), write('second', `${echo.url}/away/second`, ask)],
      edges: ['hook -> first', 'first -> second'],
    });
    await echo.rule({ path: '/away', isHeld: true });
    for (let index = 0; index < RUNS; index++) await deliver(url, `away-${index}`, { tag: `away-${index}` });
    await eventually(async () => (await echo.records('/away')).length >= RUNS, 30_000);
    await kill(ground, ['postgres']);
    await sleep(300);
    await echo.release('/away');
    await install.ready(RECOVERY_MS);
    // Until the answers are stored only this process has them: a kill that came now would rightly make nodes ask.
    await eventually(async () => (await echo.records('/away')).length >= RUNS * 2, RECOVERY_MS).catch(() => undefined);
    return async () => {
      const judge = new Judge();
      const rows = await ended(ground.databaseUrl, [workflowId], RECOVERY_MS);
      judge.equal(rows.filter((row) => row.status === 'succeeded').length, RUNS, 'runs that succeeded');
      const effects = judgeEffects(judge, await echo.records('/away'), RUNS * 2);
      judge.equal(effects.repeats, 0, 'repeats');
      return {
        name: NAME,
        counts: { runs: rows.length, requests: effects.requests, repeats: effects.repeats },
        violations: judge.violations,
      };
    };
  },
};
