import { queryRows } from '../../packages/testing/src/index.ts';
import type { LoadOrder, LoadReport } from './load.ts';
import { sampleMemory, trendLines, trendsOf, type MemorySample, type MemoryTrend } from './memory.ts';
import { runProgram } from './program.ts';
import { DELIVERY, PURE } from './scenarios.ts';
import { databaseUrl, untilEnded, type Stand } from './stand.ts';

/** What many runs left behind. */
export interface SoakFigures {
  readonly lines: readonly string[];
  /** Memory is flat, and no table grows that nobody sweeps. */
  readonly holds: boolean;
}

const CONNECTIONS = 16;
const SAMPLE_MS = 1_000;
/** Caches fill and collections find their pace; in runs. */
const WARM_UP_RUNS = 8_000;
/** Growth above this is a leak, in MiB per 1,000 runs: less than a KiB a run is noise of the collectors. */
const FLAT_MB = 1;
/** Rows per run below this are not growth with runs. */
const SOME = 0.02;

/** Tables that grow with runs, and what takes their rows away again. */
const SWEPT: Readonly<Record<string, string>> = {
  runs: 'retention of the workspace',
  node_runs: 'with their run',
  waits: 'with their run',
  blobs: 'with their run',
  blob_chunks: 'with their blob',
  attempts: 'a day’s partition is dropped with its last run',
  deliveries: 'retention of deliveries',
};

/** Rows of every table of the product; partitions count as their table. */
async function countRows(stand: Stand): Promise<ReadonlyMap<string, number>> {
  const url = databaseUrl(stand);
  const tables = await queryRows<{ name: string }>(
    url,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
  );
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const [row] = await queryRows<{ count: number }>(url, `select count(*)::int as count from "${name}"`);
    counts.set(name, row?.count ?? 0);
  }
  return counts;
}

function tableLines(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  runs: number,
): { lines: string[]; unswept: string[] } {
  const lines: string[] = [];
  const unswept: string[] = [];
  for (const [name, count] of after) {
    const grown = count - (before.get(name) ?? 0);
    if (grown / runs < SOME) continue;
    lines.push(`  ${name.padEnd(12)} ${(grown / runs).toFixed(2)} rows a run: ${SWEPT[name] ?? 'NOBODY SWEEPS IT'}`);
    if (SWEPT[name] === undefined) unswept.push(name);
  }
  return { lines, unswept };
}

function isFlat({ slopeMbPerThousand, part }: MemoryTrend): boolean {
  // Postgres' shared buffers fill once, up to their size.
  return part === 'postgres' || slopeMbPerThousand < FLAT_MB;
}

/** Drives many S1 runs and looks at memory and tables. */
export async function measureSoak(stand: Stand, runs: number): Promise<SoakFigures> {
  const { url, workflowId } = await stand.published(PURE);
  const before = await countRows(stand);
  const atMs = Date.now();
  const samples: MemorySample[] = [];
  let last = { at: 0, ms: performance.now() };
  const sample = async (): Promise<void> => {
    const [row] = await queryRows<{ count: number }>(databaseUrl(stand), 'select count(*)::int as count from runs');
    last = { at: row?.count ?? last.at, ms: performance.now() };
    samples.push(sampleMemory(stand.roots, last.at));
  };
  const timer = setInterval(() => void sample().catch(() => undefined), SAMPLE_MS);
  const order: LoadOrder = { url, body: DELIVERY, connections: CONNECTIONS, seconds: 0, amount: runs };
  const report = await runProgram<LoadReport>('load.ts', order);
  clearInterval(timer);
  const ended = await untilEnded(stand, workflowId, { atMs, nodes: PURE.nodes, accepted: report.answered });
  await sample();
  const after = await countRows(stand);
  const trends = trendsOf(samples, Math.min(WARM_UP_RUNS, runs / 2));
  const { lines, unswept } = tableLines(before, after, Math.max(1, ended.total));
  const isWhole = ended.whole === ended.total && ended.total >= report.answered;
  return {
    lines: [
      `${report.answered} of ${runs} answered in ${Math.round(report.seconds)} s, ${report.errors} errors; ${ended.whole} runs whole in history`,
      ...trendLines(trends, 'runs'),
      'rows that grow with runs:',
      ...lines,
    ],
    holds: isWhole && unswept.length === 0 && trends.every(isFlat),
  };
}
