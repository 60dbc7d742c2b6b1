import { publishSketch } from '../../../packages/testing/src/index.ts';
import { backAgain, deliver, deliverUntilTaken, ended, kill, pidOf } from '../ground.ts';
import { answer, hook, read, write } from '../sketches.ts';
import { Judge, judgeEffects } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = 'gateway killed between commit and reply';
const CALLERS = 24;

/**
 * Many callers wait, and the process dies with the first answer: the others are between the commit of their start and their
 * reply. Each retries with its key and gets one run and one answer, the one that it may have heard already.
 */
export const killedGateway: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner } = ground;
    const { url, workflowId } = await publishSketch(owner, NAME, {
      nodes: [
        hook('respond'),
        read('look', `${echo.url}/gateway/look`),
        write('call', `${echo.url}/gateway/call`),
        ['answer', answer[1], { status: 200, bodyType: 'json', body: { n: "{{ $('look').item.json.body.n }}" } }],
      ],
      edges: ['hook -> look', 'look -> call', 'call -> answer'],
    });
    const pid = await pidOf(ground, 'server');
    const heard = new Map<string, { readonly runId: string; readonly text: string }>();
    const keys = Array.from({ length: CALLERS }, (_, index) => `gateway-${index}`);
    const calls = keys.map(async (key) => {
      const response = await deliver(url, key, { tag: key });
      if (response.status === 200) heard.set(key, { runId: response.headers.get('x-millwright-run') ?? '', text: await response.text() });
    });
    await Promise.race(calls);
    await kill(ground, ['server']);
    await Promise.allSettled(calls);
    await backAgain(ground, pid);
    return async () => {
      const judge = new Judge();
      const again = new Map(await Promise.all(keys.map(async (key) => [key, await deliverUntilTaken(url, key, { tag: key })] as const)));
      for (const [key, before] of heard)
        judge.equal([again.get(key)?.runId, again.get(key)?.text], [before.runId, before.text], `${key} after the restart`);
      judge.equal(new Set([...again.values()].map((one) => one.runId)).size, CALLERS, 'runs that answered');
      const rows = await ended(ground.databaseUrl, [workflowId], 60_000);
      judge.equal(rows.filter((row) => row.status === 'succeeded').length, CALLERS, 'runs that succeeded');
      judge.equal(rows.length, CALLERS, 'runs in the history');
      const effects = judgeEffects(judge, await echo.records('/gateway/call'), CALLERS);
      return {
        name: NAME,
        counts: { callers: CALLERS, 'answered before the kill': heard.size, keys: effects.keys, repeats: effects.repeats },
        violations: judge.violations,
      };
    };
  },
};
