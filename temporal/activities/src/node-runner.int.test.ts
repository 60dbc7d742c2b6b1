import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@millwright/core';
import { createEgress, type Egress } from '@millwright/egress';
import type { NodeCall, NodeRunner } from '@millwright/executor';
import { discoverNodePackages, loadRunners } from '@millwright/node-registry';
import type { PlanNode, RunHeader } from '@millwright/workflow';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNodeRunner } from './node-runner.ts';

const seen: { readonly method: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
let server: Server;
let port: number;
let egress: Egress;
let runner: NodeRunner;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', headers: request.headers, body });
      response
        .writeHead(request.url === '/busy' ? 429 : 200, { 'content-type': 'application/json', 'retry-after': '3' })
        .end(JSON.stringify({ got: body }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  egress = createEgress({ allow: [`127.0.0.1:${port}`] });
  const { packages } = await discoverNodePackages(fileURLToPath(new URL('../../..', import.meta.url)));
  runner = createNodeRunner({ runners: await loadRunners(packages), egress });
});

afterAll(async () => {
  await egress.close();
  await new Promise((resolve) => server.close(resolve));
});

function call(type: string, parameters: JsonObject, patch: Partial<NodeCall> = {}): NodeCall {
  const item = { json: { name: 'Ada' } };
  return {
    header: { runId: 'run_1', workspaceId: 'ws_1' } as RunHeader,
    node: { id: 'n', type, version: 1 } as PlanNode,
    parameters,
    item,
    items: [item],
    itemIndex: 0,
    runIndex: 0,
    attempt: 1,
    idempotencyKey: 'key-36',
    nowMs: 0,
    signal: new AbortController().signal,
    beforeSend: async () => undefined,
    credentials: {},
    ...patch,
  };
}

it('an installed node is run with the network through the egress: the write is stored, then leaves with its key', async () => {
  let isStarted = false;
  const beforeSend = async (): Promise<void> => {
    expect(seen).toEqual([]);
    isStarted = true;
  };
  const outcome = await runner.run(
    call('http.request', { method: 'POST', url: `http://127.0.0.1:${port}/`, bodyType: 'json', body: { a: 1 } }, { beforeSend }),
  );
  expect(outcome.items).toMatchObject({ main: [{ json: { status: 200, body: { got: '{"a":1}' } } }] });
  expect(isStarted).toBe(true);
  expect(seen).toMatchObject([
    { method: 'POST', body: '{"a":1}', headers: { 'idempotency-key': 'key-36', 'content-type': 'application/json' } },
  ]);
});

it('a service that asks to slow down is said so to the engine', async () => {
  await expect(
    runner.run(call('http.request', { method: 'GET', url: `http://127.0.0.1:${port}/busy` }, { idempotencyKey: null })),
  ).rejects.toMatchObject({ kind: 'rate', retry: { afterMs: 3000 }, details: { status: 429 } });
});

it('a private address is refused by name', async () => {
  await expect(
    runner.run(call('http.request', { method: 'GET', url: 'http://169.254.169.254/latest' }, { idempotencyKey: null })),
  ).rejects.toMatchObject({ code: 'egress_private_address', details: { host: '169.254.169.254', sent: false } });
});

it('transforms run too; a type that is not installed is named', async () => {
  expect((await runner.run(call('core.editFields', { assignments: [{ name: 'x', value: 1 }] }))).items).toEqual({
    main: [{ json: { name: 'Ada', x: 1 }, from: [0] }],
  });
  await expect(runner.run(call('no.such', {}))).rejects.toMatchObject({ code: 'node_type_missing' });
});
