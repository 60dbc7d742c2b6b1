import { eventually, publishSketch, type Published } from '../../../packages/testing/src/index.ts';
import { deliver, ended, RECOVERY_MS, runsOf, watchServers } from '../ground.ts';
import { hook, write } from '../sketches.ts';
import { Judge, judgeEffects } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = 'run that kills its process';
/** Inside their effects all the time: open whenever a process dies. */
const INSIDE = 3;
/** Started meanwhile. */
const BESIDE = 10;
/** How often the sender repeats its delivery, whatever it hears. */
const REPEATED_MS = 2_000;
/**
 * The first death may leave no run, since its start was not on disk; the second, on a slow machine the third, no row of it, so that it counts for
 * nothing. Then two count, and the next is a lone process's.
 */
const MOST_DEATHS = 5;

/**
 * A run kills every process that opens it: it fails as `worker_lost`, and those that were inside their effects all the time succeed. Its
 * sender is impatient, which must not cost more processes.
 */
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
    const servers = await watchServers(ground);
    const sendKiller = (): Promise<unknown> => deliver(killer.url, 'killer', {}).catch(() => undefined);
    await sendKiller();
    const sender = setInterval(() => void sendKiller(), REPEATED_MS);
    let sent = 0;
    await eventually(async () => {
      const key = `beside-${sent}`;
      if (sent < BESIDE && (await deliver(beside.url, key, { tag: key }).catch(() => null))?.status === 202) sent += 1;
      return (await runsOf(url, [killer.workflowId])).some((row) => row.status === 'failed');
    }, RECOVERY_MS).catch(() => undefined);
    clearInterval(sender);
    servers.stop();
    await echo.release('/poison');
    await ground.install.ready();
    return async () => {
      const judge = new Judge();
      judge.equal(
        (await runsOf(url, [killer.workflowId])).map((row) => [row.status, row.code]),
        [['failed', 'worker_lost']],
        'the run that kills',
      );
      judge.expect(servers.killed() <= MOST_DEATHS, `${servers.killed()} servers were killed, not at most ${MOST_DEATHS}`);
      const rows = await ended(url, [inside.workflowId, beside.workflowId], RECOVERY_MS);
      judge.equal(rows.filter((row) => row.status === 'succeeded').length, INSIDE + sent, 'the others that succeeded');
      const effects = judgeEffects(judge, await echo.records('/poison'), INSIDE + sent);
      return {
        name: NAME,
        counts: { 'servers killed': servers.killed(), others: rows.length, keys: effects.keys, repeats: effects.repeats },
        violations: judge.violations,
      };
    };
  },
};
