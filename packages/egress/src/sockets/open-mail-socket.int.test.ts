import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMailSocket } from './open-mail-socket.ts';

let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer((socket) => socket.end('220 hello\r\n').on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => void server?.close());

const resolveTo =
  (...addresses: readonly string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('A108: the way to an admin’s mail server', () => {
  it('leads to this machine and to private networks, where relays are', async () => {
    const socket = await openMailSocket({ host: '127.0.0.1', port });
    socket.destroy();
    const named = await openMailSocket({ host: 'relay.test', port }, { resolve: resolveTo('::1', '127.0.0.1') });
    expect(named.remoteAddress).toBe('127.0.0.1');
    named.destroy();
  });

  it.each([
    '169.254.169.254',
    '168.63.129.16',
    '100.100.100.200',
    'fd00:ec2::254',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
  ])('never leads to %s, given or behind a name, beside good addresses too', async (address) => {
    const refusal = expect.objectContaining({ code: 'egress_private_address' });
    await expect(openMailSocket({ host: address, port })).rejects.toEqual(refusal);
    await expect(openMailSocket({ host: 'relay.test', port }, { resolve: resolveTo('127.0.0.1', address) })).rejects.toEqual(refusal);
  });

  it.each([22, 80, 443, 5432, 6379, 7233])('never leads to port %i, where no mail server is', async (closed) => {
    await expect(openMailSocket({ host: '127.0.0.1', port: closed })).rejects.toMatchObject({ code: 'egress_port' });
  });

  it('says what the system says when nobody listens or the name is unknown', async () => {
    await expect(openMailSocket({ host: '127.0.0.1', port: 1025 })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(openMailSocket({ host: 'relay.test', port }, { resolve: resolveTo() })).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});
