import type { ApiError } from '@millwright/client';
import {
  createOwner,
  eventually,
  publishSketch,
  sketchDocument,
  startProduct,
  type NodeSketch,
  type Product,
  type Published,
  type SignedIn,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let product: Product;
let owner: SignedIn;

beforeAll(async () => {
  product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: '' } });
  owner = await createOwner(product);
});
afterAll(async () => product?.remove());

/** Publishes a sketch. */
const published = (name: string, nodes: readonly NodeSketch[], edges: readonly string[]): Promise<Published> =>
  publishSketch(owner, name, { nodes, edges });

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

async function runOf(response: Response) {
  const runId = response.headers.get('x-millwright-run') ?? '';
  expect(runId).toMatch(/^run_/);
  return eventually(async () => {
    const run = await owner.client.runs.get({ runId });
    return ['succeeded', 'failed', 'canceled', 'waiting'].includes(run.status) ? run : null;
  });
}

const greeting: NodeSketch[] = [
  ['hook', 'core.webhook', { answer: 'respond' }],
  ['edit', 'core.editFields', { assignments: [{ name: 'greeting', value: 'Hello {{ $json.body.name }}' }], keepOther: false }],
  ['answer', 'core.respond', { status: 201, bodyType: 'json', body: '{{ $json }}' }],
];
const chain = ['hook -> edit', 'edit -> answer'];

describe('a webhook', () => {
  it('runs durably and answers at the respond node', async () => {
    const { url, workflowId } = await published('Greeting', greeting, chain);
    const response = await post(url, { name: 'Jane' });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ greeting: 'Hello Jane' });
    const run = await runOf(response);
    expect(run).toMatchObject({ status: 'succeeded', workflowId });
    expect(run.nodeRuns.map((nodeRun) => [nodeRun.nodeId, nodeRun.status])).toEqual([
      ['hook', 'succeeded'],
      ['edit', 'succeeded'],
      ['answer', 'succeeded'],
    ]);
    const data = await owner.client.runs.getNodeRun({ runId: run.id, nodeId: 'edit', runIndex: 0 });
    expect(data.outputs['main']?.items[0]?.json).toEqual({ greeting: 'Hello Jane' });
  });

  it('gives a repeated delivery the same run and the same answer', async () => {
    const { url, workflowId } = await published('Twice', greeting, chain);
    const first = await post(url, { name: 'Jane' }, { 'idempotency-key': 'delivery-1' });
    await runOf(first);
    const second = await post(url, { name: 'Somebody else' }, { 'idempotency-key': 'delivery-1' });
    expect(second.status).toBe(201);
    expect(await second.json()).toEqual({ greeting: 'Hello Jane' });
    expect(second.headers.get('x-millwright-run')).toBe(first.headers.get('x-millwright-run'));
    expect((await owner.client.runs.list({ workflowId })).items).toHaveLength(1);
  });

  it('gives two deliveries with one id at the same moment one run and one answer', async () => {
    const { url, workflowId } = await published('Race', greeting, chain);
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => post(url, { name }, { 'idempotency-key': 'race' })));
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(bodies).size).toBe(1);
    expect((await owner.client.runs.list({ workflowId })).items).toHaveLength(1);
  });

  it('answers at once with a link to the run', async () => {
    const { url } = await published(
      'At once',
      [
        ['hook', 'core.webhook', { answer: 'now' }],
        ['edit', 'core.editFields', { assignments: [{ name: 'a', value: 1 }] }],
      ],
      ['hook -> edit'],
    );
    const response = await post(url, {});
    expect(response.status).toBe(202);
    const body = (await response.json()) as { runId: string; status: string };
    expect(body.status).toBe(`${product.url}/api/v1/runs/${body.runId}`);
    expect((await runOf(response)).status).toBe('succeeded');
  });

  it('answers when the run ends', async () => {
    const { url } = await published(
      'At the end',
      [
        ['hook', 'core.webhook', { answer: 'end' }],
        ['edit', 'core.editFields', { assignments: [{ name: 'n', value: '{{ $json.body.n + 1 }}' }], keepOther: false }],
      ],
      ['hook -> edit'],
    );
    const response = await post(url, { n: 41 });
    expect(response.status).toBe(200);
    expect(JSON.stringify(await response.json())).toContain('42');
  });

  it('branches, calls out with one key per effect, and says so in the ledger', async () => {
    const echo = `${product.url}/echo/crm`;
    const { url } = await published(
      'Branch',
      [
        ['hook', 'core.webhook', { answer: 'respond' }],
        ['check', 'core.if', { combine: 'and', conditions: [{ left: '{{ $json.body.email }}', operator: 'contains', right: '@' }] }],
        ['call', 'http.request', { method: 'POST', url: echo, bodyType: 'json', body: '{{ $json.body }}' }, { onLostAnswer: 'resend' }],
        ['yes', 'core.respond', { status: 200, bodyType: 'json', body: '{{ $json.body }}' }],
        ['no', 'core.respond', { status: 422, bodyType: 'json', body: { ok: false } }],
      ],
      ['hook -> check', 'check:true -> call', 'call -> yes', 'check:false -> no'],
    );
    const refused = await post(url, { email: 'nobody' });
    expect(refused.status).toBe(422);
    const taken = await post(url, { email: 'jane@acme.com' });
    expect(taken.status).toBe(200);
    const answer = (await taken.json()) as { received: { body: unknown }; idempotencyKey: string };
    expect(answer.received.body).toEqual({ email: 'jane@acme.com' });
    expect(answer.idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
    const run = await runOf(taken);
    const { attempts } = await owner.client.runs.getNodeRun({ runId: run.id, nodeId: 'call', runIndex: 0 });
    expect(attempts).toMatchObject([{ attempt: 1, status: 'done', class: 'write' }]);
  });
});

