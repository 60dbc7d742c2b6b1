import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { createOwner, eventually, publishSketch, startProduct, type NodeSketch, type Product, type SignedIn } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Answers with JSON thousands deep: it can be parsed, but not written out again. */
const DEEP = '['.repeat(20_000) + ']'.repeat(20_000);

let product: Product;
let owner: SignedIn;
let vendor: Server;
let vendorUrl = '';

beforeAll(async () => {
  vendor = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(DEEP));
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  const address = vendor.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  vendorUrl = `http://${host}/`;
  product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: host } });
  owner = await createOwner(product);
});
afterAll(async () => {
  vendor?.close();
  await product?.remove();
});

function listen(nodes: readonly NodeSketch[], edges: readonly string[], webhook: Readonly<Record<string, unknown>> = {}) {
  return publishSketch(owner, 'Odd', {
    nodes: [['hook', 'core.webhook', { answer: 'respond', methods: ['GET', 'POST'], ...webhook }], ...nodes],
    edges,
  });
}

const back: NodeSketch = ['back', 'core.respond', { bodyType: 'json', body: '{{ $json }}' }];

function post(url: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

async function ended(response: Response) {
  const runId = response.headers.get('x-millwright-run') ?? '';
  return eventually(async () => {
    const run = await owner.client.runs.get({ runId });
    return run.status === 'succeeded' || run.status === 'failed' ? run : null;
  });
}

describe('a request to a webhook', () => {
  it('keeps every name of its query and body', async () => {
    const { url } = await listen([back], ['hook -> back']);
    expect(await (await fetch(`${url}?__proto__=a&__proto__=b`)).text()).toContain('"query":{"__proto__":["a","b"]}');
    expect(await (await post(url, '{"__proto__":{"x":1}}')).text()).toContain('"body":{"__proto__":{"x":1}}');
  });

  it.each([
    ['deeper than can be written out', DEEP, {}, 400, 'json_too_deep'],
    ['compressed', gzipSync('{}'), { 'content-encoding': 'gzip' }, 415, 'body_unsupported'],
    ['no text though it says JSON', Buffer.of(0x22, 0xff, 0x22), {}, 400, 'body_malformed'],
  ])('that is %s is refused with a reason, never accepted', async (_name, body, headers, status, code) => {
    const { url, workflowId } = await listen([back], ['hook -> back']);
    const response = await post(url, body, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, hint: expect.any(String) });
    expect((await owner.client.runs.list({ workflowId })).items).toEqual([]);
  });

  it('to an address that cannot be one is 404', async () => {
    for (const id of ['%00', '..%2f', 'hook_%F0%9F%98%80']) expect((await fetch(`${product.url}/hooks/${id}`)).status).toBe(404);
  });

  it('finds its run at once at the address that it was given', async () => {
    const { url } = await listen([], [], { answer: 'now' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(url, '{}')));
    const looks = await Promise.all(
      answers.map(
        async (answer) => (await fetch(((await answer.json()) as { status: string }).status, { headers: { cookie: owner.cookie } })).status,
      ),
    );
    expect(new Set(looks)).toEqual(new Set([200]));
  });
});

describe('an answer of a workflow', () => {
  it('at the end has the status that the webhook step names', async () => {
    const { url } = await listen([['edit', 'core.editFields']], ['hook -> edit'], { answer: 'end', responseStatus: 201 });
    expect((await post(url, '{}')).status).toBe(201);
  });

  it('is no page of the product: a browser runs nothing in it', async () => {
    const html: NodeSketch = [
      'page',
      'core.respond',
      { bodyType: 'text', body: '<script src="/hooks/x"></script>', headers: [{ name: 'content-type', value: 'text/html' }] },
    ];
    const { url } = await listen([html], ['hook -> page']);
    const policy = (await post(url, '{}')).headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^sandbox;/);
    expect(policy).not.toContain('allow-');
  });

  it('cannot take over how it travels: the run fails and says which header', async () => {
    const own: NodeSketch = [
      'own',
      'core.respond',
      { bodyType: 'text', body: 'hello', headers: [{ name: '{{ $json.body.name }}', value: '1000' }] },
    ];
    const { url } = await listen([own], ['hook -> own']);
    for (const name of ['content-length', 'set-cookie', 'content-security-policy']) {
      const response = await post(url, JSON.stringify({ name }));
      expect(response.status).toBe(500);
      expect((await ended(response)).error).toMatchObject({ code: 'parameter_invalid', nodeId: 'own', field: 'headers' });
    }
  });
});

describe('a service that answers oddly', () => {
  it('with JSON thousands deep hands on a text, and the run goes on', async () => {
    const { url } = await listen(
      [
        ['call', 'http.request', { url: vendorUrl }],
        ['length', 'core.respond', { bodyType: 'text', body: '{{ $json.body.length }}' }],
      ],
      ['hook -> call', 'call -> length'],
    );
    expect(await (await post(url, '{}')).text()).toBe(String(DEEP.length));
  });

  it('with a large text that several steps pass on gives one stored copy, and the run goes on', async () => {
    const { url } = await listen(
      [['call', 'http.request', { url: vendorUrl }], ['pass', 'core.wait', { amount: 0 }], back],
      ['hook -> call', 'call -> pass', 'pass -> back'],
    );
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(url, '{}')));
    for (const answer of answers) expect([answer.status, (await ended(answer)).status]).toEqual([200, 'succeeded']);
  });
});
