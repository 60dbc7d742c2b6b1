import { ConnectorError } from '@millwright/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEgress } from './create-egress.ts';
import { startVendor, type Vendor } from './testing/vendor.ts';

let vendor: Vendor;

beforeAll(async () => {
  vendor = await startVendor();
});
afterAll(() => vendor?.close());

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
    const failure = await vendor.failureOf({ url: url ?? '' });
    expect(failure.code).toBe(code);
    expect(failure.details?.['sent']).toBe(false);
    expect(failure.hint).toBeTruthy();
  });

  it('A106: a backslash is a slash, for the check and for the socket alike', async () => {
    expect((await vendor.failureOf({ url: `http://127.0.0.1:8080\\@listed.test:${vendor.port}/` })).code).toBe('egress_private_address');
  });

  it('A107: proxies of the environment are ignored', async () => {
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    expect((await vendor.egressWith().request({ method: 'GET', url: `http://listed.test:${vendor.port}/` })).status).toBe(200);
    delete process.env['HTTP_PROXY'];
  });

  it('A112: an entry names one host, not its neighbours', async () => {
    for (const host of ['tenant.a.test', 'listed.test.evil', 'xlisted.test'])
      expect((await vendor.failureOf({ url: `http://${host}:${vendor.port}/` })).code).toBe('egress_private_address');
  });

  it.each(['Host', 'Content-Length', 'Transfer-Encoding', 'Connection'])('the header %s cannot be set', async (name) => {
    expect((await vendor.failureOf({ url: `http://listed.test:${vendor.port}/`, headers: { [name]: 'x' } })).code).toBe('egress_header');
  });

  it('a line break in a header is refused', async () => {
    expect((await vendor.failureOf({ url: `http://listed.test:${vendor.port}/`, headers: { 'x-a': 'b\r\nx-c: d' } })).code).toBe(
      'egress_header',
    );
  });

  it.each(['CONNECT', 'TRACE', 'GET /'])('the method %s cannot be sent', async (method) => {
    expect((await vendor.failureOf({ url: `http://listed.test:${vendor.port}/`, method })).code).toBe('egress_method');
  });
});

describe('A110: answers that are too much', () => {
  it.each([
    ['/bomb', 'egress_too_large'],
    ['/endless', 'egress_too_large'],
    ['/headers', 'egress_headers_too_many'],
    ['/odd', 'egress_encoding'],
  ])('%s is cut', async (path, code) => {
    const failure = await vendor.failureOf(
      { url: `http://listed.test:${vendor.port}${path}` },
      vendor.egressWith({ limits: { maxResponseBytes: 1_000_000 } }),
    );
    expect(failure).toMatchObject({ code, details: { sent: true } });
  });

  it('a silent answer ends with the time, which counts as sent', async () => {
    const failure = await vendor.failureOf({ url: `http://listed.test:${vendor.port}/silent`, timeoutMs: 150 });
    expect(failure).toMatchObject({ code: 'egress_timeout', details: { sent: true } });
    expect(failure).toBeInstanceOf(ConnectorError);
  });

  it('a reset after the request counts as sent, a refused socket does not', async () => {
    expect(await vendor.failureOf({ url: `http://listed.test:${vendor.port}/reset`, method: 'POST', body: 'x' })).toMatchObject({
      code: 'egress_answer_lost',
      details: { sent: true },
    });
    const closed = vendor.egressWith({ allow: ['127.0.0.1:1'] });
    expect(await vendor.failureOf({ url: 'http://127.0.0.1:1/' }, closed)).toMatchObject({
      code: 'egress_unreachable',
      details: { sent: false },
    });
  });

  it('a body over the bound is not sent', async () => {
    const egress = vendor.egressWith({ limits: { maxRequestBytes: 10 } });
    expect(
      await vendor.failureOf({ url: `http://listed.test:${vendor.port}/`, method: 'POST', body: 'x'.repeat(11) }, egress),
    ).toMatchObject({
      code: 'egress_request_too_large',
    });
  });
});

describe('answers', () => {
  it('are decompressed, with joined headers', async () => {
    const egress = vendor.egressWith();
    expect(Buffer.from((await egress.request({ method: 'GET', url: `http://listed.test:${vendor.port}/gzip` })).body).toString()).toBe(
      'hello',
    );
    const plain = await egress.request({ method: 'get', url: `http://listed.test:${vendor.port}/` });
    expect(plain.headers['set-cookie']).toBe('a=1, b=2');
    expect((await egress.request({ method: 'HEAD', url: `http://listed.test:${vendor.port}/` })).body).toHaveLength(0);
  });

  it('a caller that stops waiting gets its abort', async () => {
    const controller = new AbortController();
    const pending = vendor.failureOf({ url: `http://listed.test:${vendor.port}/silent`, signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect((await pending).code).toBe('egress_answer_lost');
  });
});

it.each(['nonsense', 'http://x/y', '10.0.0.0/99', 'a b:80'])('the allow list entry "%s" is refused by name', (entry) => {
  expect(() => createEgress({ allow: [entry] })).toThrow(entry);
});
