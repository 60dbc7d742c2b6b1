import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createOwner,
  eventually,
  prepareInstall,
  publishSketch,
  queryRows,
  type Install,
  type Published,
} from '../../packages/testing/src/index.ts';
import { RECOVERY_MS, runsOf } from './ground.ts';
import { hook } from './sketches.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

/** What an install with both databases needs at first is about half of it. */
const SIZE_MB = 640;
/** Each is stored whole: together they need more than what Postgres still has room for in files that it has already. */
const BODY = JSON.stringify({ text: 'x'.repeat(200_000) });
const AT_ONCE = 5;
const MAX_DELIVERIES = 400;

/** Why the test is skipped here; null where a disk can be made. */
function obstacle(): string | null {
  const dir = mkdtempSync(path.join(tmpdir(), 'millwright-disk-'));
  const disk = mountSmallDisk(dir, 1);
  if (typeof disk !== 'string') disk.unmount();
  rmSync(dir, { recursive: true, force: true });
  return typeof disk === 'string' ? disk : null;
}

const why = obstacle();

let install: Install;
let disk: SmallDisk;
let published: Published;
const accepted: string[] = [];

beforeAll(async () => {
  if (why !== null) return;
  install = await prepareInstall();
  const mounted = mountSmallDisk(install.dataDir, SIZE_MB);
  if (typeof mounted === 'string') throw new Error(mounted);
  disk = mounted;
  await install.start();
  published = await publishSketch(await createOwner(install), 'Disk', {
    nodes: [hook('now'), ['edit', 'core.editFields', { assignments: [{ name: 'a', value: 1 }] }]],
    edges: ['hook -> edit'],
  });
});
afterAll(async () => {
  if (why !== null) return;
  await disk?.free();
  install?.signal('SIGTERM');
  await install?.gone();
  disk?.unmount();
  await install?.remove();
});

/** Writes to Postgres' log until there is no room for more, and Postgres is gone. */
async function exhaustLog(url: string, pid: number): Promise<void> {
  await eventually(async () => {
    await queryRows(url, `select pg_logical_emit_message(true, 'fill', repeat(md5(random()::text), 200000))`).catch(() => undefined);
    await queryRows(url, 'select pg_switch_wal()').catch(() => undefined);
    return !existsSync(`/proc/${String(pid)}`);
  });
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

async function deliver(): Promise<Answer> {
  const response = await fetch(published.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: BODY });
  const body = await response.text();
  if (response.ok) accepted.push(response.headers.get('x-millwright-run') ?? '');
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
}

async function readiness(): Promise<{ readonly status: number; readonly checks: Readonly<Record<string, string>> }> {
  const response = await fetch(`${install.url}/readyz`);
  return { status: response.status, checks: ((await response.json()) as { checks: Record<string, string> }).checks };
}

it(`while Postgres' disk is full webhooks get 503 and /readyz says why; then everything goes on by itself, and no accepted run is lost`, async (context) => {
  if (why !== null) return context.skip(why);
  for (let n = 0; n < 5; n++) expect((await deliver()).status).toBe(202);
  const { DATABASE_URL: url = '' } = install.environmentOf('server');
  const { postgres = 0 } = install.pids();

  await disk.fill();
  const answers: Answer[] = [];
  while (answers.length < MAX_DELIVERIES && !answers.some(({ status }) => status === 503))
    answers.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => deliver()))));
  const refused = answers.filter(({ status }) => status !== 202);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.filter(({ status, retryAfter }) => status !== 503 || !(Number(retryAfter) > 0))).toEqual([]);
  expect(await readiness()).toMatchObject({ status: 503, checks: { disk: 'failing' } });

  // So far Postgres refused rows. Without room for its log it stops altogether, and cannot be started before there is.
  await exhaustLog(url, postgres);
  expect(await readiness()).toMatchObject({ status: 503, checks: { postgres: 'failing', disk: 'failing' } });
  expect(await deliver()).toMatchObject({ status: 503 });

  await disk.free();
  await install.ready(RECOVERY_MS);
  await eventually(async () => (await deliver()).status === 202, RECOVERY_MS);
  expect(install.pids().postgres).not.toBe(postgres);
  // A run has its row a moment after its answer: that there are only ended ones does not mean that all are there.
  let missing: readonly string[] = accepted;
  await eventually(async () => {
    const rows = await runsOf(url, [published.workflowId]);
    const succeeded = new Set(rows.filter(({ status }) => status === 'succeeded').map(({ runId }) => runId));
    missing = accepted.filter((runId) => !succeeded.has(runId));
    return missing.length === 0;
  }, RECOVERY_MS).catch(() => undefined);
  expect(missing).toEqual([]);
});
