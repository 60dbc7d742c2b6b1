import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { ConnectorError, MillwrightError } from '@millwright/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEgress, type Egress, type EgressOptions, type EgressRequest } from './create-egress.ts';
import type { ResolvedAddress } from './dispatchers.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let port = 0;
const seen: Seen[] = [];
const open: Egress[] = [];

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://local');
  const to = url.searchParams.get('to');
  if (url.pathname === '/redirect')
    return void response.writeHead(Number(url.searchParams.get('status') ?? 302), { location: to ?? '' }).end();
  if (url.pathname === '/loop') return void response.writeHead(302, { location: '/loop' }).end();
  if (url.pathname === '/bomb') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
  if (url.pathname === '/gzip') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'));
  if (url.pathname === '/odd') return void response.writeHead(200, { 'content-encoding': 'zstd, gzip' }).end('x');
  if (url.pathname === '/headers') {
    for (let i = 0; i < 300; i++) response.setHeader(`x-${i}`, '1');
    return void response.end();
  }
  if (url.pathname === '/silent') return;
  if (url.pathname === '/reset') return void request.socket.destroy();
  if (url.pathname === '/endless') {
    const timer = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
    return void response.on('close', () => clearInterval(timer));
  }
  return void response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] }).end('ok');
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  await Promise.all(open.map((egress) => egress.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Names of the tests: `listed.test` stands for a public service, the others resolve to what they say. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'listed.test': ['127.0.0.1'],
  'other.test': ['127.0.0.1'],
  'private.test': ['10.1.2.3'],
  'mixed.test': ['93.184.216.34', '127.0.0.1'],
  'six.test': ['::ffff:127.0.0.1'],
  'tenant.a.test': ['127.0.0.1'],
  'listed.test.evil': ['127.0.0.1'],
  'xlisted.test': ['127.0.0.1'],
};

function resolveTest(hostname: string): Promise<readonly ResolvedAddress[]> {
  const addresses = NAMES[hostname.replace(/\.$/, '')];
  if (addresses === undefined) return Promise.reject(Object.assign(new Error(`ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }));
  return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
}

function egressWith(options: EgressOptions = {}): Egress {
  const egress = createEgress({ resolve: resolveTest, allow: [`listed.test:${port}`, `other.test:${port}`], ...options });
  open.push(egress);
  return egress;
}

async function failureOf(request: Partial<EgressRequest> & { url: string }, egress = egressWith()): Promise<MillwrightError> {
  const outcome = await egress.request({ method: 'GET', ...request }).then(
    (response) => response,
    (failure: unknown) => failure,
  );
  if (!(outcome instanceof MillwrightError)) throw new Error(`expected a failure of ours, got ${JSON.stringify(outcome)}`);
  return outcome;
}

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
    const before = seen.length;
    const failure = await failureOf({ url: `http://${host}:${port === 0 ? 80 : 8080}/` });
    expect(failure.code).toBe('egress_private_address');
    expect(failure.details).toMatchObject({ sent: false });
    expect(failure.details?.['address']).toBeTruthy();
    expect(failure.message).toContain(String(failure.details?.['address']));
    expect(failure.hint).toContain('MILLWRIGHT_EGRESS_ALLOW');
    expect(seen.length).toBe(before);
  });

  it('A102: an address with a zone is no URL', async () => {
    expect((await failureOf({ url: 'http://[fe80::1%25eth0]/' })).code).toBe('egress_url_invalid');
  });

  it('A104: a name is resolved once per socket, and the socket goes to the address that was judged', async () => {
    const answers = ['127.0.0.2', '127.0.0.1'];
    let asked = 0;
    const resolve = (): Promise<readonly ResolvedAddress[]> => Promise.resolve([{ address: answers[asked++] ?? '127.0.0.1', family: 4 }]);
    const allow = ['127.0.0.2/32'];
    expect((await egressWith({ resolve, allow }).request({ method: 'GET', url: `http://rebinding.test:${port}/` })).status).toBe(200);
    expect(asked).toBe(1);
    expect((await failureOf({ url: `http://rebinding.test:${port}/` }, egressWith({ resolve, allow }))).code).toBe(
      'egress_private_address',
    );
  });

  it('A103: a listed range opens its addresses, and nothing beside it', async () => {
    const egress = egressWith({ allow: ['127.0.0.1/32'] });
    expect((await egress.request({ method: 'GET', url: `http://127.0.0.1:${port}/` })).status).toBe(200);
    expect((await failureOf({ url: `http://127.0.0.2:${port}/` }, egress)).code).toBe('egress_private_address');
  });

  it('a listed URL prefix opens only what begins with it', async () => {
    const egress = egressWith({ allow: [`http://127.0.0.1:${port}/echo/`] });
    expect((await egress.request({ method: 'GET', url: `http://127.0.0.1:${port}/echo/a` })).status).toBe(200);
    for (const path of ['/api/v1/session', '/echo/../api', '/echo', '/echo/%2e%2e/api']) {
      expect((await failureOf({ url: `http://127.0.0.1:${port}${path}` }, egress)).code).toBe('egress_private_address');
    }
  });
});

describe('A105: redirects', () => {
  const redirect = (to: string, status = 302): string =>
    `http://listed.test:${port}/redirect?status=${status}&to=${encodeURIComponent(to)}`;
  it.each([
    ['to a private name', (): string => `http://private.test:8080/`, 'egress_private_address'],
    ['to a private literal', (): string => 'http://169.254.169.254/latest', 'egress_private_address'],
    ['to file:', (): string => 'file:///etc/passwd', 'egress_scheme'],
    ['to unix:', (): string => 'unix:/var/run/docker.sock', 'egress_scheme'],
    ['to a closed port', (): string => `http://listed.test:6379/`, 'egress_port'],
    ['with credentials in the address', (): string => `http://user:pass@listed.test:${port}/`, 'egress_url_credentials'],
  ] as const)('%s is refused', async (_name, to, code) => {
    expect(await failureOf({ url: redirect(to()), method: 'POST', body: 'x' })).toMatchObject({ code, details: { sent: true } });
  });

  it('more than five are refused', async () => {
    const before = seen.length;
    expect((await failureOf({ url: `http://listed.test:${port}/loop` })).code).toBe('egress_redirects');
    expect(seen.length - before).toBe(6);
  });

  it('to another origin drop keys, cookies and credentials; within the origin they stay', async () => {
    const headers = { Authorization: 'Bearer s', Cookie: 'c=1', 'Idempotency-Key': 'k', 'X-Api-Key': 's', Accept: 'text/x' };
    await egressWith().request({ method: 'GET', url: redirect(`http://other.test:${port}/landed`), headers });
    const away = seen.at(-1)?.headers ?? {};
    expect(away.host).toBe(`other.test:${port}`);
    expect(away.accept).toBe('text/x');
    for (const name of ['authorization', 'cookie', 'idempotency-key', 'x-api-key']) expect(away[name]).toBeUndefined();
    await egressWith().request({ method: 'GET', url: redirect('/landed'), headers });
    expect(seen.at(-1)?.headers.authorization).toBe('Bearer s');
  });

  it.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'x=1'],
    [308, 'POST', 'x=1'],
  ])('%i after POST goes on as %s', async (status, method, body) => {
    await egressWith().request({
      method: 'POST',
      url: redirect('/landed', status),
      body: 'x=1',
      headers: { 'content-type': 'text/plain' },
    });
    expect(seen.at(-1)).toMatchObject({ method, body, url: '/landed' });
  });
});

