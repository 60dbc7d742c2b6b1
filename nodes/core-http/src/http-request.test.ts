import { ConnectorError, type HttpResponse, type JsonObject } from '@millwright/node-sdk';
import { runAction } from '@millwright/node-sdk/testing';
import { describe, expect, it } from 'vitest';
import { httpRequest } from './http-request.ts';
import nodePackage from './index.ts';

const ok: HttpResponse = { status: 200, headers: { 'content-type': 'application/json' }, body: { id: 1 }, bodyType: 'json' };
const URL_ = 'https://api.example.com/items';

async function sent(parameters: JsonObject) {
  return (await runAction(httpRequest, { parameters, http: () => ok })).requests[0];
}

async function failure(answer: Partial<HttpResponse>): Promise<ConnectorError> {
  const thrown: unknown = await runAction(httpRequest, {
    parameters: { url: `${URL_}?key=secret` },
    nowMs: 0,
    http: () => ({ ...ok, ...answer }),
  }).catch((refused: unknown) => refused);
  if (!(thrown instanceof ConnectorError)) throw new Error('it should have failed');
  return thrown;
}

describe('HTTP request', () => {
  it('gives status, headers and body', async () => {
    const { ports } = await runAction(httpRequest, { parameters: { url: URL_ }, http: () => ok });
    expect(ports['main']?.[0]?.json).toEqual({ status: 200, headers: ok.headers, body: { id: 1 } });
  });

  it('adds query parameters to those in the address, before the fragment', async () => {
    expect(
      (
        await sent({
          url: `${URL_}?a=1#x`,
          query: [
            { name: 'b', value: 'ü &' },
            { name: 'b', value: 2 },
            { name: '', value: 'x' },
            { name: 'c', value: null },
          ],
        })
      )?.url,
    ).toBe(`${URL_}?a=1&b=%C3%BC+%26&b=2#x`);
  });

  it.each<[string, JsonObject, string | undefined, string | undefined]>([
    ['no body', { bodyType: 'none', body: 'x' }, undefined, undefined],
    ['JSON from a value', { bodyType: 'json', body: { a: 1 } }, '{"a":1}', 'application/json'],
    ['JSON from text that is JSON', { bodyType: 'json', body: '{ "a": 1 }' }, '{ "a": 1 }', 'application/json'],
    ['JSON from other text', { bodyType: 'json', body: 'hi' }, '"hi"', 'application/json'],
    ['a form', { bodyType: 'form', body: { a: 'x y', b: [1, 2], c: null } }, 'a=x+y&b=1&b=2', 'application/x-www-form-urlencoded'],
    ['a form from text', { bodyType: 'form', body: '{"a":"b"}' }, 'a=b', 'application/x-www-form-urlencoded'],
    ['text', { bodyType: 'text', body: 'hi' }, 'hi', 'text/plain; charset=utf-8'],
  ])('writes %s', async (_name, parameters, body, contentType) => {
    const request = await sent({ url: URL_, method: 'POST', ...parameters });
    expect(request?.body).toBe(body);
    expect(request?.headers?.['content-type']).toBe(contentType);
  });

  it('own headers win', async () => {
    expect(
      (
        await sent({
          url: URL_,
          method: 'POST',
          bodyType: 'json',
          body: {},
          headers: [{ name: 'Content-Type', value: 'application/vnd.api+json' }],
        })
      )?.headers,
    ).toEqual({ 'content-type': 'application/vnd.api+json' });
  });

  it('a body that only begins like JSON is refused, naming the field', async () => {
    await expect(sent({ url: URL_, method: 'POST', bodyType: 'json', body: '{ "a": }' })).rejects.toMatchObject({
      code: 'parameter_invalid',
      details: { field: 'parameters.body' },
    });
    await expect(sent({ url: URL_, method: 'POST', bodyType: 'form', body: [1] })).rejects.toMatchObject({ code: 'parameter_invalid' });
  });

  it.each([
    [401, 'auth'],
    [403, 'auth'],
    [404, 'permanent'],
    [408, 'transient'],
    [409, 'permanent'],
    [429, 'rate'],
    [500, 'transient'],
    [503, 'transient'],
  ] as const)('status %i is %s', async (status, kind) => {
    const thrown = await failure({ status });
    expect(thrown).toMatchObject({ kind, code: `http_status_${status}` });
    expect(thrown.message).not.toContain('secret');
    expect(thrown.retry === 'never').toBe(kind === 'auth' || kind === 'permanent');
  });

  it('Retry-After moves the next try: seconds, or a date by the service’s own clock', async () => {
    expect((await failure({ status: 429, headers: { 'retry-after': '7' } })).retry).toEqual({ afterMs: 7000 });
    expect(
      (await failure({ status: 503, headers: { 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT', date: 'Sat, 21 Nov 2026 10:00:00 GMT' } }))
        .retry,
    ).toEqual({ afterMs: 30_000 });
    expect((await failure({ status: 503, headers: { 'retry-after': 'soon' } })).retry).toEqual({ afterMs: 1000 });
    for (const tooLong of ['99999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])
      expect((await failure({ status: 429, headers: { 'retry-after': tooLong } })).retry).toEqual({ afterMs: 86_400_000 });
  });

  it('with "fail on error status" off the answer is handed on', async () => {
    const { ports } = await runAction(httpRequest, {
      parameters: { url: URL_, failOnStatus: false },
      http: () => ({ ...ok, status: 404 }),
    });
    expect(ports['main']?.[0]?.json).toMatchObject({ status: 404 });
  });

  it('the method decides: reading is safe, a lost POST asks, a lost PUT is sent again', () => {
    expect(nodePackage.nodes[0]?.info).toMatchObject({
      effectBy: { parameter: 'method', classes: { GET: 'read', HEAD: 'read', OPTIONS: 'read' }, otherwise: 'write' },
      onLostAnswer: 'ask',
      onLostAnswerBy: { parameter: 'method', answers: { PUT: 'resend', DELETE: 'resend' } },
    });
  });
});
