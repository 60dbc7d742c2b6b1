import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOwner, eventually, publishSketch, queryRows, startProduct, type Product, type Published } from '@millwright/testing';

/** Sent at one moment; several times of what a process starts side by side. */
const DELIVERIES = 1_000;
/** The same, of which none is refused as a rule. */
const WAVE = 150;
/** Against callers that are held for good; how long they really are held is a figure of `npm run bench -- --only overload`. */
const BOUND_MS = 30_000;

let product: Product;
let published: Published;

beforeAll(async () => {
  product = await startProduct();
  const nodes = [
    ['hook', 'core.webhook', { answer: 'now' }],
    ['edit', 'core.editFields', { assignments: [{ name: 'a', value: 1 }] }],
  ] as const;
  published = await publishSketch(await createOwner(product), 'Flood', { nodes, edges: ['hook -> edit'] });
});
afterAll(async () => product?.remove());

async function deliver(
  n: number,
): Promise<{ readonly status: number; readonly tookMs: number; readonly retryAfter: string | null; readonly runId: string | null }> {
  const sentAt = performance.now();
  const response = await fetch(published.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ n }),
  });
  await response.arrayBuffer();
  return {
    status: response.status,
    tookMs: performance.now() - sentAt,
    retryAfter: response.headers.get('retry-after'),
    runId: response.headers.get('x-millwright-run'),
  };
}

/** Every run of the workflow, once there are so many and all have succeeded. */
async function allEnded(atLeast: number) {
  return eventually(async () => {
    const runs = await queryRows<{ run_id: string; status: string }>(
      product.databaseUrl,
      'select run_id, status from runs where workflow_id = $1',
      [published.workflowId],
    );
    return runs.length >= atLeast && runs.every(({ status }) => status === 'succeeded') ? runs : null;
  }, 150_000);
}

it('over capacity deliveries are refused with 429 and Retry-After, and every accepted one becomes a run that ends', async () => {
  const answers = await Promise.all(Array.from({ length: DELIVERIES }, (_, n) => deliver(n)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 429]));
  for (const { retryAfter } of answers.filter(({ status }) => status === 429)) expect(Number(retryAfter)).toBeGreaterThan(0);
  const accepted = answers.filter(({ status }) => status === 202);
  expect(Math.max(...accepted.map(({ tookMs }) => tookMs))).toBeLessThan(BOUND_MS);
  const ended = await allEnded(accepted.length);
  expect(new Set(ended.map((run) => run.run_id))).toEqual(new Set(accepted.map(({ runId }) => runId)));
  expect((await deliver(0)).status).toBe(202);
  // Its row comes a moment after its 202.
  await allEnded(accepted.length + 1);
});

it('deliveries that are kept for later are started by the next process when this one dies', async () => {
  const before = (await allEnded(0)).length;
  const answers: Awaited<ReturnType<typeof deliver>>[] = [];
  // Some are to wait still when the process dies: where it has worked them off before anybody could look, more come.
  await eventually(async () => {
    const wave = await Promise.all(Array.from({ length: WAVE }, (_, n) => deliver(n)));
    answers.push(...wave.filter(({ status }) => status === 202));
    const rows = await queryRows(product.databaseUrl, `select 1 from deliveries where status = 'pending' limit 1`);
    return rows.length > 0;
  });
  await product.kill();
  await product.start();
  const ended = new Set((await allEnded(before + answers.length)).map((run) => run.run_id));
  expect(answers.filter(({ runId }) => runId === null || !ended.has(runId))).toEqual([]);
  expect(ended.size).toBe(before + answers.length);
});
