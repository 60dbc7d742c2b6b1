import { publishSketch } from '../../../packages/testing/src/index.ts';
import { backAgain, deliver, pidOf } from '../ground.ts';
import { hook, write } from '../sketches.ts';
import { Judge, judgeEffects, judgeEnd } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = "kill between the answer and the ledger's done";

/** The vendor itself kills the process in the moment in which its answer has left: the write is repeated with the same key. */
export const lostAnswer: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner } = ground;
    const { url, workflowId } = await publishSketch(owner, NAME, {
      nodes: [hook('now'), write('first', `${echo.url}/lost/first`), write('second', `${echo.url}/lost/second`)],
      edges: ['hook -> first', 'first -> second'],
    });
    const pid = await pidOf(ground, 'server');
    await echo.rule({ path: '/lost/first', times: 1, killAt: 'answer', pid });
    await deliver(url, 'lost', { tag: 'lost' });
    await backAgain(ground, pid);
    return async () => {
      const judge = new Judge();
      await judgeEnd(judge, ground, { workflowId, withinMs: 90_000 });
      const first = await echo.records('/lost/first');
      judge.expect(first.length >= 2 && first[0]?.end === 'answered', 'the kill missed its moment');
      const effects = judgeEffects(judge, await echo.records('/lost'), 2);
      return {
        name: NAME,
        counts: { requests: effects.requests, keys: effects.keys, repeats: effects.repeats },
        violations: judge.violations,
      };
    };
  },
};
