import { publishSketch } from '../../../packages/testing/src/index.ts';
import { deliver } from '../ground.ts';
import { hook, write } from '../sketches.ts';
import { Judge, judgeEffects, judgeEnd } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = 'answer dropped by the vendor';

/** The vendor did the work, but the wire broke before its answer: the request is repeated with the same key. */
export const droppedAnswer: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner } = ground;
    const retry = { maxAttempts: 3, initialMs: 100, jitter: 0 };
    const { url, workflowId } = await publishSketch(owner, NAME, {
      nodes: [hook('now'), write('call', `${echo.url}/dropped/call`, { retry })],
      edges: ['hook -> call'],
    });
    await echo.rule({ path: '/dropped/call', isDropped: true, times: 1 });
    await deliver(url, 'dropped', { tag: 'dropped' });
    return async () => {
      const judge = new Judge();
      await judgeEnd(judge, ground, { workflowId, withinMs: 60_000 });
      const effects = judgeEffects(judge, await echo.records('/dropped'), 1);
      judge.equal(effects.repeats, 1, 'repeats');
      return { name: NAME, counts: { requests: effects.requests, keys: effects.keys }, violations: judge.violations };
    };
  },
};
