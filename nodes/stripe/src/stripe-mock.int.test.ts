import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { isJsonObject } from '@millwright/node-sdk';
import { eventually } from '@millwright/testing';
import { openConnectorBench, readContract } from '@millwright/testing/connectors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import stripe from './index.ts';

// `npm run connectors` makes it, where Go is there.
const BINARY = path.join(homedir(), 'go', 'bin', 'stripe-mock');
const description = readContract('stripe/v1.json');
const isAbsent = !existsSync(BINARY) || description === null;
const note = isAbsent ? 'not proved, stripe-mock is not installed: ' : '';
const actions = Object.entries(stripe.connector.actions);

let port = 0;
let server: ChildProcess;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function forward({
  url,
  method,
  headers,
  body,
}: {
  url: string;
  method: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array | null;
}) {
  const { pathname, search } = new URL(url);
  // stripe-mock wants a key that looks like one.
  const signed = { ...headers, authorization: 'Bearer sk_test_123' };
  const sent = typeof body === 'string' ? { body } : {};
  const answer = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, { method, headers: signed, ...sent });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: new Uint8Array(await answer.arrayBuffer()), url };
}

describe.skipIf(isAbsent)('stripe-mock, the stand-in by Stripe', () => {
  beforeAll(async () => {
    port = await freePort();
    server = spawn(BINARY, ['-http-addr', `127.0.0.1:${port}`]);
    await eventually(() => fetch(`http://127.0.0.1:${port}/`));
  });
  afterAll(() => server.kill());

  it.each(actions)(`${note}%s: its request is accepted and its answer is what the output says`, async (key, { example }) => {
    const bench = openConnectorBench(stripe, description ?? '', { contract: '', forward });
    const items = await bench.run(key, isJsonObject(example) ? example : {});
    expect(bench.requests().map(({ refusal }) => refusal)).toEqual([null]);
    expect(items.length).toBeGreaterThan(0);
  });

  it(`${note}what Stripe refuses is told in its words`, async () => {
    const bench = openConnectorBench(stripe, description ?? '', {
      contract: '',
      forward: (request) => forward({ ...request, body: 'amount=many' }),
    });
    const { example } = stripe.connector.actions['payment.create'] ?? {};
    await expect(bench.run('payment.create', isJsonObject(example) ? example : {})).rejects.toMatchObject({
      kind: 'permanent',
      code: 'http_status_400',
    });
  });
});
