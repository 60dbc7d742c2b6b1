import type { EgressRequest, EgressResponse } from '@millwright/egress';
import { describe, expect, it } from 'vitest';
import { createNodeHttp, type NodeHttpOptions } from './node-http.ts';

const encoder = new TextEncoder();

function trial(answer: Partial<EgressResponse> = {}, options: Partial<NodeHttpOptions> = {}) {
  const seen: string[] = [];
  const requests: EgressRequest[] = [];
  const egress = {
    request: async (request: EgressRequest): Promise<EgressResponse> => {
      seen.push(`sent ${request.method}`);
      requests.push(request);
      return { status: 200, headers: {}, body: encoder.encode('ok'), url: request.url, ...answer };
    },
  };
  const beforeSend = async (hash: string): Promise<void> => void seen.push(`started ${hash}`);
  const http = createNodeHttp({ egress, signal: new AbortController().signal, idempotencyKey: 'key-1', beforeSend, ...options });
  return { http, seen, requests };
}

const URL_ = 'https://api.example.com/items';

describe('a node’s requests', () => {
  it('a write is stored as started before it leaves, once per attempt, with its key', async () => {
    const { http, seen, requests } = trial();
    await http.request({ method: 'GET', url: URL_ });
    await http.request({ method: 'post', url: URL_, body: { a: 1 } });
    await http.request({ method: 'POST', url: URL_, body: { a: 2 } });
    expect(seen.map((line) => line.split(' ')[0])).toEqual(['sent', 'started', 'sent', 'sent']);
    expect(requests.map((request) => request.headers?.['idempotency-key'])).toEqual([undefined, 'key-1', 'key-1']);
    expect(requests[1]).toMatchObject({ method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } });
  });

  it('the hash covers method, address and body, and no headers', async () => {
    const hashOf = async (request: Parameters<ReturnType<typeof createNodeHttp>['request']>[0]): Promise<string | undefined> => {
      const { http, seen } = trial();
      await http.request(request);
      return seen[0];
    };
    const base = { method: 'POST', url: URL_, body: 'x' };
    expect(await hashOf({ ...base, headers: { authorization: 'a' } })).toBe(await hashOf(base));
    for (const other of [{ method: 'PUT' }, { url: `${URL_}?a` }, { body: 'y' }, { query: { a: 1 } }])
      expect(await hashOf({ ...base, ...other })).not.toBe(await hashOf(base));
  });

  it('nothing leaves when the write may not be sent, not even on a second call', async () => {
    const { http, seen } = trial({}, { beforeSend: () => Promise.reject(new Error('not ours')) });
    await expect(http.request({ method: 'POST', url: URL_ })).rejects.toThrow('not ours');
    await expect(http.request({ method: 'POST', url: URL_ })).rejects.toThrow('not ours');
    expect(seen).toEqual([]);
  });

  it('a node that only reads cannot write', async () => {
    const { http, seen } = trial({}, { idempotencyKey: null });
    await expect(http.request({ method: 'DELETE', url: URL_ })).rejects.toMatchObject({ code: 'effect_mismatch' });
    await http.request({ method: 'GET', url: URL_ });
    expect(seen).toEqual(['sent GET']);
  });

  it('a key of its own wins', async () => {
    const { http, requests } = trial();
    await http.request({ method: 'POST', url: URL_, headers: { 'Idempotency-Key': 'mine' } });
    expect(requests[0]?.headers?.['idempotency-key']).toBe('mine');
  });

  it.each([
    ['application/json', '{"a":1}', { body: { a: 1 }, bodyType: 'json' }],
    ['application/problem+json; charset=utf-8', '{"a":1}', { body: { a: 1 }, bodyType: 'json' }],
    ['application/json', '{broken', { body: '{broken', bodyType: 'text' }],
    ['application/json', '', { body: '', bodyType: 'text' }],
    [
      'application/json',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      { body: `${'['.repeat(20_000)}${']'.repeat(20_000)}`, bodyType: 'text' },
    ],
    ['text/html', '{"a":1}', { body: '{"a":1}', bodyType: 'text' }],
    ['application/jsonp', '{"a":1}', { body: '{"a":1}', bodyType: 'text' }],
  ])('an answer of type %s with %s', async (contentType, text, expected) => {
    expect(
      await trial({ headers: { 'content-type': contentType }, body: encoder.encode(text) }).http.request({ method: 'GET', url: URL_ }),
    ).toMatchObject(expected);
  });

  it('another charset is read, bytes that are no text become base64', async () => {
    const latin = await trial({ headers: { 'content-type': 'text/plain; charset=iso-8859-1' }, body: Uint8Array.of(0xfc) }).http.request({
      method: 'GET',
      url: URL_,
    });
    expect(latin).toMatchObject({ body: 'ü', bodyType: 'text' });
    const binary = await trial({ headers: { 'content-type': 'image/png' }, body: Uint8Array.of(0x89, 0xff) }).http.request({
      method: 'GET',
      url: URL_,
    });
    expect(binary).toMatchObject({ body: 'if8=', bodyType: 'base64' });
  });

  it('query values are added; lists repeat, null is left out', async () => {
    const { http, requests } = trial();
    await http.request({ method: 'GET', url: `${URL_}?a=1`, query: { b: ['x', 'y'], c: null, d: true } });
    expect(requests[0]?.url).toBe(`${URL_}?a=1&b=x&b=y&d=true`);
  });
});
