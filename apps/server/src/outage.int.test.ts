import {
  createOwner,
  eventually,
  publishSketch,
  startProduct,
  startTcpProxy,
  throughProxy,
  testCluster,
  type Product,
  type SignedIn,
  type TcpProxy,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let temporal: TcpProxy;
let postgres: TcpProxy;
let product: Product;
let owner: SignedIn;
let now = '';
let respond = '';

async function publish(answer: 'now' | 'respond'): Promise<string> {
  const { url } = await publishSketch(owner, answer, {
    nodes: [
      ['hook', 'core.webhook', { answer }],
      ['reply', 'core.respond', { status: 200, bodyType: 'text', body: 'ok' }],
    ],
    edges: ['hook -> reply'],
  });
  return url;
}

const post = (url: string, key: string): Promise<Response> => fetch(url, { method: 'POST', headers: { 'idempotency-key': key }, body: '' });
const readiness = async () => {
  const response = await fetch(`${product.url}/readyz`);
  return { status: response.status, body: (await response.json()) as { checks: Record<string, string> } };
};

beforeAll(async () => {
  const cluster = testCluster();
  temporal = await startTcpProxy(cluster.temporalAddress);
  postgres = await startTcpProxy(new URL(cluster.adminUrl).host);
  product = await startProduct({ temporalAddress: temporal.address, adminUrl: throughProxy(cluster.adminUrl, postgres.address) });
  owner = await createOwner(product);
  now = await publish('now');
  respond = await publish('respond');
});
afterAll(async () => {
  temporal?.mend();
  postgres?.mend();
  await product?.remove();
  await temporal?.close();
  await postgres?.close();
});

describe('with Temporal away', () => {
  it('keeps asynchronous webhooks and runs them later, and sends synchronous ones away with 503', async () => {
    temporal.cut();
    const kept = await post(now, 'outage-1');
    expect(kept.status).toBe(202);
    const { runId } = (await kept.json()) as { runId: string };
    expect(await owner.client.runs.get({ runId })).toMatchObject({ status: 'queued', waitsFor: { kind: 'capacity' } });
    const again = await post(now, 'outage-1');
    expect(((await again.json()) as { runId: string }).runId).toBe(runId);
    const refused = await post(respond, 'outage-2');
    expect(refused.status, product.log()).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await readiness()).status).toBe(503);
    temporal.mend();
    const run = await eventually(async () => {
      const found = await owner.client.runs.get({ runId });
      return found.status === 'succeeded' ? found : null;
    }, 60_000);
    expect(run.id).toBe(runId);
    await eventually(async () => (await readiness()).status === 200, 30_000);
    expect((await post(respond, 'outage-3')).status).toBe(200);
  });
});

describe('with Postgres away', () => {
  it('never says 2xx, names the dependency, and recovers without help', async () => {
    expect((await post(now, 'before')).status).toBe(202);
    postgres.cut();
    for (const url of [now, respond]) {
      const response = await post(url, 'during');
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const { status, body } = await readiness();
    expect(status).toBe(503);
    expect(body.checks).toMatchObject({ postgres: 'failing' });
    postgres.mend();
    await eventually(async () => (await post(now, 'after')).status === 202, 30_000);
    await eventually(async () => (await readiness()).status === 200, 30_000);
  });
});
