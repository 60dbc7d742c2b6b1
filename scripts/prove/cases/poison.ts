import { eventually, publishSketch, type Published } from '../../../packages/testing/src/index.ts';
import { deliver, ended, pidOf, RECOVERY_MS, runsOf } from '../ground.ts';
import { hook, write } from '../sketches.ts';
import { Judge, judgeEffects } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = 'run that kills its process';
/** Inside their effects all the time: open whenever a process dies. */
const INSIDE = 3;
/** Started meanwhile. */
const BESIDE = 10;
/** A run that is there has killed the next process long before. */
const SENT_AGAIN_AFTER_MS = 30_000;

/** A run kills every process that opens it: it fails as `worker_lost`, and those that were inside their effects all the time succeed. */
export const poison: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner } = ground;
    const url = ground.databaseUrl;
    const publish = (kind: string): Promise<Published> =>
      publishSketch(owner, `${NAME}: ${kind}`, {
        nodes: [hook('now'), write('call', `${echo.url}/poison/${kind}`)],
        edges: ['hook -> call'],
      });
    const [inside, beside] = [await publish('inside'), await publish('beside')];
    const killer = await publishSketch(owner, NAME, { nodes: [hook('now'), ['crash', 'test.crash', {}]], edges: ['hook -> crash'] });
    await echo.rule({ path: '/poison/inside', isHeld: true });
    for (let index = 0; index < INSIDE; index++) await deliver(inside.url, `inside-${index}`, { tag: `inside-${index}` });
    await eventually(async () => (await echo.records('/poison')).length >= INSIDE, 30_000);
    const pids = new Set([await pidOf(ground, 'server')]);
    const sendKiller = (): Promise<unknown> => deliver(killer.url, 'killer', {}).catch(() => undefined);
    let sentAtMs = Date.now();
    await sendKiller();
    let sent = 0;
    await eventually(async () => {
      const pid = ground.install.pids().server;
      if (pid !== undefined) pids.add(pid);
      // The first segment runs while the start is on its way to the disk. Where it killed the process before, there is no run, nobody was told
      // that there is, and the delivery comes again.
      if (pids.size <= 2 && Date.now() - sentAtMs > SENT_AGAIN_AFTER_MS) {
        sentAtMs = Date.now();
        await sendKiller();
      }
      const key = `beside-${sent}`;
      if (sent < BESIDE && (await deliver(beside.url, key, { tag: key }).catch(() => null))?.status === 202) sent += 1;
      return (await runsOf(url, [killer.workflowId])).some((row) => row.status === 'failed');
    }, RECOVERY_MS).catch(() => undefined);
    await echo.release('/poison');
    await ground.install.ready();
    return async () => {
      const judge = new Judge();
      judge.equal(
        (await runsOf(url, [killer.workflowId])).map((row) => [row.status, row.code]),
        [['failed', 'worker_lost']],
        'the run that kills',
      );
      const rows = await ended(url, [inside.workflowId, beside.workflowId], RECOVERY_MS);
      judge.equal(rows.filter((row) => row.status === 'succeeded').length, INSIDE + sent, 'the others that succeeded');
      const effects = judgeEffects(judge, await echo.records('/poison'), INSIDE + sent);
      return {
        name: NAME,
        counts: { 'servers killed': pids.size - 1, others: rows.length, keys: effects.keys, repeats: effects.repeats },
        violations: judge.violations,
      };
    };
  },
};
