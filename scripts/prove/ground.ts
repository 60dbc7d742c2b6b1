import { setTimeout as sleep } from 'node:timers/promises';
import {
  createOwner,
  eventually,
  prepareInstall,
  queryRows,
  startEcho,
  type Echo,
  type Install,
  type SignedIn,
} from '../../packages/testing/src/index.ts';
import { pidsUnder } from '../bench/processes.ts';

/** What the supervisor keeps running, and what a round kills. */
export type Part = 'server' | 'temporal' | 'postgres';

/** Longer than any recovery: what has not come back then is lost. In ms. */
export const RECOVERY_MS = 180_000;

/** Where proofs happen: a real install as `npm start` runs it, and a vendor that outlives it. */
export interface Ground {
  readonly install: Install;
  readonly echo: Echo;
  readonly owner: SignedIn;
  /** The database, as its owner. */
  readonly databaseUrl: string;
  /** `host:port`. */
  readonly temporalAddress: string;
}

/** A run's row, as far as proofs look at it. */
export interface RunRow {
  readonly runId: string;
  readonly status: string;
  readonly code: string | null;
}

/** Starts an install with an owner, and the echo. */
export async function openGround(): Promise<Ground> {
  const echo = await startEcho();
  const install = await prepareInstall({ MILLWRIGHT_EGRESS_ALLOW: echo.host, MILLWRIGHT_TEST_NODES: '1', NODE_ENV: 'development' });
  try {
    await install.start();
    const { DATABASE_URL: databaseUrl = '', TEMPORAL_ADDRESS: temporalAddress = '' } = install.environmentOf('server');
    return { install, echo, owner: await createOwner(install), databaseUrl, temporalAddress };
  } catch (thrown) {
    echo.stop();
    await install.remove();
    throw thrown;
  }
}

/** Stops everything and removes the data. */
export async function closeGround(ground: Ground): Promise<void> {
  ground.echo.stop();
  await ground.install.remove();
}

/** The pid of a part; waits while it is being started again. */
export async function pidOf({ install }: Ground, part: Part): Promise<number> {
  return eventually(() => install.pids()[part]);
}

/** Kills parts as the kernel would, at one moment. */
export async function kill(ground: Ground, parts: readonly Part[]): Promise<void> {
  const pids = await Promise.all(parts.map((part) => pidOf(ground, part)));
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

function signalEach(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Stops parts with all their processes for a time, as a machine does that swaps or is moved; then they go on as if nothing had been. */
export async function freeze(ground: Ground, parts: readonly Part[], ms: number): Promise<void> {
  const pids = (await Promise.all(parts.map((part) => pidOf(ground, part)))).flatMap(pidsUnder);
  signalEach(pids, 'SIGSTOP');
  await sleep(ms);
  signalEach(pids, 'SIGCONT');
}

/** Waits until a part runs again as another process, and the product says that it is ready. */
export async function backAgain(ground: Ground, before: number): Promise<void> {
  await eventually(() => {
    const pid = ground.install.pids().server;
    return pid !== undefined && pid !== before;
  }, 60_000);
  await ground.install.ready();
}

/** Counts the servers that die from now on. */
export async function watchServers(ground: Ground): Promise<{ readonly killed: () => number; readonly stop: () => void }> {
  const pids = new Set([await pidOf(ground, 'server')]);
  const timer = setInterval(() => {
    const pid = ground.install.pids().server;
    if (pid !== undefined) pids.add(pid);
  }, 50);
  return { killed: () => pids.size - 1, stop: () => clearInterval(timer) };
}

/** Runs of some workflows. */
export async function runsOf(url: string, workflowIds: readonly string[]): Promise<readonly RunRow[]> {
  return queryRows<RunRow>(
    url,
    `select run_id as "runId", status, error ->> 'code' as code from runs where workflow_id = any($1::text[])`,
    [workflowIds],
  );
}

/** Waits until every run of some workflows has ended, or the time is over; how they stand then. */
export async function ended(url: string, workflowIds: readonly string[], withinMs: number): Promise<readonly RunRow[]> {
  const isOver = (row: RunRow): boolean => ['succeeded', 'failed', 'canceled'].includes(row.status);
  let rows: readonly RunRow[] = [];
  await eventually(async () => {
    rows = await runsOf(url, workflowIds);
    return rows.length > 0 && rows.every(isOver);
  }, withinMs).catch(() => undefined);
  return rows;
}

/** Times that a delivery is sent again because there are too many. */
const MAX_TRIES = 60;

/** Sends a delivery to a webhook; one that is sent away because there are too many comes again when it may. */
export async function deliver(url: string, key: string, body: unknown): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    if (response.status !== 429 || tries >= MAX_TRIES) return response;
    await response.body?.cancel();
    await sleep(Number(response.headers.get('retry-after') ?? '1') * 1000);
  }
}

/** Sends it again and again until it is answered with a 2xx. */
export async function deliverUntilTaken(
  url: string,
  key: string,
  body: unknown,
): Promise<{ readonly runId: string; readonly text: string; readonly status: number }> {
  return eventually(async () => {
    const response = await deliver(url, key, body);
    const text = await response.text();
    return response.ok && response.status !== 202
      ? { runId: response.headers.get('x-millwright-run') ?? '', text, status: response.status }
      : null;
  }, 90_000);
}
