import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { MillwrightError } from '@millwright/core';
import { makeCertificate } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SocketTarget } from './connect-socket.ts';
import { createEgress, type EgressOptions } from '../create-egress.ts';
import type { ResolvedAddress } from '../dispatchers.ts';

let server: Server;
let port = 0;
let isFlooding = false;
const accepted = new Set<Socket>();

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'db.test': ['127.0.0.1'],
  'private.test': ['10.1.2.3'],
  'mixed.test': ['93.184.216.34', '127.0.0.1'],
  'six.test': ['::ffff:127.0.0.1'],
};

function resolveTest(hostname: string): Promise<readonly ResolvedAddress[]> {
  const addresses = NAMES[hostname.replace(/\.$/, '')];
  if (addresses === undefined) return Promise.reject(Object.assign(new Error(`ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }));
  return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
}

function connect(target: Partial<SocketTarget>, options: EgressOptions = {}) {
  const egress = createEgress({ resolve: resolveTest, allow: [`db.test:${port}`], ...options });
  return egress.connect({ protocol: 'postgres', host: 'db.test', port, ...target });
}

async function failureOf(target: Partial<SocketTarget>, options: EgressOptions = {}): Promise<MillwrightError> {
  const outcome: unknown = await connect(target, options).catch((failure: unknown) => failure);
  if (!(outcome instanceof MillwrightError)) throw new Error('expected a failure of ours');
  return outcome;
}

const closed = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once('close', resolve).resume());

beforeAll(async () => {
  server = createServer((socket) => {
    accepted.add(socket.on('error', () => undefined));
    const flood = (): void => void (isFlooding && !socket.destroyed && socket.write(Buffer.alloc(65_536), flood));
    flood();
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  for (const socket of accepted) socket.destroy();
  server?.close();
});

describe('A101–A104, A106, A108: addresses that sockets never go to', () => {
  it.each([
    ['A101', '127.0.0.1'],
    ['A101', '2130706433'],
    ['A101', '0x7f000001'],
    ['A101', '017700000001'],
    ['A101', '127.1'],
    ['A101', '127.0.0.1.'],
    ['A102', '::1'],
    ['A102', '[::1]'],
    ['A102', '[::ffff:7f00:1]'],
    ['A102', '64:ff9b::7f00:1'],
    ['A102', '2002:7f00:1::'],
    ['A102', '0.0.0.0'],
    ['A103', '169.254.169.254'],
    ['A103', 'fd00:ec2::254'],
    ['A103', '168.63.129.16'],
    ['A103', '100.100.100.200'],
    ['A104', 'private.test'],
    ['A104', 'mixed.test'],
    ['A104', 'six.test'],
    ['A106', '１２７.0.0.1'],
  ])('%s: %s', async (_case, host) => {
    const before = accepted.size;
    expect(await failureOf({ host, port: 5432 })).toMatchObject({ code: 'egress_private_address', details: { sent: false } });
    expect(accepted.size).toBe(before);
  });

  it.each(['db.test@127.0.0.1', 'db.test/x', 'db.test\\@x', '%31%32%37.0.0.1', 'db.test:80', '', 'a b', 'db.test\t'])(
    'A106: "%s" is no host',
    async (host) => {
      expect(await failureOf({ host })).toMatchObject({ code: 'egress_host_invalid', details: { sent: false } });
    },
  );

  it('A104: a name is resolved once, and the socket goes to the address that was judged', async () => {
    const answers = ['127.0.0.1', '127.0.0.2'];
    let asked = 0;
    const resolve = (): Promise<readonly ResolvedAddress[]> => Promise.resolve([{ address: answers[asked++] ?? '', family: 4 }]);
    const guarded = await connect({}, { resolve, allow: ['127.0.0.1/32'] });
    expect([guarded.socket.remoteAddress, asked]).toEqual(['127.0.0.1', 1]);
    guarded.close();
    expect((await failureOf({}, { resolve, allow: ['127.0.0.1/32'] })).code).toBe('egress_private_address');
  });

  it('an entry for a URL prefix opens no socket, one for host and port does', async () => {
    const http = [`http://127.0.0.1:${port}/`];
    expect((await failureOf({ host: '127.0.0.1' }, { allow: http })).code).toBe('egress_private_address');
    (await connect({ host: '127.0.0.1' }, { allow: [`127.0.0.1:${port}`] })).close();
  });
});

describe('A109: ports by protocol', () => {
  it.each([
    ['postgres', 22],
    ['postgres', 25],
    ['postgres', 6379],
    ['postgres', 7233],
    ['smtp', 5432],
    ['smtp', 143],
    ['imap', 587],
    ['imap', 2375],
    ['imap', 70_000],
  ] as const)('%s never speaks to %i', async (protocol, at) => {
    expect(await failureOf({ protocol, port: at, host: '127.0.0.1' })).toMatchObject({ code: 'egress_port', details: { sent: false } });
  });

  it.each([
    ['postgres', 5432],
    ['smtp', 25],
    ['smtp', 465],
    ['smtp', 587],
    ['imap', 143],
    ['imap', 993],
    ['imap', 1143],
  ] as const)('%s may speak to %i: only the address is judged', async (protocol, at) => {
    expect((await failureOf({ protocol, port: at, host: '127.0.0.1' })).code).toBe('egress_private_address');
  });
});

describe('A110: sessions end', () => {
  it('with their time', async () => {
    const guarded = await connect({ timeoutMs: 50 });
    await closed(guarded.socket);
    expect(guarded.failure()).toMatchObject({ code: 'egress_timeout' });
  });

  it('when more comes in than is allowed', async () => {
    isFlooding = true;
    const guarded = await connect({}, { limits: { maxResponseBytes: 200_000 } });
    isFlooding = false;
    await closed(guarded.socket);
    expect(guarded.failure()).toMatchObject({ code: 'egress_too_large' });
  });

  it('when nobody waits any more', async () => {
    const stop = new AbortController();
    const guarded = await connect({ signal: stop.signal });
    stop.abort();
    expect(guarded.socket.destroyed).toBe(true);
    expect(guarded.failure()).toBeNull();
  });
});

describe('what the system says becomes ours, and nothing was sent', () => {
  it('nobody listens, the name is unknown', async () => {
    expect(await failureOf({ port: 1 }, { allow: ['db.test:1'] })).toMatchObject({ code: 'egress_unreachable', details: { sent: false } });
    expect(await failureOf({ host: 'nowhere.test' })).toMatchObject({ code: 'egress_host_unknown', details: { sent: false } });
  });

  it('TLS: a certificate that nobody vouches for is refused, one that the given authority signed for the name is taken', async () => {
    const { key, cert: ca } = makeCertificate('db.test');
    const secure = createTlsServer({ key, cert: ca }, (socket) => socket.on('error', () => undefined).end('hi'));
    secure.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => secure.listen({ port: 0, host: '127.0.0.1' }, resolve));
    const at = (secure.address() as AddressInfo).port;
    try {
      const allow = ['127.0.0.1/32'];
      expect(await failureOf({ port: at, tls: {} }, { allow })).toMatchObject({ code: 'egress_certificate', details: { sent: false } });
      expect(await failureOf({ port: at, host: '127.0.0.1', tls: { ca } }, { allow })).toMatchObject({ code: 'egress_certificate' });
      const guarded = await connect({ port: at, tls: { ca } }, { allow });
      expect(String(await new Promise((resolve) => guarded.socket.once('data', resolve)))).toBe('hi');
      guarded.close();
    } finally {
      secure.close();
    }
  });
});