describe('bad input', () => {
  it('malformed JSON is refused with 400 and a reason', async () => {
    const { url } = await published('Malformed', greeting, chain);
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name": ' });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'body_malformed', hint: expect.any(String) });
  });

  it('a body over the limit is refused with 413', async () => {
    const { url } = await published('Large', greeting, chain);
    const response = await post(url, { name: 'x'.repeat(6 * 1024 * 1024) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'body_too_large' });
  });

  it('an unknown endpoint is 404 with a hint', async () => {
    const response = await post(`${product.url}/hooks/0123456789abcdefghjkmnpqrs`, {});
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'webhook_unknown', hint: expect.stringContaining('publish') });
  });

  it('a method that the step does not take is 405 and says which', async () => {
    const { url } = await published('Method', greeting, chain);
    const response = await fetch(url, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed', hint: expect.stringContaining('POST') });
  });

  it('publishing an invalid graph is refused with every problem', async () => {
    const { id } = await owner.client.workflows.create({ body: { name: 'Invalid' } });
    const { revision } = await owner.client.drafts.get({ workflowId: id });
    const document = sketchDocument(
      'Invalid',
      [
        ['hook', 'core.webhook', { answer: 'respond' }],
        ['call', 'http.request', { method: 'POST', url: '' }],
        ['ghost', 'vendor.unknown'],
        ['edit', 'core.editFields', { assignments: [{ name: 'a', value: '{{ $json.a + }}' }] }],
      ],
      ['hook -> call', 'call -> ghost', 'hook -> edit'],
    );
    await owner.client.drafts.put({ workflowId: id, revision, body: document });
    const refusal = await owner.client.workflows.publish({ workflowId: id, body: {} }).then(
      () => null,
      (thrown: unknown) => thrown as ApiError,
    );
    expect(refusal?.status).toBe(422);
    const problems = refusal?.problems ?? [];
    const places = problems.map((problem) => problem.nodeId);
    expect(places).toEqual(expect.arrayContaining(['call', 'ghost', 'edit']));
    for (const problem of problems) expect(problem).toMatchObject({ code: expect.any(String), text: expect.any(String) });
    expect(problems.find((problem) => problem.nodeId === 'edit')?.field).toContain('assignments');
    expect(problems.find((problem) => problem.nodeId === 'call')?.field).toContain('url');
  });

  it('a failing expression names node, field, item and missing key with a suggestion', async () => {
    const { url } = await published(
      'Expression',
      [
        ['hook', 'core.webhook', { answer: 'respond' }],
        ['edit', 'core.editFields', { assignments: [{ name: 'a', value: '{{ $json.body.emial }}' }] }],
        ['answer', 'core.respond', { status: 200 }],
      ],
      chain,
    );
    const response = await post(url, { email: 'jane@acme.com' });
    expect(response.status).toBe(500);
    const run = await runOf(response);
    expect(run.status).toBe('failed');
    expect(run.error).toMatchObject({ code: 'expression_missing_key', nodeId: 'edit', itemIndex: 0 });
    expect(run.error?.field).toContain('assignments');
    expect(`${run.error?.message} ${run.error?.hint}`).toMatch(/emial/);
    expect(`${run.error?.message} ${run.error?.hint}`).toMatch(/`email`/);
  });

  it('a URL to a private address is refused by name', async () => {
    const { url } = await published(
      'Private',
      [
        ['hook', 'core.webhook', { answer: 'respond' }],
        ['call', 'http.request', { method: 'GET', url: 'http://169.254.169.254/latest/meta-data' }],
        ['answer', 'core.respond', { status: 200 }],
      ],
      ['hook -> call', 'call -> answer'],
    );
    const run = await runOf(await post(url, {}));
    expect(run.status).toBe('failed');
    expect(run.error).toMatchObject({ code: 'egress_private_address', nodeId: 'call' });
    expect(run.error?.message).toContain('169.254.169.254');
  });
});
