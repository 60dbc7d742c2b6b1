import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createClient } from '../../packages/client/src/index.ts';
import {
  createOwner,
  eventually,
  publishSketch,
  queryRows,
  ROOT,
  startEcho,
  startProduct,
  type Echo,
  type NodeSketch,
  type Product,
  type SignedIn,
} from '../../packages/testing/src/index.ts';
import { makeNextBuild, type NextBuild } from './next-build.ts';

/** What a test has started, the last first. */
const open: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

function kept<T>(value: T, close: (value: T) => Promise<unknown> | undefined): T {
  open.push(() => close(value));
  return value;
}

const edit = (id: string): NodeSketch => [id, 'core.editFields', { assignments: [{ name: id, value: 'yes' }], keepOther: true }];
const hook: NodeSketch = ['hook', 'core.webhook', { answer: 'now' }];
const wait = (amount: number): NodeSketch => ['wait', 'core.wait', { amount, unit: 'seconds' }];

interface Sketch {
  readonly nodes: readonly NodeSketch[];
  readonly edges: readonly string[];
}

function row(...nodes: readonly NodeSketch[]): Sketch {
  return { nodes, edges: nodes.slice(1).map(([id], index) => `${nodes[index]?.[0] ?? ''} -> ${id}`) };
}

/** @param server another server of the install */
async function deliver(url: string, server?: string): Promise<string> {
  const target = server === undefined ? url : `${server}${new URL(url).pathname}`;
  const response = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  return ((await response.json()) as { runId: string }).runId;
}

interface RunEnd {
  readonly status: string;
  readonly code: string | null;
  /** Node runs that succeeded. */
  readonly nodes: number;
}

async function runOf(product: Product, runId: string): Promise<RunEnd | undefined> {
  const [found] = await queryRows<RunEnd>(
    product.databaseUrl,
    `select r.status, r.error ->> 'code' as code,
       (select count(*)::int from node_runs n where n.run_id = r.run_id and n.status = 'succeeded') as nodes
     from runs r where r.run_id = $1`,
    [runId],
  );
  return found;
}

async function until(product: Product, runId: string, statuses: readonly string[]): Promise<RunEnd> {
  return eventually(async () => {
    const run = await runOf(product, runId);
    return run !== undefined && statuses.includes(run.status) ? run : null;
  }, 90_000);
}

const ended = (product: Product, runId: string): Promise<RunEnd> => until(product, runId, ['succeeded', 'failed', 'canceled']);

async function engineVersionsOf(product: Product): Promise<readonly number[]> {
  const rows = await queryRows<{ version: number }>(
    product.databaseUrl,
    `select distinct (skeleton ->> 'engineVersion')::int as version from plans order by 1`,
  );
  return rows.map(({ version }) => version);
}

/** The same person at another server of the install. */
function at(owner: SignedIn, { url }: Product): SignedIn {
  return { ...owner, client: createClient({ baseUrl: url, fetch, headers: { origin: url, cookie: owner.cookie } }) };
}

describe('an upgrade in one process', { timeout: 300_000 }, () => {
  it('lets open runs end by the rules of their engine version; new plans have the new one; the old one cannot be dropped while it is needed', async () => {
    const next = kept(await makeNextBuild({ otherHost: false }), (build) => build.remove());
    const product = kept(await startProduct(), (one) => one.remove());
    const owner = await createOwner(product);
    const sketch = row(hook, wait(5), edit('a'), edit('b'), edit('c'), edit('d'));
    const { url } = await publishSketch(owner, 'Long', sketch);
    const before = await Promise.all([1, 2, 3].map(() => deliver(url)));
    for (const runId of before) await until(product, runId, ['waiting']);

    await product.kill();
    await product.start(next.dir);
    for (const runId of before) expect(await ended(product, runId)).toEqual({ status: 'succeeded', code: null, nodes: 6 });

    // A run is pinned to its version: what was published before goes on as it was published.
    expect(await ended(product, await deliver(url))).toEqual({ status: 'succeeded', code: null, nodes: 6 });
    expect(await engineVersionsOf(product)).toEqual([2]);
    const other = await publishSketch(owner, 'Also long', sketch);
    expect(await engineVersionsOf(product)).toEqual([2, 3]);
    expect(await ended(product, await deliver(other.url))).toMatchObject({ status: 'failed', code: 'run_limit' });

    // One run and one workflow still need version 2.
    const last = await deliver(url);
    await until(product, last, ['waiting']);
    await product.kill();
    await next.drop();
    await expect(product.start(next.dir)).rejects.toThrow(/engine version 2 is needed by 1 open runs and 1 live workflows/);
    await product.start(next.dir).catch(() => undefined);
    expect(await runOf(product, last)).toMatchObject({ status: 'waiting' });

    // The build before takes over again, and knows nothing of version 3: it refuses for the same reason.
    await queryRows(product.databaseUrl, `update workflows set archived_at = now() where id = $1`, [other.workflowId]);
    await product.start(ROOT);
    expect(await ended(product, last)).toEqual({ status: 'succeeded', code: null, nodes: 6 });
  });
});

