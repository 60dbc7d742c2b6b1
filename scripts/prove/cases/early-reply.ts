import { setTimeout as sleep } from 'node:timers/promises';
import { dropClients, eventually, publishSketch, whileLocked, type Published } from '../../../packages/testing/src/index.ts';
import { backAgain, deliver, deliverUntilTaken, ended, kill, pidOf } from '../ground.ts';
import { answer, hook, read } from '../sketches.ts';
import { Judge } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = 'kill before the answer is stored';

/**
 * An answer depends on a read that says another thing each time, Postgres keeps its flush waiting, and the process dies: no caller
 * may have heard an answer that nobody can repeat.
 */
export const earlyReply: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner } = ground;
    const modes = ['respond', 'end'] as const;
    const hooks: (Published & { readonly mode: (typeof modes)[number] })[] = [];
    for (const mode of modes) {
      const look = read('look', `${echo.url}/early/${mode}`);
      const nodes = mode === 'end' ? [hook(mode), look] : [hook(mode), look, answer];
      const edges = mode === 'end' ? ['hook -> look'] : ['hook -> look', 'look -> answer'];
      hooks.push({ mode, ...(await publishSketch(owner, `${NAME} ${mode}`, { nodes, edges })) });
    }
    const pid = await pidOf(ground, 'server');
    const heard: string[] = [];
    await whileLocked(ground.databaseUrl, 'runs', async () => {
      for (const { mode, url } of hooks)
        void deliver(url, mode, {})
          .then(async (response) => heard.push(`${mode} ${await response.text()}`))
          .catch(() => undefined);
      for (const { mode } of hooks) await eventually(async () => (await echo.records(`/early/${mode}`)).length > 0, 30_000);
      await sleep(1_500);
      await kill(ground, ['server']);
      await dropClients(ground.databaseUrl);
    });
    await backAgain(ground, pid);
    return async () => {
      const judge = new Judge();
      judge.equal(heard, [], 'answers that were given before they were stored');
      for (const { mode, url } of hooks) {
        const first = await deliverUntilTaken(url, mode, {});
        judge.equal((await deliverUntilTaken(url, mode, {})).text, first.text, `the ${mode} answer, asked for again`);
      }
      const rows = await ended(
        ground.databaseUrl,
        hooks.map((one) => one.workflowId),
        60_000,
      );
      judge.equal(
        rows.map((row) => row.status),
        ['succeeded', 'succeeded'],
        'how the runs ended',
      );
      return { name: NAME, counts: { 'early answers': heard.length, runs: rows.length }, violations: judge.violations };
    };
  },
};
