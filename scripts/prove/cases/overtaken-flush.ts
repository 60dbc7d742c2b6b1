import { setTimeout as sleep } from 'node:timers/promises';
import { dropClients, eventually, lockRow, publishSketch, queryRows, type RowLock } from '../../../packages/testing/src/index.ts';
import { backAgain, deliver, ended, kill, pidOf, type Ground } from '../ground.ts';
import { hook, read, write } from '../sketches.ts';
import { Judge } from '../verdict.ts';
import { unordered, untilBlocked, watchOrder } from '../watch-order.ts';
import type { Case } from './index.ts';

const NAME = 'flush that the next one could overtake';
/** Enough for a run to get on to where it has to wait, which nothing outside shows. */
const GETS_ON_MS = 2_000;

interface Held {
  readonly tag: string;
  readonly runId: string;
}

/** A run that is inside its read, with its row in Postgres. */
async function inside(ground: Ground, url: string, tag: string): Promise<Held> {
  const response = await deliver(url, tag, { tag });
  const runId = response.headers.get('x-millwright-run') ?? '';
  await eventually(async () => (await ground.echo.records(`/overtaken/look/${tag}`)).length > 0, 30_000);
  await eventually(async () => (await queryRows(ground.databaseUrl, 'select 1 from runs where run_id = $1', [runId])).length > 0, 30_000);
  return { tag, runId };
}

/**
 * Both flushes that may be on their way are held up in Postgres, by the rows of two runs. Meanwhile the reads of two others are
 * answered, so that their outcomes leave in one flush when the second way is free, and that is held up as well, by the row of the
 * first of them. Then the other one gets on to its write, and the first way becomes free for it: it must not leave, as its read
 * is not stored.
 */
async function holdUp(
  ground: Ground,
  runs: { readonly first: Held; readonly second: Held; readonly before: Held; readonly subject: Held },
): Promise<void> {
  const url = ground.databaseUrl;
  const answerTo = ({ tag }: Held, question = 'look'): Promise<void> => ground.echo.release(`/overtaken/${question}/${tag}`);
  /** Its read was answered and its outcome is to be stored: the run asks its next question. */
  const isPast = ({ tag }: Held) => eventually(async () => (await ground.echo.records(`/overtaken/pause/${tag}`)).length > 0);
  const lock = async ({ runId }: Held): Promise<RowLock> => lockRow(url, 'select 1 from runs where run_id = $1 for update', [runId]);
  const [first, second, before] = [await lock(runs.first), await lock(runs.second), await lock(runs.before)];
  try {
    await answerTo(runs.first);
    await untilBlocked(url, 1);
    await answerTo(runs.second);
    await untilBlocked(url, 2);
    await Promise.all([answerTo(runs.before), answerTo(runs.subject)]);
    await Promise.all([isPast(runs.before), isPast(runs.subject)]);
    await second.release();
    await untilBlocked(url, 2);
    await answerTo(runs.subject, 'pause');
    await sleep(GETS_ON_MS);
    await first.release();
    await sleep(GETS_ON_MS);
    const isAlive = (await ground.echo.records(`/overtaken/one/${runs.subject.tag}`)).length === 0;
    if (isAlive) await kill(ground, ['server']);
    await dropClients(url);
  } finally {
    await Promise.all([first, second, before].map((one) => one.release()));
  }
}

/** A run's rows are in one flush at a time: what is stored of it is a prefix, so that no write leaves before what led to it. */
export const overtakenFlush: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner } = ground;
    const tag = "{{ $('hook').item.json.body.tag }}";
    const { url, workflowId } = await publishSketch(owner, NAME, {
      nodes: [
        hook('now'),
        read('look', `${echo.url}/overtaken/look/${tag}`),
        ['which', 'core.if', { combine: 'and', conditions: [{ left: '{{ $json.body.n }}', operator: 'equals', right: 1 }] }],
        read('pause', `${echo.url}/overtaken/pause/${tag}`),
        write('one', `${echo.url}/overtaken/one/${tag}`),
        write('other', `${echo.url}/overtaken/other/${tag}`),
      ],
      edges: ['hook -> look', 'look -> which', 'which:true -> pause', 'pause -> one', 'which:false -> other'],
    });
    for (const question of ['look', 'pause']) await echo.rule({ path: `/overtaken/${question}`, isHeld: true });
    const runs: Held[] = [];
    for (const name of ['a', 'b', 'c', 'd']) runs.push(await inside(ground, url, name));
    // Flushes lock the rows of runs in the order of their ids.
    const [before, subject, first, second] = runs.toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
    if (before === undefined || subject === undefined || first === undefined || second === undefined)
      throw new Error('four runs are needed');
    await watchOrder(ground.databaseUrl);
    const pid = await pidOf(ground, 'server');
    // Should its write leave, the process dies with what it had not stored.
    await echo.rule({ path: `/overtaken/one/${subject.tag}`, times: 1, killAt: 'arrival', pid });
    await holdUp(ground, { first, second, before, subject });
    await backAgain(ground, pid);
    await echo.release('/overtaken');
    return async () => {
      const judge = new Judge();
      const rows = await ended(ground.databaseUrl, [workflowId], 60_000);
      judge.equal(rows.filter((row) => row.status === 'succeeded').length, 4, 'runs that succeeded');
      judge.equal(await unordered(ground.databaseUrl, workflowId), [], 'runs whose write began before its read was stored');
      for (const { tag: of } of runs) {
        const branches = await Promise.all(
          ['one', 'other'].map(async (branch) => (await echo.records(`/overtaken/${branch}/${of}`)).length > 0),
        );
        judge.equal(branches.filter(Boolean).length, 1, `branches that run ${of} took`);
      }
      return {
        name: NAME,
        counts: { runs: rows.length, 'written before its read was stored': judge.violations.length },
        violations: judge.violations,
      };
    };
  },
};
