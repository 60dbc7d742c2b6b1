import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadOrder, LoadReport } from './load.ts';
import { eventually } from '../../packages/testing/src/index.ts';
import { cpuTimes, residentMb } from './processes.ts';
import { SLOW, type Scenario, type Workload } from './scenarios.ts';
import { postgresCounters, untilEnded, type Stand } from './stand.ts';

/** One line of the result; the shape of `--json`. */
export interface Figures {
  readonly scenario: string;
  readonly connections: number;
  /** Answered runs per second of load; in S3 ended runs per second until the last one ended. */
  readonly runsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerRun: { readonly node: number; readonly temporal: number; readonly postgres: number; readonly total: number };
  readonly commitsPerRun: number;
  readonly walBytesPerRun: number;
  readonly peakRssMb: number;
  readonly errors: number;
  /** Runs that are in history as succeeded, with all their node runs. */
  readonly runsInHistory: number;
}

/** What a measurement says beside its figures. */
export interface Measured {
  readonly figures: Figures;
  readonly notes: readonly string[];
}

/** How a scenario is driven this time. */
export interface Drive {
  readonly connections: number;
  readonly seconds: number;
  /** Load before what is counted. Default 15: V8 compiles what is hot for about as long. */
  readonly warmUpSeconds?: number;
}

const BODY = JSON.stringify({ n: 41, email: 'jane@acme.com', name: 'Jane Doe', note: 'x'.repeat(100) });
/** Beside the server's thread V8 works 2.4 times as much in the first twenty seconds as in the second. */
const WARM_UP_S = 15;
/** Where the server is warm. */
const BRIEF_S = 4;
/** For all long calls to begin, at most. */
const FILL_MS = 60_000;
/** Sessions report their counters to Postgres' statistics about once a second. */
const STATISTICS_MS = 1_200;
/** Reading the memory of a hundred processes takes a tenth of a second of a core: more often, it would be a twentieth of what is measured. */
const SAMPLE_MS = 5_000;
/** Above it the generator is what limits. */
const BUSY = 0.9;

async function load(order: LoadOrder): Promise<LoadReport> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'load.ts'), JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(text) as LoadReport;
}

/** Watches memory until asked for its peak. */
function watchMemory(stand: Stand): () => number {
  let peak = residentMb(stand.roots);
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMb(stand.roots));
  }, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return Math.max(peak, residentMb(stand.roots));
  };
}

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

async function drive(stand: Stand, scenario: Scenario, { connections, seconds, warmUpSeconds = WARM_UP_S }: Drive): Promise<Measured> {
  const { workload, rate } = scenario;
  const { url, workflowId } = await stand.published(workload);
  const order = { url, body: BODY, connections, ...(rate === undefined ? {} : { rate }) };
  await load({ ...order, seconds: warmUpSeconds });
  await sleep(STATISTICS_MS);
  const [cpu, counters, atMs] = [cpuTimes(stand.roots), await postgresCounters(stand), Date.now()];
  const memory = watchMemory(stand);
  const report = await load({ ...order, seconds });
  const runs = await untilEnded(stand, workflowId, { atMs, nodes: workload.nodes, accepted: report.answered });
  const cpuAfter = cpuTimes(stand.roots);
  await sleep(STATISTICS_MS);
  const after = await postgresCounters(stand);
  const per = (value: number): number => value / Math.max(1, runs.total);
  const [node, temporal, postgres] = [cpuAfter.node - cpu.node, cpuAfter.temporal - cpu.temporal, cpuAfter.postgres - cpu.postgres].map(
    per,
  ) as [number, number, number];
  const perSecond = rate === undefined ? report.answered / report.seconds : runs.whole / ((runs.lastEndMs - atMs) / 1000);
  return {
    figures: {
      scenario: scenario.name,
      connections,
      runsPerSecond: round(perSecond),
      p50Ms: report.p50Ms,
      p99Ms: report.p99Ms,
      cpuMsPerRun: {
        node: round(node, 2),
        temporal: round(temporal, 2),
        postgres: round(postgres, 2),
        total: round(node + temporal + postgres, 2),
      },
      commitsPerRun: round(per(after.commits - counters.commits)),
      walBytesPerRun: Math.round(per(after.walBytes - counters.walBytes)),
      peakRssMb: Math.round(memory()),
      errors: report.errors,
      runsInHistory: runs.whole,
    },
    notes: notesOf(scenario, report, runs),
  };
}

function notesOf(scenario: Scenario, report: LoadReport, runs: { readonly whole: number; readonly total: number }): string[] {
  const notes: string[] = [];
  if (report.ownCpu >= BUSY) notes.push(`the load generator is the bottleneck: it used ${Math.round(report.ownCpu * 100)} % of a core`);
  if (scenario.rate !== undefined) notes.push(`${report.answered} accepted of ${Math.round(scenario.rate * report.seconds)} offered`);
  // At the end of the time requests are cut off that the server has taken: their runs are in history without having been counted.
  if (runs.whole < report.answered || runs.whole < runs.total)
    notes.push(`${report.answered} answered, ${runs.total} runs, ${runs.whole} of them whole in history`);
  return notes;
}

/** Starts runs that sit in a long call, and waits until all of them do. @returns when the last one began, ms since 1970 */
async function fillWith(stand: Stand, workload: Workload, runs: number): Promise<number> {
  const { url } = await stand.published(workload);
  await stand.echo.rule({ path: '/slow', isHeld: true });
  const { answered } = await load({ url, body: BODY, connections: 32, seconds: 0, amount: runs });
  await eventually(async () => {
    const inside = (await stand.echo.records('/slow')).filter(({ end }) => end === 'open').length;
    if (inside < answered)
      throw new Error(`${inside} of ${answered} runs that were accepted (${runs} were asked for) are inside their call`);
    return true;
  }, FILL_MS);
  return Date.now();
}

/** Warms up, drives a scenario, waits for its runs to end, and counts what it took. */
export async function measure(stand: Stand, scenario: Scenario, how: Drive): Promise<Measured> {
  const { beside } = scenario;
  if (beside === undefined) return drive(stand, scenario, how);
  const { beside: _beside, ...plain } = scenario;
  const alone = await drive(stand, plain, how);
  const { workflowId } = await stand.published(SLOW);
  const atMs = Date.now();
  const fullAtMs = await fillWith(stand, SLOW, beside.runs);
  const together = await drive(stand, plain, { ...how, warmUpSeconds: BRIEF_S });
  await sleep(Math.max(0, fullAtMs + beside.callMs - Date.now()));
  await stand.echo.release('/slow');
  const slow = await untilEnded(stand, workflowId, { atMs, nodes: SLOW.nodes, accepted: beside.runs });
  const ratio = together.figures.p50Ms / Math.max(1, alone.figures.p50Ms);
  return {
    figures: together.figures,
    notes: [
      ...together.notes,
      `p50 alone ${alone.figures.p50Ms} ms, beside ${together.figures.p50Ms} ms: ${round(ratio, 2)} times`,
      `${slow.whole} of ${beside.runs} long runs ended whole`,
    ],
  };
}
