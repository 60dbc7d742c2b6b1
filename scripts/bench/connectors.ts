import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { createConnectorRuntime, type CredentialLender } from '../../packages/connector-runtime/src/index.ts';
import { createEgress } from '../../packages/egress/src/index.ts';
import { action, concurrency, defineConnector, idempotent, oauth2, per, window, z } from '../../packages/node-sdk/src/index.ts';
import type { Row } from './engine/figures.ts';

const ROUNDS = 9;
const CALLS = 400;
const KEY = 'k'.repeat(36);
const TOKEN = { accessToken: 'token', tokenType: 'Bearer', expiresAtMs: null, extra: {} };
const ANSWER = JSON.stringify({
  id: 'ch_1',
  amount: 1200,
  currency: 'eur',
  metadata: { order: '42' },
  lines: Array.from({ length: 20 }, (_, n) => ({ id: n, text: 'A line of an invoice' })),
});

/** CPU of this process so far in ms: what holds on a busy machine. The service runs in it too, and counts the same for both. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function listen(): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => outgoing.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const text = z.string().meta({ title: 'Text' });

/** A write with everything on it: checked parameters, key, nested form. */
const charge = action({
  title: 'Charge',
  description: 'Charges.',
  effect: idempotent.header('Idempotency-Key'),
  input: z.strictObject({ customer: text, currency: text, amount: z.int().meta({ title: 'Amount' }) }),
  request: {
    post: '/v1/customers/{{customer}}/charges',
    as: { kind: 'form' },
    body: { amount: '{{amount}}', currency: '{{currency}}', metadata: { of: 'Order {{customer}}' } },
  },
  output: { schema: z.object({ id: z.string() }), sample: { id: 'ch_1' } },
  example: { customer: 'cus_1', currency: 'eur', amount: 1200 },
});

/** Its connector, with a token and two limits. */
function connectorAt(origin: string) {
  return defineConnector({
    key: 'bench',
    title: 'Bench',
    version: '1.0.0',
    categories: ['bench'],
    baseUrl: origin,
    test: null,
    auth: { oauth: oauth2({ authorizeUrl: 'https://a.example.com', tokenUrl: 'https://a.example.com/token' }) },
    limits: { default: [window(1e6, '1s', per('credential')), concurrency(100, per('credential'))] },
    errors: { message: 'body.error.message' },
    actions: { charge },
  });
}

/** The action, callable, with everything between it and the service. */
function callerOf(origin: string) {
  const { nodes, credentialTypes } = connectorAt(origin);
  const [node] = nodes;
  if (node === undefined || node.kind === 'trigger') throw new Error('the bench has no action');
  const [type] = credentialTypes;
  if (type === undefined) throw new Error('the bench has no credential');
  const lent = { credentialId: 'cred_1', type: type.type, auth: type.auth, fields: {}, hosts: type.hosts, generation: 0, token: TOKEN };
  const lender: CredentialLender = { lend: (_ref, work) => work(lent), renew: () => Promise.resolve() };
  const egress = createEgress({ allow: [new URL(origin).host] });
  const runtime = createConnectorRuntime({ egress, lender });
  const { signal } = new AbortController();
  const http = { request: () => Promise.reject(new Error('only the runtime sends')) };
  const call = () => {
    const connector = runtime.forCall({
      credential: { workspaceId: 'ws_1', credentialId: 'cred_1' },
      attempt: 1,
      beforeSend: () => Promise.resolve(),
    });
    const parameters = { customer: 'cus_1', currency: 'eur', amount: 1200 };
    return node.invoke({
      parameters,
      item: { json: {} },
      items: [{ json: {} }],
      itemIndex: 0,
      http,
      connector,
      signal,
      nowMs: 0,
      idempotencyKey: KEY,
    });
  };
  return { call, close: () => egress.close() };
}

/** CPU ms of one call in each round. */
async function round(call: () => Promise<unknown>): Promise<number> {
  const before = cpuMs();
  for (let count = 0; count < CALLS; count += 1) await call();
  return (cpuMs() - before) / CALLS;
}

/** What a declared action costs beside the request that it sends. */
export async function measureConnectors(): Promise<readonly Row[]> {
  const server = await listen();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { call, close } = callerOf(origin);
  const headers = { authorization: 'Bearer token', 'idempotency-key': KEY, 'content-type': 'application/x-www-form-urlencoded' };
  const bare = async (): Promise<unknown> => {
    const { body } = await request(`${origin}/v1/customers/cus_1/charges`, {
      method: 'POST',
      headers,
      body: 'amount=1200&currency=eur&metadata%5Bof%5D=Order+cus_1',
    });
    return body.json();
  };
  try {
    await round(bare);
    await round(call);
    const over: number[] = [];
    for (let count = 0; count < ROUNDS; count += 1) {
      const cost = await round(bare);
      over.push((await round(call)) - cost);
    }
    return [
      {
        metric: 'a declared write over a bare undici request, CPU ms',
        value: over.toSorted((a, b) => a - b)[over.length >> 1] ?? Number.NaN,
        cap: 0.5,
      },
    ];
  } finally {
    await close();
    server.closeAllConnections();
    server.close();
  }
}
