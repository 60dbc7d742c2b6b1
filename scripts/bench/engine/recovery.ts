import { eventually, queryRows } from '../../../packages/testing/src/index.ts';
import type { Workload } from '../scenarios.ts';
import { databaseUrl, untilEnded, type Stand } from '../stand.ts';
import type { Row } from './figures.ts';

const RUNS = 1000;
/** Starts under way at a time. */
const AT_ONCE = 16;
/** From the first start until the waits are over: all runs wait by then, or nothing is measured. */
const UNTIL_MS = 120_000;
/** The worker dies so long before the waits are over. */
const BEFORE_MS = 2_000;

/** Answered at once → wait until a time → edit. */
const WAITING: Workload = {
  name: 'waiting',
  nodes: 3,
  sketch: () => ({
    nodes: [
      ['hook', 'core.webhook', { answer: 'now' }],
      ['wait', 'core.wait', { mode: 'until', until: '{{ $json.body.until }}' }],
      ['edit', 'core.editFields', { assignments: [{ name: 'over', value: 'yes' }], keepOther: true }],
    ],
    edges: ['hook -> wait', 'wait -> edit'],
  }),
};

async function post(url: string, body: string): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`the start was refused with ${answer.status}`);
}

/** Waiting runs whose worker is killed: how long until the last one has ended, counted from the kill. */
export async function measureRecovery(stand: Stand): Promise<Row> {
  const { url, workflowId } = await stand.published(WAITING);
  const atMs = Date.now();
  const untilMs = atMs + UNTIL_MS;
  const body = JSON.stringify({ until: new Date(untilMs).toISOString() });
  for (let started = 0; started < RUNS; started += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, RUNS - started) }, () => post(url, body)));
  await eventually(async () => {
    const [row] = await queryRows<{ count: number }>(
      databaseUrl(stand),
      `select count(*)::int as count from runs where workflow_id = $1 and status = 'waiting'`,
      [workflowId],
    );
    return row?.count === RUNS;
  }, UNTIL_MS);
  const leftMs = untilMs - BEFORE_MS - Date.now();
  if (leftMs < 0) throw new Error('the runs did not wait in time');
  await new Promise((resolve) => setTimeout(resolve, leftMs));
  const killedMs = Date.now();
  process.kill(stand.install.pids()['server'] ?? 0, 'SIGKILL');
  const { whole, lastEndMs } = await untilEnded(stand, workflowId, { atMs, nodes: WAITING.nodes, accepted: RUNS });
  return {
    metric: '1,000 waiting runs after their worker was killed, s until the last has ended',
    // Runs that are not whole after the minute count as still open.
    value: ((whole === RUNS ? lastEndMs : Date.now()) - killedMs) / 1000,
    cap: 20,
  };
}
