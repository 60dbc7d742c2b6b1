import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createOwner,
  eventually,
  publishSketch,
  sketchDocument,
  startProduct,
  type NodeSketch,
  type Product,
  type SignedIn,
} from '@millwright/testing';

let product: Product;
let beside: Product;
let owner: SignedIn;

beforeAll(async () => {
  product = await startProduct();
  beside = await startProduct({ beside: product });
  owner = await createOwner(product);
});
afterAll(async () => {
  await beside?.remove();
  await product?.remove();
});

const answering = (body: string): { readonly nodes: readonly NodeSketch[]; readonly edges: readonly string[] } => ({
  nodes: [
    ['hook', 'core.webhook', { answer: 'respond' }],
    ['answer', 'core.respond', { status: 200, bodyType: 'text', body }],
  ],
  edges: ['hook -> answer'],
});

it('what is published, and what is switched off, counts in every process at once', async () => {
  const { workflowId, url } = await publishSketch(owner, 'Changing', answering('first'));
  const urls = [url, url.replace(product.url, beside.url)];
  const said = (): Promise<readonly string[]> => Promise.all(urls.map(async (one) => (await fetch(one, { method: 'POST' })).text()));
  expect(await said()).toEqual(['first', 'first']);
  const { revision } = await owner.client.drafts.get({ workflowId });
  const { nodes, edges } = answering('second');
  await owner.client.drafts.put({ workflowId, revision, body: sketchDocument('Changing', nodes, edges) });
  await owner.client.workflows.publish({ workflowId, body: {} });
  await eventually(async () => (await said()).every((text) => text === 'second'), 2_000);
  await owner.client.workflows.update({ workflowId, body: { active: false } });
  await eventually(async () => (await said()).every((text) => text.includes('webhook_off')), 2_000);
});
