import { eventually, publishSketch, queryRows, startTwin } from '../../../packages/testing/src/index.ts';
import { deliver, ended, pidOf, type Ground } from '../ground.ts';
import { hook, write } from '../sketches.ts';
import { Judge, judgeEffects } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = 'process frozen past its lease';

/** Node, try, status, and whether the engine took it: the late answer of the frozen process is kept without a place. */
const WANTED = [
  ['first', 1, 'done', false],
  ['first', 2, 'done', true],
  ['second', 1, 'done', true],
];

interface Try {
  readonly node: string;
  readonly attempt: number;
  readonly status: string;
  readonly isTaken: boolean;
}

async function tries(ground: Ground, runId: string): Promise<readonly Try[]> {
  const statement =
    'select node_id as node, attempt, status, seq is not null as "isTaken" from attempts where run_id = $1 order by node_id, attempt';
  return queryRows<Try>(ground.databaseUrl, statement, [runId]);
}

/** Waits until a write has come to its target. */
async function reached({ echo }: Ground, effect: string): Promise<void> {
  await eventually(async () => (await echo.records(`/frozen/${effect}`)).length >= 1, 90_000);
}

/** Waits until the answer that came late is in the ledger; the verdict is passed later. */
async function lateAnswerStored(ground: Ground, runId: string): Promise<void> {
  const isStored = (one: Try): boolean => one.node === 'first' && one.attempt === 1 && one.status === 'done';
  await eventually(async () => (await tries(ground, runId)).some(isStored), 30_000).catch(() => undefined);
}

/**
 * A process freezes with a write under way, and another one takes its run over and is itself inside the next write when the first
 * one wakes: that one sends nothing, its segment is refused, and the answer that it got late is recorded.
 */
export const frozenProcess: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo, owner, install } = ground;
    const { url, workflowId } = await publishSketch(owner, NAME, {
      nodes: [hook('now'), write('first', `${echo.url}/frozen/first`), write('second', `${echo.url}/frozen/second`)],
      edges: ['hook -> first', 'first -> second'],
    });
    const judge = new Judge();
    await echo.rule({ path: '/frozen/first', isHeld: true, times: 1 });
    await echo.rule({ path: '/frozen/second', isHeld: true });
    const response = await deliver(url, 'frozen', { tag: 'frozen' });
    const runId = response.headers.get('x-millwright-run') ?? '';
    await reached(ground, 'first');
    const pid = await pidOf(ground, 'server');
    const twin = await startTwin(install);
    process.kill(pid, 'SIGSTOP');
    try {
      await reached(ground, 'second');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await echo.release('/frozen/first');
    await lateAnswerStored(ground, runId);
    // Whoever woke up has had its answer; what it would send next, it would send now.
    await install.ready();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const sentAwake = (await echo.records('/frozen/second')).length;
    await echo.release('/frozen');
    const rows = await ended(ground.databaseUrl, [workflowId], 60_000);
    await twin.halt();
    return async () => {
      judge.equal(sentAwake, 1, 'requests of the second write while the first process was awake again');
      const ends = rows.map((row) => row.status);
      judge.equal(ends, ['succeeded'], 'how the run ended');
      const ledger = (await tries(ground, runId)).map((one) => [one.node, one.attempt, one.status, one.isTaken]);
      judge.equal(ledger, WANTED, 'the ledger');
      judge.equal(await pidOf(ground, 'server'), pid, 'the process that was frozen');
      const effects = judgeEffects(judge, await echo.records('/frozen'), 2);
      judge.equal(effects.repeats, 1, 'repeats');
      return {
        name: NAME,
        counts: { requests: effects.requests, keys: effects.keys, repeats: effects.repeats },
        violations: judge.violations,
      };
    };
  },
};