/** Long enough for a second server to start and be promoted meanwhile. */
const WAIT_MS = 40_000;

describe('two builds side by side', { timeout: 300_000 }, () => {
  async function promote(product: Product, build: NextBuild): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, ['apps/server/src/upgrades/promote.ts'], {
      cwd: build.dir,
      env: product.env,
    });
    return stdout;
  }

  it('each run ends with the build that began it, its calls included; new runs go to the build that was promoted', async () => {
    const echo: Echo = kept(await startEcho(), async (one) => one.stop());
    const env = { MILLWRIGHT_EGRESS_ALLOW: echo.host, MILLWRIGHT_REMOTE: 'always' };
    const next = kept(await makeNextBuild({ otherHost: true }), (build) => build.remove());
    const one = kept(await startProduct({ env: { ...env, MILLWRIGHT_BUILD_ID: 'one' } }), (product) => product.remove());
    const owner = await createOwner(one);
    const call: NodeSketch = [
      'call',
      'http.request',
      { method: 'POST', url: `${echo.url}/old/{{ $run.id }}`, bodyType: 'json', body: {} },
      { onLostAnswer: 'resend' },
    ];
    const { url } = await publishSketch(owner, 'Old', row(hook, wait(WAIT_MS / 1000), call, edit('a'), edit('b')));
    // It stands there before the runs begin: what starts slowly must not eat up the time that they wait.
    const two = kept(
      await startProduct({
        beside: one,
        root: next.dir,
        env: { ...env, MILLWRIGHT_BUILD_ID: 'two', MILLWRIGHT_CACHE: `${one.dataDir}/cache-of-two` },
      }),
      (product) => product.remove(),
    );
    const before = await Promise.all([1, 2, 3].map(() => deliver(url)));
    for (const runId of before) await until(one, runId, ['waiting']);
    const dueMs = Date.now() + WAIT_MS;
    expect(await promote(two, next)).toContain('New runs go to build two.');
    await one.kill();
    expect(Date.now()).toBeLessThan(dueMs);

    // Version 3 of the engine is known to the second build alone, whoever takes the request.
    const short = await publishSketch(at(owner, two), 'Short', row(hook, wait(0), edit('a')));
    expect(await engineVersionsOf(one)).toEqual([2, 3]);
    expect(await ended(one, await deliver(short.url, two.url))).toEqual({ status: 'succeeded', code: null, nodes: 3 });

    // Runs of the first build wait for it, whoever else is there.
    await new Promise((resolve) => setTimeout(resolve, dueMs + 8_000 - Date.now()));
    for (const runId of before) expect(await runOf(one, runId)).toMatchObject({ status: 'waiting' });
    await one.start();
    expect(await ended(one, await deliver(short.url, one.url))).toEqual({ status: 'succeeded', code: null, nodes: 3 });
    for (const runId of before) expect(await ended(one, runId)).toEqual({ status: 'succeeded', code: null, nodes: 5 });
    const records = await echo.records('/old/');
    expect(new Set(records.map(({ path }) => path)).size).toBe(3);
    expect(records).toHaveLength(3);
  });
});
