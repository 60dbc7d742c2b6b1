import { publishSketch } from '../../../packages/testing/src/index.ts';
import { backAgain, deliver, ended, pidOf } from '../ground.ts';
import { hook, read, write } from '../sketches.ts';
import { Judge, judgeEffects, judgeEnd } from '../verdict.ts';
import { unordered, watchOrder } from '../watch-order.ts';
import type { Case } from './index.ts';

const NAME = 'read that answers differently';

/**
 * What a read said may leave before the write that follows from it, when the machine takes its time between the two; then there is no order to be
 * broken. Of so many runs at once some get on fast enough.
 */
const RUNS_IN_ORDER = 20;

/**
 * A branch depends on a read that says another thing each time, and the process dies the moment the write of the branch is at the
 * vendor. The stored outcome counts: nothing is read again, and the other branch never runs. Before that, runs that write right after they
 * have read: none writes before its read is stored.
 */
export const secondOpinion: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner } = ground;
    const at = (id: string): string => `${echo.url}/opinion/${id}`;
    const { url, workflowId } = await publishSketch(owner, NAME, {
      nodes: [
        hook('now'),
        read('look', at('look')),
        ['which', 'core.if', { combine: 'and', conditions: [{ left: '{{ $json.body.n }}', operator: 'equals', right: 1 }] }],
        write('one', at('one')),
        write('other', at('other')),
      ],
      edges: ['hook -> look', 'look -> which', 'which:true -> one', 'which:false -> other'],
    });
    const inOrder = await publishSketch(owner, `${NAME}, in order`, {
      nodes: [hook('now'), read('look', `${echo.url}/order/look`), write('one', `${echo.url}/order/one`)],
      edges: ['hook -> look', 'look -> one'],
    });
    await watchOrder(ground.databaseUrl);
    const tags = Array.from({ length: RUNS_IN_ORDER }, (_none, index) => `order-${String(index)}`);
    await Promise.all(tags.map(async (tag) => deliver(inOrder.url, tag, { tag })));
    await ended(ground.databaseUrl, [inOrder.workflowId], 60_000);
    const pid = await pidOf(ground, 'server');
    await echo.rule({ path: '/opinion/one', times: 1, killAt: 'arrival', pid });
    await deliver(url, 'opinion', { tag: 'opinion' });
    await backAgain(ground, pid);
    return async () => {
      const judge = new Judge();
      await judgeEnd(judge, ground, { workflowId, withinMs: 90_000 });
      const reads = (await echo.records('/opinion/look')).length;
      judge.equal(reads, 1, 'reads');
      const early = await Promise.all([workflowId, inOrder.workflowId].map(async (one) => unordered(ground.databaseUrl, one)));
      judge.equal(early.flat(), [], 'runs whose write began before its read was stored');
      judge.equal((await echo.records('/opinion/other')).length, 0, 'writes of the other branch');
      const effects = judgeEffects(judge, await echo.records('/opinion/o'), 1);
      return { name: NAME, counts: { reads, requests: effects.requests, keys: effects.keys }, violations: judge.violations };
    };
  },
};