describe('A106, A107, A109, A112: what may be asked for', () => {
  it.each([
    ['userinfo', 'http://a:b@listed.test/', 'egress_url_credentials'],
    ['userinfo that looks like a host', 'http://listed.test:80@127.0.0.1/', 'egress_url_credentials'],
    ['no URL', 'listed.test/path', 'egress_url_invalid'],
    ['gopher', 'gopher://listed.test/', 'egress_scheme'],
    ['ftp', 'ftp://listed.test/', 'egress_scheme'],
    ['file', 'file:///etc/passwd', 'egress_scheme'],
    ['data', 'data:text/plain,x', 'egress_scheme'],
    ...[22, 25, 5432, 6379, 7233, 3306].map((closed) => [`port ${closed}`, `http://listed.test:${closed}/`, 'egress_port']),
    ['unknown name', 'http://nowhere.test:8080/', 'egress_host_unknown'],
  ])('%s is refused', async (_name, url, code) => {
    const failure = await failureOf({ url: url ?? '' });
    expect(failure.code).toBe(code);
    expect(failure.details?.['sent']).toBe(false);
    expect(failure.hint).toBeTruthy();
  });

  it('A106: a backslash is a slash, for the check and for the socket alike', async () => {
    expect((await failureOf({ url: `http://127.0.0.1:8080\\@listed.test:${port}/` })).code).toBe('egress_private_address');
  });

  it('A107: proxies of the environment are ignored', async () => {
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    expect((await egressWith().request({ method: 'GET', url: `http://listed.test:${port}/` })).status).toBe(200);
    delete process.env['HTTP_PROXY'];
  });

  it('A112: an entry names one host, not its neighbours', async () => {
    for (const host of ['tenant.a.test', 'listed.test.evil', 'xlisted.test'])
      expect((await failureOf({ url: `http://${host}:${port}/` })).code).toBe('egress_private_address');
  });

  it.each(['Host', 'Content-Length', 'Transfer-Encoding', 'Connection'])('the header %s cannot be set', async (name) => {
    expect((await failureOf({ url: `http://listed.test:${port}/`, headers: { [name]: 'x' } })).code).toBe('egress_header');
  });

  it('a line break in a header is refused', async () => {
    expect((await failureOf({ url: `http://listed.test:${port}/`, headers: { 'x-a': 'b\r\nx-c: d' } })).code).toBe('egress_header');
  });

  it.each(['CONNECT', 'TRACE', 'GET /'])('the method %s cannot be sent', async (method) => {
    expect((await failureOf({ url: `http://listed.test:${port}/`, method })).code).toBe('egress_method');
  });
});

