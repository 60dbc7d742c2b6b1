import { createOwner, eventually, publishSketch, startProduct, type Product, type SignedIn } from '@millwright/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

let api: Product;
let gateway: Product;
let owner: SignedIn;

beforeAll(async () => {
  api = await startProduct({ env: { MILLWRIGHT_ROLE: 'api' } });
  gateway = await startProduct({ beside: api, env: { MILLWRIGHT_ROLE: 'gateway' } });
  owner = await createOwner(api);
});
afterAll(async () => {
  await gateway?.remove();
  await api?.remove();
});

it('a gateway takes and runs the webhooks of what was published on an api process', async () => {
  const { url } = await publishSketch(owner, 'Split', {
    nodes: [
      ['hook', 'core.webhook', { answer: 'respond' }],
      ['reply', 'core.respond', { status: 200, bodyType: 'text', body: 'ok' }],
    ],
    edges: ['hook -> reply'],
  });
  const hook = new URL(url).pathname;
  const answer = await fetch(`${gateway.url}${hook}`, { method: 'POST', body: '' });
  expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
  const runId = answer.headers.get('x-millwright-run') ?? '';
  await eventually(async () => (await owner.client.runs.get({ runId })).status === 'succeeded');
});

it('each serves only its own addresses, and both their health', async () => {
  expect((await fetch(`${api.url}/hooks/hook_unknown`, { method: 'POST' })).status).toBe(404);
  const refused = await fetch(`${gateway.url}/api/v1/session`);
  expect(refused.status).toBe(404);
  expect(await refused.json()).toMatchObject({ code: 'not_served_here' });
  for (const { url } of [api, gateway]) expect((await fetch(`${url}/readyz`)).status).toBe(200);
});
