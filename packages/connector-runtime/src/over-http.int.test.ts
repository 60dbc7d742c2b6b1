import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ContractMock, serveMock } from '@millwright/contract-mock';
import { createEgress, type Egress } from '@millwright/egress';
import { action, bearer, defineConnector, z } from '@millwright/node-sdk';
import { runAction } from '@millwright/node-sdk/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnectorRuntime } from './create-runtime.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const DESCRIPTION = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Things', version: '1' },
  servers: [{ url: 'https://things.example.com' }],
  paths: {
    '/things': {
      get: {
        parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' }, example: { id: 7 } } } } },
      },
    },
  },
});

/** One read of a service at an address, through the real egress. */
function reader(origin: string, token = 'canary') {
  const { nodes } = defineConnector({
    key: 'things',
    title: 'Things',
    version: '1.0.0',
    categories: ['x'],
    baseUrl: origin,
    auth: { token: bearer() },
    test: null,
    errors: { message: 'body.message' },
    retry: { tries: 1 },
    actions: {
      find: action({
        title: 'Find',
        description: 'Finds.',
        effect: 'read',
        input: z.strictObject({ q: z.string().meta({ title: 'Query' }) }),
        request: { get: '/things', query: { q: '{{q}}' } },
        output: { schema: z.object({ id: z.int() }).catchall(z.json()), sample: { id: 7 } },
        example: { q: 'x' },
      }),
    },
  });
  const egress: Egress = createEgress({ allow: [new URL(origin).host], limits: { maxResponseBytes: 64 * 1024 } });
  closing.push(() => egress.close());
  const lent = {
    credentialId: 'cred_1',
    type: 'things.token',
    auth: bearer(),
    fields: { token },
    hosts: ['127.0.0.1'],
    generation: 0,
  };
  const runtime = createConnectorRuntime({ egress, lender: { lend: (_ref, work) => work(lent), renew: () => Promise.resolve() } });
  const read = async () => {
    const [node] = nodes;
    if (node === undefined || node.kind === 'trigger') throw new Error('no action');
    const credential = { workspaceId: 'ws_1', credentialId: 'cred_1' };
    const connector = runtime.forCall({ credential, attempt: 1, beforeSend: () => Promise.resolve() });
    return (await runAction(node, { parameters: { q: 'x' }, connector })).ports['main']?.map(({ json }) => json);
  };
  return Object.assign(read, { runtime });
}

async function served(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a declared action over real sockets', () => {
  it('is accepted by a description that is served', async () => {
    const mock = new ContractMock(DESCRIPTION);
    const { origin, close } = await serveMock(mock, { origin: 'https://things.example.com' });
    closing.push(close);
    expect(await reader(origin)()).toEqual([{ id: 7 }]);
    expect(mock.refused).toEqual([]);
  });

  it('an endless body is cut, and said so', async () => {
    const origin = await served((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => outgoing.write('x'.repeat(16 * 1024)), 1);
      outgoing.on('close', () => clearInterval(timer));
    });
    await expect(reader(origin)()).rejects.toMatchObject({ code: 'egress_too_large' });
  });

  it('a body that is shorter than it says is a lost answer', async () => {
    const origin = await served((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      outgoing.write('{"id":');
      setTimeout(() => outgoing.destroy(), 20);
    });
    await expect(reader(origin)()).rejects.toMatchObject({ kind: 'transient', code: 'egress_answer_lost' });
  });

  it('a redirect to a private address is refused', async () => {
    const origin = await served((_incoming, outgoing) => void outgoing.writeHead(302, { location: 'http://169.254.169.254/latest' }).end());
    await expect(reader(origin)()).rejects.toMatchObject({ code: 'egress_private_address' });
  });

  it('a page in place of JSON is a failure that quotes nothing of it', async () => {
    const origin = await served(
      (_incoming, outgoing) => void outgoing.writeHead(503, { 'content-type': 'text/html' }).end('<h1>canary</h1>'),
    );
    const failure: unknown = await reader(origin)().catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ kind: 'transient', code: 'http_status_503' });
    expect(JSON.stringify(failure)).not.toContain('canary');
  });

  it('A121: a secret that comes back in the answer, in two chunks and in an error, is masked', async () => {
    const origin = await served(({ headers }, outgoing) => {
      const [before, after] = [`{"id":7,"echo":"${headers.authorization?.slice(0, -4)}`, `${headers.authorization?.slice(-4)}"}`];
      outgoing.writeHead(200, { 'content-type': 'application/json' });
      outgoing.write(before);
      setTimeout(() => outgoing.end(after), 20);
    });
    expect(await reader(origin, 'canary-long-enough')()).toEqual([{ id: 7, echo: 'Bearer [secret]' }]);
    const refusing = await served(({ headers }, outgoing) => {
      outgoing.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ message: `no ${headers.authorization}` }));
    });
    const failure: unknown = await reader(refusing, 'canary-long-enough')().catch((thrown: unknown) => thrown);
    expect(String(failure)).toContain('[secret]');
    expect(JSON.stringify([failure, String(failure)])).not.toContain('canary');
  });

  it('A121: nor does a step that writes its own request see it: in headers, text and files', async () => {
    const origin = await served(({ headers, url }, outgoing) => {
      const { authorization = '' } = headers;
      const isFile = url === '/file';
      outgoing.writeHead(200, { 'content-type': isFile ? 'application/octet-stream' : 'text/plain', 'x-echo': authorization });
      outgoing.end(
        isFile ? Buffer.concat([Buffer.from([0xff]), Buffer.from(authorization)]) : Buffer.from(authorization).toString('base64url'),
      );
    });
    const { runtime } = reader(origin, 'canary-long-enough');
    for (const path of ['/text', '/file']) {
      const { headers, body } = await runtime.sendSigned(
        { method: 'GET', url: `${origin}${path}`, headers: {}, body: null },
        {
          credential: { workspaceId: 'ws_1', credentialId: 'cred_1' },
          beforeSend: () => Promise.resolve(),
          signal: AbortSignal.timeout(5_000),
        },
      );
      expect(headers['x-echo']).toBe('Bearer [secret]');
      const text = JSON.stringify(body);
      expect(`${text}${Buffer.from(text, 'base64').toString('latin1')}`).not.toContain('canary');
    }
  });
});