describe('A110: answers that are too much', () => {
  it.each([
    ['/bomb', 'egress_too_large'],
    ['/endless', 'egress_too_large'],
    ['/headers', 'egress_headers_too_many'],
    ['/odd', 'egress_encoding'],
  ])('%s is cut', async (path, code) => {
    const failure = await failureOf({ url: `http://listed.test:${port}${path}` }, egressWith({ limits: { maxResponseBytes: 1_000_000 } }));
    expect(failure).toMatchObject({ code, details: { sent: true } });
  });

  it('a silent answer ends with the time, which counts as sent', async () => {
    const failure = await failureOf({ url: `http://listed.test:${port}/silent`, timeoutMs: 150 });
    expect(failure).toMatchObject({ code: 'egress_timeout', details: { sent: true } });
    expect(failure).toBeInstanceOf(ConnectorError);
  });

  it('a reset after the request counts as sent, a refused socket does not', async () => {
    expect(await failureOf({ url: `http://listed.test:${port}/reset`, method: 'POST', body: 'x' })).toMatchObject({
      code: 'egress_answer_lost',
      details: { sent: true },
    });
    const closed = egressWith({ allow: ['127.0.0.1:1'] });
    expect(await failureOf({ url: 'http://127.0.0.1:1/' }, closed)).toMatchObject({ code: 'egress_unreachable', details: { sent: false } });
  });

  it('a body over the bound is not sent', async () => {
    const egress = egressWith({ limits: { maxRequestBytes: 10 } });
    expect(await failureOf({ url: `http://listed.test:${port}/`, method: 'POST', body: 'x'.repeat(11) }, egress)).toMatchObject({
      code: 'egress_request_too_large',
    });
  });
});

describe('answers', () => {
  it('are decompressed, with joined headers', async () => {
    const egress = egressWith();
    expect(Buffer.from((await egress.request({ method: 'GET', url: `http://listed.test:${port}/gzip` })).body).toString()).toBe('hello');
    const plain = await egress.request({ method: 'get', url: `http://listed.test:${port}/` });
    expect(plain.headers['set-cookie']).toBe('a=1, b=2');
    expect((await egress.request({ method: 'HEAD', url: `http://listed.test:${port}/` })).body).toHaveLength(0);
  });

  it('a caller that stops waiting gets its abort', async () => {
    const controller = new AbortController();
    const pending = failureOf({ url: `http://listed.test:${port}/silent`, signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect((await pending).code).toBe('egress_answer_lost');
  });
});

it.each(['nonsense', 'http://x/y', '10.0.0.0/99', 'a b:80'])('the allow list entry "%s" is refused by name', (entry) => {
  expect(() => createEgress({ allow: [entry] })).toThrow(entry);
});
