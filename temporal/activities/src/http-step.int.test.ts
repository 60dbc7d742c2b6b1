import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createConnectorRuntime, type CredentialLender } from '@millwright/connector-runtime';
import { ContractMock, pagesOf, serveMock } from '@millwright/contract-mock';
import type { Clock, JsonObject, JsonValue } from '@millwright/core';
import { createEgress } from '@millwright/egress';
import type { NodeCall } from '@millwright/executor';
import { discoverNodePackages, loadRunners, type NodeRunners } from '@millwright/node-registry';
import type { PageSpec } from '@millwright/node-sdk';
import http from '@millwright/node-core-http';
import type { PlanNode, RunHeader } from '@millwright/workflow';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createNodeRunner } from './node-runner.ts';

const closing: (() => Promise<void>)[] = [];
let runners: NodeRunners;

beforeAll(async () => {
  const { packages } = await discoverNodePackages(fileURLToPath(new URL('../../..', import.meta.url)));
  runners = await loadRunners(packages);
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What the step is run with beside its parameters. */
interface With {
  /** Of the connection that was chosen; absent: none was. */
  readonly connection?: { readonly type: string; readonly fields: Readonly<Record<string, string>>; readonly hosts?: readonly string[] };
  readonly idempotencyKey?: string | null;
}

/** The step as it is installed, through the real runner, runtime and egress, allowed to call one address. */
function stepAt(origin: string) {
  const egress = createEgress({ allow: [new URL(origin).host] });
  closing.push(() => egress.close());
  const stored: string[] = [];
  let lentTo: With['connection'];
  const lender: CredentialLender = {
    lend: (_ref, work) => {
      const type = http.credentialTypes?.find((one) => one.type === lentTo?.type);
      if (type === undefined || lentTo === undefined) throw new Error('no such connection');
      const { fields, hosts = ['127.0.0.1'] } = lentTo;
      return work({ credentialId: 'cred_1', type: type.type, auth: type.auth, fields, hosts, generation: 0 });
    },
    renew: () => Promise.resolve(),
  };
  const waits: number[] = [];
  const sleep = async (ms: number): Promise<void> => void waits.push(ms);
  const clock: Clock = { nowMs: () => 0, monotonicMs: () => 0 };
  const runner = createNodeRunner({ runners, egress, connectors: createConnectorRuntime({ egress, lender, clock, sleep }) });
  const run = async (parameters: JsonObject, { connection, idempotencyKey = null }: With = {}): Promise<readonly JsonValue[]> => {
    lentTo = connection;
    const call: NodeCall = {
      header: { runId: 'run_1', workspaceId: 'ws_1', versionId: 'wfv_1' } as RunHeader,
      node: { id: 'n', type: 'http.request', version: 2 } as PlanNode,
      parameters,
      items: [{ json: {} }],
      itemIndex: 0,
      runIndex: 0,
      attempt: 1,
      idempotencyKey,
      nowMs: 0,
      signal: new AbortController().signal,
      beforeSend: async (hash) => void stored.push(hash),
      credentials: connection === undefined ? {} : { auth: 'cred_1' },
    };
    const { items } = await runner.run(call);
    return ('main' in items ? (items.main ?? []) : []).map(({ json }) => json);
  };
  return { run, stored, waits };
}

const LIST = { type: 'object', properties: { data: { type: 'array', items: { type: 'integer' } } } };
const DESCRIPTION = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  servers: [{ url: '/' }],
  paths: {
    '/things': {
      get: {
        operationId: 'list',
        parameters: ['page', 'skip', 'limit', 'after', 'page_mark'].map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
        responses: { 200: { description: 'ok', content: { 'application/json': { schema: LIST } } } },
      },
    },
    '/photos': {
      post: {
        operationId: 'upload',
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['photo', 'title'],
                properties: { photo: { type: 'string', format: 'binary' }, title: { type: 'string' } },
              },
            },
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['title'],
                properties: { title: { type: 'string' }, tag: { type: 'array', items: { type: 'string' } } },
              },
            },
          },
        },
        responses: { 201: { description: 'made', content: { 'application/json': { schema: { type: 'object' }, example: { id: 1 } } } } },
      },
    },
  },
};

async function described() {
  const mock = new ContractMock(JSON.stringify(DESCRIPTION), { strict: true });
  const { origin, close } = await serveMock(mock);
  closing.push(close);
  return { mock, origin, ...stepAt(origin) };
}

