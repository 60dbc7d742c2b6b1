import { setTimeout as sleep } from 'node:timers/promises';
import { dropClients, eventually, publishSketch, whileLocked } from '../../../packages/testing/src/index.ts';
import { backAgain, deliver, kill, pidOf } from '../ground.ts';
import { hook, write } from '../sketches.ts';
import { Judge, judgeEffects, judgeEnd } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = "kill before the segment's last flush";

/**
 * Postgres keeps the last flush waiting while Temporal answers, and the process dies in between: as a segment returns only after
 * that flush, Temporal still has it.
 */
export const lastFlush: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner } = ground;
    const { url, workflowId } = await publishSketch(owner, NAME, {
      nodes: [hook('now'), write('call', `${echo.url}/flush/call`)],
      edges: ['hook -> call'],
    });
    const pid = await pidOf(ground, 'server');
    await echo.rule({ path: '/flush', isHeld: true });
    await deliver(url, 'flush', { tag: 'flush' });
    await eventually(async () => (await echo.records('/flush')).length > 0, 30_000);
    await whileLocked(ground.databaseUrl, 'runs', async () => {
      await echo.release('/flush');
      await sleep(1_500);
      await kill(ground, ['server']);
      await dropClients(ground.databaseUrl);
    });
    await backAgain(ground, pid);
    return async () => {
      const judge = new Judge();
      await judgeEnd(judge, ground, { workflowId, withinMs: 60_000 });
      const effects = judgeEffects(judge, await echo.records('/flush'), 1);
      return { name: NAME, counts: { requests: effects.requests, keys: effects.keys }, violations: judge.violations };
    };
  },
};
