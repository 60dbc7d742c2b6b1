import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedAddress } from './dispatchers.ts';
import { startVendor, type Vendor } from './testing/vendor.ts';

let vendor: Vendor;

beforeAll(async () => {
  vendor = await startVendor();
});
afterAll(() => vendor?.close());

describe('A101–A104: addresses that are not public', () => {
  const hosts = [
    ['A101', '127.0.0.1'],
    ['A101', '2130706433'],
    ['A101', '0x7f000001'],
    ['A101', '017700000001'],
    ['A101', '127.1'],
    ['A101', '127.0.0.1.'],
    ['A101', '0177.0.0.0x1'],
    ['A102', '[::1]'],
    ['A102', '[::ffff:127.0.0.1]'],
    ['A102', '[::ffff:7f00:1]'],
    ['A102', '[64:ff9b::7f00:1]'],
    ['A102', '[64:ff9b:1::a00:1]'],
    ['A102', '[2002:7f00:1::]'],
    ['A102', '[2001:0:1::1]'],
    ['A102', '[fe80::1]'],
    ['A102', '[::]'],
    ['A102', '0.0.0.0'],
    ['A102', '[::127.0.0.1]'],
    ['A102', '[fec0::1]'],
    ['A102', '[fd12::1]'],
    ['A103', '169.254.169.254'],
    ['A103', '[fd00:ec2::254]'],
    ['A103', '168.63.129.16'],
    ['A103', '100.100.100.200'],
    ['A103', '192.0.0.192'],
    ['A103', '[fe80::a9fe:a9fe]'],
    ['A104', 'private.test'],
    ['A104', 'mixed.test'],
    ['A104', 'six.test'],
    ['A104', 'mixed.test.'],
    ['A106', '１２７.0.0.1'],
    ['A106', '127。0。0。1'],
    ['A106', '\t127.0.0.1'],
    ['A106', '%31%32%37.0.0.1'],
    ['range', '10.0.0.1'],
    ['range', '172.16.0.1'],
    ['range', '192.168.1.1'],
    ['range', '224.0.0.1'],
    ['range', '255.255.255.255'],
    ['range', '198.18.0.1'],
  ] as const;
  it.each(hosts)('%s: %s is refused by name before anything is sent', async (_case, host) => {
    const before = vendor.seen.length;
    const failure = await vendor.failureOf({ url: `http://${host}:8080/` });
    expect(failure.code).toBe('egress_private_address');
    expect(failure.details).toMatchObject({ sent: false });
    expect(failure.details?.['address']).toBeTruthy();
    expect(failure.message).toContain(String(failure.details?.['address']));
    expect(failure.hint).toContain('MILLWRIGHT_EGRESS_ALLOW');
    expect(vendor.seen.length).toBe(before);
  });

  it('A102: an address with a zone is no URL', async () => {
    expect((await vendor.failureOf({ url: 'http://[fe80::1%25eth0]/' })).code).toBe('egress_url_invalid');
  });

  it('A104: a name is resolved once per socket, and the socket goes to the address that was judged', async () => {
    const answers = ['127.0.0.2', '127.0.0.1'];
    let asked = 0;
    const resolve = (): Promise<readonly ResolvedAddress[]> => Promise.resolve([{ address: answers[asked++] ?? '127.0.0.1', family: 4 }]);
    const allow = ['127.0.0.2/32'];
    expect(
      (await vendor.egressWith({ resolve, allow }).request({ method: 'GET', url: `http://rebinding.test:${vendor.port}/` })).status,
    ).toBe(200);
    expect(asked).toBe(1);
    expect((await vendor.failureOf({ url: `http://rebinding.test:${vendor.port}/` }, vendor.egressWith({ resolve, allow }))).code).toBe(
      'egress_private_address',
    );
  });

  it('A103: a listed range opens its addresses, and nothing beside it', async () => {
    const egress = vendor.egressWith({ allow: ['127.0.0.1/32'] });
    expect((await egress.request({ method: 'GET', url: `http://127.0.0.1:${vendor.port}/` })).status).toBe(200);
    expect((await vendor.failureOf({ url: `http://127.0.0.2:${vendor.port}/` }, egress)).code).toBe('egress_private_address');
  });

  it('a listed URL prefix opens only what begins with it', async () => {
    const egress = vendor.egressWith({ allow: [`http://127.0.0.1:${vendor.port}/echo/`] });
    expect((await egress.request({ method: 'GET', url: `http://127.0.0.1:${vendor.port}/echo/a` })).status).toBe(200);
    for (const path of ['/api/v1/session', '/echo/../api', '/echo', '/echo/%2e%2e/api']) {
      expect((await vendor.failureOf({ url: `http://127.0.0.1:${vendor.port}${path}` }, egress)).code).toBe('egress_private_address');
    }
  });
});

describe('A105: redirects', () => {
  const redirect = (to: string, status = 302): string =>
    `http://listed.test:${vendor.port}/redirect?status=${status}&to=${encodeURIComponent(to)}`;
  it.each([
    ['to a private name', (): string => `http://private.test:8080/`, 'egress_private_address'],
    ['to a private literal', (): string => 'http://169.254.169.254/latest', 'egress_private_address'],
    ['to file:', (): string => 'file:///etc/passwd', 'egress_scheme'],
    ['to unix:', (): string => 'unix:/var/run/docker.sock', 'egress_scheme'],
    ['to a closed port', (): string => `http://listed.test:6379/`, 'egress_port'],
    ['with credentials in the address', (): string => `http://user:pass@listed.test:${vendor.port}/`, 'egress_url_credentials'],
  ] as const)('%s is refused', async (_name, to, code) => {
    expect(await vendor.failureOf({ url: redirect(to()), method: 'POST', body: 'x' })).toMatchObject({ code, details: { sent: true } });
  });

  it('more than five are refused', async () => {
    const before = vendor.seen.length;
    expect((await vendor.failureOf({ url: `http://listed.test:${vendor.port}/loop` })).code).toBe('egress_redirects');
    expect(vendor.seen.length - before).toBe(6);
  });

  it('to another origin drop keys, cookies and credentials; within the origin they stay', async () => {
    const headers = { Authorization: 'Bearer s', Cookie: 'c=1', 'Idempotency-Key': 'k', 'X-Api-Key': 's', Accept: 'text/x' };
    await vendor.egressWith().request({ method: 'GET', url: redirect(`http://other.test:${vendor.port}/landed`), headers });
    const away = vendor.seen.at(-1)?.headers ?? {};
    expect(away.host).toBe(`other.test:${vendor.port}`);
    expect(away.accept).toBe('text/x');
    for (const name of ['authorization', 'cookie', 'idempotency-key', 'x-api-key']) expect(away[name]).toBeUndefined();
    await vendor.egressWith().request({ method: 'GET', url: redirect('/landed'), headers });
    expect(vendor.seen.at(-1)?.headers.authorization).toBe('Bearer s');
  });

  it.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'x=1'],
    [308, 'POST', 'x=1'],
  ])('%i after POST goes on as %s', async (status, method, body) => {
    await vendor.egressWith().request({
      method: 'POST',
      url: redirect('/landed', status),
      body: 'x=1',
      headers: { 'content-type': 'text/plain' },
    });
    expect(vendor.seen.at(-1)).toMatchObject({ method, body, url: '/landed' });
  });
});
