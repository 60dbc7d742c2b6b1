import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, publishSketch, type Published } from '../../../packages/testing/src/index.ts';
import { deliver, ended, RECOVERY_MS, runsOf, watchServers, type Ground } from '../ground.ts';
import { hook, write } from '../sketches.ts';
import { Judge, judgeEffects } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = 'workflow whose every run kills';
/** How often its sender has something new. */
const EVERY_MS = 2_000;
/** So many more come when it is known to be guilty. */
const MORE = 6;
/** Each fails after three deaths in turn: a lease of 10 s, and up to 30 s until it is tried again; four at a time. */
const FAILED_MS = 2 * RECOVERY_MS;
/** Of another workflow, meanwhile. */
const BESIDE = 10;

async function publishBoth({ echo, owner }: Ground): Promise<{ readonly beside: Published; readonly killer: Published }> {
  const call = write('call', `${echo.url}/poison-plan`);
  return {
    beside: await publishSketch(owner, `${NAME}: beside`, { nodes: [hook('now'), call], edges: ['hook -> call'] }),
    killer: await publishSketch(owner, NAME, { nodes: [hook('now'), ['crash', 'test.crash', {}]], edges: ['hook -> crash'] }),
  };
}

/**
 * Every run of a workflow kills its process, and its sender has no key and goes on sending. When one of the runs has failed as `worker_lost`,
 * those that come after it kill no server any more; each of them fails, and every run of another workflow succeeds.
 */
export const poisonPlan: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, databaseUrl } = ground;
    const { beside, killer } = await publishBoth(ground);
    const servers = await watchServers(ground);
    let accepted = 0;
    const sendKiller = async (): Promise<void> => {
      accepted += (await fetch(killer.url, { method: 'POST' }).catch(() => null))?.status === 202 ? 1 : 0;
    };
    const taken = new Set<string>();
    const sendBeside = async (): Promise<void> => {
      const key = `beside-${taken.size}`;
      if (taken.size < BESIDE && (await deliver(beside.url, key, { tag: key }).catch(() => null))?.status === 202) taken.add(key);
    };
    const endsAt = Date.now() + RECOVERY_MS;
    const isKnown = async (): Promise<boolean> => (await runsOf(databaseUrl, [killer.workflowId])).some((row) => row.status === 'failed');
    while (Date.now() < endsAt && !(await isKnown().catch(() => false))) {
      await Promise.all([sendKiller(), sendBeside(), sleep(EVERY_MS)]);
    }
    await eventually(() => ground.install.ready().then(() => true), RECOVERY_MS);
    const knownAtMs = Date.now();
    const killedBefore = servers.killed();
    for (let sent = 0; sent < MORE; sent++) await Promise.all([sendKiller(), sendBeside(), sleep(EVERY_MS)]);
    while (Date.now() < endsAt && taken.size < BESIDE) await sendBeside();
    return async () => {
      const judge = new Judge();
      const ofKiller = await ended(databaseUrl, [killer.workflowId], FAILED_MS);
      const failedMs = Date.now() - knownAtMs;
      servers.stop();
      judge.expect(ofKiller.length >= accepted, `${ofKiller.length} of ${accepted} runs that were accepted are there`);
      judge.equal([...new Set(ofKiller.map((row) => `${row.status} ${row.code}`))], ['failed worker_lost'], 'how those ended that kill');
      judge.equal(servers.killed() - killedBefore, 0, 'servers killed after the workflow was known');
      const rows = await ended(databaseUrl, [beside.workflowId], RECOVERY_MS);
      judge.equal(rows.filter((row) => row.status === 'succeeded').length, BESIDE, 'the others that succeeded');
      judgeEffects(judge, await echo.records('/poison-plan'), BESIDE);
      return {
        name: NAME,
        counts: {
          'runs that kill': ofKiller.length,
          'servers killed': servers.killed(),
          others: rows.length,
          'seconds until all have failed': Math.round(failedMs / 1000),
        },
        violations: judge.violations,
      };
    };
  },
};
