import { queryRows } from '../../packages/testing/src/index.ts';
import type { LoadOrder, LoadReport } from './load.ts';
import { sampleMemory, trendLines, trendsOf, type MemorySample } from './memory.ts';
import type { OverloadOrder, OverloadReport } from './overload-load.ts';
import { runProgram } from './program.ts';
import { DELIVERY, LATER } from './scenarios.ts';
import { databaseUrl, untilEnded, type Stand } from './stand.ts';

/** What was offered over capacity, and what became of it. */
export interface OverloadFigures extends OverloadReport {
  readonly capacityPerSecond: number;
  readonly offeredPerSecond: number;
  /** Accepted runs that are in history as succeeded with all their node runs. */
  readonly whole: number;
  readonly lines: readonly string[];
  /** Nothing was lost, everything was answered, and refusals said when to come back. */
  readonly holds: boolean;
}

const TIMES = 5;
const CAPACITY_S = 10;
const CAPACITY_CONNECTIONS = 32;
/** Many callers: what is offered does not wait for answers. */
const CONNECTIONS = 300;
const SAMPLE_MS = 1_000;
const WARM_UP_S = 15;
/** A full backlog is worked off in a minute or so. */
const ENDED_MS = 180_000;

/** Samples memory each second, and sends a delivery of its own to see what a refusal says. */
function watch(
  stand: Stand,
  url: string,
): { readonly samples: MemorySample[]; readonly silent: () => number; readonly extra: () => number; readonly stop: () => void } {
  const startedAt = performance.now();
  const samples: MemorySample[] = [];
  let silent = 0;
  let extra = 0;
  const probe = async (): Promise<void> => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: DELIVERY });
    await response.arrayBuffer();
    if (response.status === 202) extra += 1;
    if (response.status === 429 && !(Number(response.headers.get('retry-after')) > 0)) silent += 1;
  };
  const timer = setInterval(() => {
    samples.push(sampleMemory(stand.roots, (performance.now() - startedAt) / 1000));
    void probe().catch(() => undefined);
  }, SAMPLE_MS);
  return { samples, silent: () => silent, extra: () => extra, stop: () => clearInterval(timer) };
}

/** How runs ended that did not succeed, by what they say; it must be nothing. */
async function endings(stand: Stand, workflowId: string, atMs: number): Promise<readonly string[]> {
  const rows = await queryRows<{ status: string; code: string | null; count: number }>(
    databaseUrl(stand),
    `select status, error ->> 'code' as code, count(*)::int as count from runs
     where workflow_id = $1 and started_at >= to_timestamp($2 / 1000.0) and status <> 'succeeded' group by 1, 2 order by 3 desc`,
    [workflowId, atMs],
  );
  return rows.map(({ status, code, count }) => `  ${count} runs ${status}${code === null ? '' : ` (${code})`}`);
}

/** Finds out what the install carries, then offers five times as much. */
export async function measureOverload(stand: Stand, seconds: number): Promise<OverloadFigures> {
  const { url, workflowId } = await stand.published(LATER);
  const order: LoadOrder = { url, body: DELIVERY, connections: CAPACITY_CONNECTIONS, seconds: CAPACITY_S };
  await runProgram<LoadReport>('load.ts', { ...order, seconds: 5 });
  const atFirstMs = Date.now();
  const alone = await runProgram<LoadReport>('load.ts', order);
  // What is accepted may wait for its turn: what ends in a second is what the install carries.
  const carried = await untilEnded(stand, workflowId, { atMs: atFirstMs, nodes: LATER.nodes, accepted: alone.answered });
  const capacityPerSecond = Math.round((1000 * carried.whole) / (carried.lastEndMs - atFirstMs));
  const offeredPerSecond = capacityPerSecond * TIMES;
  const atMs = Date.now();
  const watched = watch(stand, url);
  const report = await runProgram<OverloadReport>('overload-load.ts', {
    url,
    body: DELIVERY,
    connections: CONNECTIONS,
    seconds,
    rate: offeredPerSecond,
  } satisfies OverloadOrder);
  watched.stop();
  const runs = await untilEnded(stand, workflowId, { atMs, nodes: LATER.nodes, accepted: report.accepted, withinMs: ENDED_MS });
  const lost = Math.max(0, report.accepted - runs.whole);
  const holds = lost === 0 && runs.open === 0 && watched.silent() === 0 && Object.keys(report.others).length === 0;
  const others = Object.entries(report.others).map(([status, count]) => `, ${count} × ${status}`);
  return {
    ...report,
    capacityPerSecond,
    offeredPerSecond,
    whole: runs.whole,
    holds,
    lines: [
      `carries ${capacityPerSecond} a second; ${offeredPerSecond} a second were offered for ${seconds} s over ${CONNECTIONS} connections`,
      `${report.accepted} accepted (${Math.round(report.accepted / seconds)} a second), ${report.refused} refused with 429${others.join('')}, ${report.broken} without an answer; ${watched.silent()} refusals without Retry-After`,
      `accepted calls took p50 ${report.acceptedP50Ms}, p99 ${report.acceptedP99Ms}, at most ${report.acceptedMaxMs} ms`,
      `${runs.whole} of ${runs.total} runs ended whole, ${runs.open} open: ${lost} lost`,
      ...(await endings(stand, workflowId, atMs)),
      ...trendLines(trendsOf(watched.samples, Math.min(WARM_UP_S, seconds / 3)), 's'),
      `the load generator used ${Math.round(report.ownCpu * 100)} % of a core`,
    ],
  };
}