/** A service of our own, for what descriptions do not say. */
async function served(answer: (incoming: IncomingMessage, outgoing: ServerResponse, body: string) => void) {
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk) => (body += String(chunk)));
    incoming.on('end', () => answer(incoming, outgoing, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, ...stepAt(origin) };
}

describe('lists', () => {
  const sized = { sizeParameter: 'limit', pageSize: 2 };
  it.each<[string, PageSpec, JsonObject]>([
    ['page numbers', { kind: 'page', items: 'body.data', send: 'query.page', size: ['query.limit', 2] }, { paging: 'page', ...sized }],
    [
      'items to skip',
      { kind: 'offset', items: 'body.data', send: 'query.skip', size: ['query.limit', 2] },
      { paging: 'offset', pageParameter: 'skip', ...sized },
    ],
    [
      'a cursor',
      { kind: 'cursor', items: 'body.data', send: 'query.after', from: 'body.next' },
      { paging: 'cursor', pageParameter: 'after', nextPath: 'next' },
    ],
    ['a Link header', { kind: 'link', items: 'body.data' }, { paging: 'link' }],
    ['the next address', { kind: 'nextUrl', items: 'body.data', from: 'body.next' }, { paging: 'nextUrl', nextPath: 'next' }],
  ])('by %s are read to their end, and no further than wanted', async (_name, pages, parameters) => {
    for (const [maxItems, expected] of [
      [1000, [1, 2, 3, 4, 5]],
      [3, [1, 2, 3]],
    ] as const) {
      const { mock, origin, run } = await described();
      const scenario = pagesOf({ operation: 'list', pages, items: [[1, 2], [3, 4], [5]] });
      mock.play(scenario);
      expect(await run({ url: `${origin}/things`, output: 'items', listPath: 'data', maxItems, ...parameters })).toEqual(expected);
      expect(scenario.served()).toEqual(maxItems === 3 ? [0, 1] : [0, 1, 2]);
      expect(mock.refused).toEqual([]);
    }
  });

  it('a list that names a page twice is a fault; one that leads elsewhere is not followed; the number of pages is bounded', async () => {
    const { origin, run } = await served((incoming, outgoing) => {
      const next = incoming.url?.startsWith('/loop') ? '/loop' : incoming.url?.startsWith('/out') ? 'http://192.0.2.1/x' : null;
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: [1], next }));
    });
    const list = { paging: 'nextUrl', nextPath: 'next', listPath: 'data', output: 'items' };
    await expect(run({ url: `${origin}/loop`, ...list })).rejects.toMatchObject({ code: 'page_repeats' });
    await expect(run({ url: `${origin}/out`, ...list })).rejects.toMatchObject({ code: 'page_elsewhere' });
    expect(await run({ url: `${origin}/n`, ...list, paging: 'page', maxPages: 3 })).toEqual([1, 1, 1]);
  });

  it('each page of a write has a key of its own, and the write is stored once', async () => {
    const keys: unknown[] = [];
    const { origin, run, stored } = await served((incoming, outgoing, body) => {
      keys.push(incoming.headers['idempotency-key']);
      const { page } = JSON.parse(body) as { page: number };
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page < 3 ? [page] : []));
    });
    const parameters = {
      url: `${origin}/search`,
      method: 'POST',
      bodyType: 'json',
      body: '{"q":"x"}',
      paging: 'page',
      pageIn: 'body',
      output: 'items',
    };
    expect(await run(parameters, { idempotencyKey: 'key-36' })).toEqual([1, 2]);
    expect(keys[0]).toBe('key-36');
    expect(new Set(keys).size).toBe(3);
    expect(stored).toHaveLength(1);
  });

  it('a failed page fails the step, or is the last that is handed on', async () => {
    const { origin, run } = await served((incoming, outgoing) => {
      const isFirst = incoming.url?.endsWith('page=1') === true;
      outgoing.writeHead(isFirst ? 200 : 404, { 'content-type': 'application/json' }).end(isFirst ? '[1]' : '{"error":"no"}');
    });
    const parameters = { url: `${origin}/n`, paging: 'page', output: 'items' };
    await expect(run(parameters)).rejects.toMatchObject({ code: 'http_status_404' });
    expect(await run({ ...parameters, failOnStatus: false })).toMatchObject([1, { status: 404, body: { error: 'no' } }]);
  });
});

