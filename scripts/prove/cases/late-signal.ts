import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, publishSketch, wakeRun } from '../../../packages/testing/src/index.ts';
import { deliver } from '../ground.ts';
import { hook, write } from '../sketches.ts';
import { Judge, judgeEffects, judgeEnd } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = 'signal while the last segment runs';
const EFFECTS = ['first', 'second'] as const;

/** Temporal refuses the completion and has the segment called again: nobody outside sees that. */
export const lateSignal: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner } = ground;
    const { url, workflowId } = await publishSketch(owner, NAME, {
      nodes: [hook('now'), write('first', `${echo.url}/signal/first`), write('second', `${echo.url}/signal/second`)],
      edges: ['hook -> first', 'first -> second'],
    });
    // Both from the start: the second write may be there in the moment in which the first is answered.
    for (const effect of EFFECTS) await echo.rule({ path: `/signal/${effect}`, isHeld: true });
    const response = await deliver(url, 'signal', { tag: 'signal' });
    const runId = response.headers.get('x-millwright-run') ?? '';
    const judge = new Judge();
    for (const effect of EFFECTS) {
      await eventually(async () => (await echo.records(`/signal/${effect}`)).length > 0, 30_000);
      judge.expect(await wakeRun(ground.temporalAddress, runId), 'the run was over before the signal');
      await sleep(200);
      await echo.release(`/signal/${effect}`);
    }
    return async () => {
      await judgeEnd(judge, ground, { workflowId, withinMs: 60_000 });
      const effects = judgeEffects(judge, await echo.records('/signal'), 2);
      judge.equal(effects.repeats, 0, 'repeats');
      return { name: NAME, counts: { signals: 2, requests: effects.requests, keys: effects.keys }, violations: judge.violations };
    };
  },
};