describe('bodies and answers', () => {
  it('a form with a file, and one without, are what the description asks for', async () => {
    const { mock, origin, run } = await described();
    const photo = { fileName: 'a.png', contentType: 'image/png', base64: 'aGk=' };
    const upload = { url: `${origin}/photos`, method: 'POST', output: 'body' };
    const key = { idempotencyKey: 'key-36' };
    expect(await run({ ...upload, bodyType: 'multipart', body: { title: 'Hi', photo } }, key)).toEqual([{ id: 1 }]);
    expect(await run({ ...upload, bodyType: 'form', body: { title: 'Hi', tag: ['a', 'b'] } }, key)).toEqual([{ id: 1 }]);
    expect(mock.refused).toEqual([]);
  });

  it('a file goes as its bytes, and an answer comes as text or base64 where that is wanted', async () => {
    const { origin, run } = await served((incoming, outgoing, body) => {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ type: incoming.headers['content-type'], body }));
    });
    const file = { url: origin, method: 'POST', bodyType: 'file', body: 'aGk=', contentType: 'image/png', output: 'body' };
    const text = '{"type":"image/png","body":"hi"}';
    const key = { idempotencyKey: 'key-36' };
    expect(await run(file, key)).toEqual([{ type: 'image/png', body: 'hi' }]);
    expect(await run({ ...file, answerAs: 'text' }, key)).toEqual([text]);
    expect(await run({ ...file, answerAs: 'base64' }, key)).toEqual([Buffer.from(text).toString('base64')]);
  });

  it('a redirect is followed, or handed on', async () => {
    const { origin, run } = await served((incoming, outgoing) => {
      if (incoming.url === '/old') outgoing.writeHead(302, { location: '/new' }).end();
      else outgoing.writeHead(200, { 'content-type': 'text/plain' }).end('new');
    });
    expect(await run({ url: `${origin}/old` })).toMatchObject([{ status: 200, body: 'new' }]);
    expect(await run({ url: `${origin}/old`, followRedirects: false })).toMatchObject([{ status: 302, headers: { location: '/new' } }]);
  });
});

describe('connections', () => {
  async function signedBy(type: string, fields: Readonly<Record<string, string>>) {
    const seen: { readonly url: string | undefined; readonly headers: IncomingMessage['headers'] }[] = [];
    const { origin, run } = await served((incoming, outgoing) => {
      seen.push({ url: incoming.url, headers: incoming.headers });
      outgoing.writeHead(200).end();
    });
    await run({ url: `${origin}/x` }, { connection: { type: `http.${type}`, fields } });
    return seen[0];
  }

  it('every kind signs as the person filled it in', async () => {
    expect((await signedBy('basic', { username: 'a', password: 'b' }))?.headers['authorization']).toBe('Basic YTpi');
    expect((await signedBy('bearer', { token: 'canary' }))?.headers['authorization']).toBe('Bearer canary');
    expect((await signedBy('header', { name: 'X-Key', key: 'canary', prefix: 'Token ' }))?.headers['x-key']).toBe('Token canary');
    expect((await signedBy('header', { name: 'X-Key', key: 'canary' }))?.headers['x-key']).toBe('canary');
    expect((await signedBy('query', { name: 'k', key: 'canary' }))?.url).toBe('/x?k=canary');
    const keys = { accessKeyId: 'AKIA', secretAccessKey: 's', region: 'eu-central-1', service: 'execute-api' };
    expect((await signedBy('sigV4', keys))?.headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIA\/\d{8}\/eu-central-1\/execute-api\//,
    );
    const hmac = { secret: 's', over: '{{method}}{{path}}', header: 'X-Signature', prefix: 'sha256=' };
    const headers = (await signedBy('hmac', hmac))?.headers;
    // HMAC-SHA-256 of "GET/x" under "s".
    expect(headers?.['x-signature']).toBe('sha256=f99e2e7aa47b7b35b1941232e709c66ddd68d97af65779f6973c6b8aa75f9b9a');
  });

  it('the secret goes to no host that the connection does not name', async () => {
    const { origin, run } = await served((_incoming, outgoing) => void outgoing.writeHead(200).end());
    const connection = { type: 'http.bearer', fields: { token: 'canary' }, hosts: ['api.example.com'] };
    const failure: unknown = await run({ url: origin }, { connection }).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'host_not_listed', details: { sent: false } });
    expect(JSON.stringify(failure)).not.toContain('canary');
  });
});

it('batches of one step are counted together: what comes after the first batch waits', async () => {
  const { origin, run, waits } = await served((_incoming, outgoing) => void outgoing.writeHead(200).end());
  const batched = { url: origin, batching: true, batchSize: 2, batchMs: 400 };
  await Promise.all([run(batched), run(batched), run(batched)]);
  // Half of the time gives one of two back.
  expect(waits).toEqual([200]);
});
