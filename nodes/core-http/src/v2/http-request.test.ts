import type { HttpResponse, JsonObject, JsonValue } from '@millwright/node-sdk';
import { runAction, type ActionTrial } from '@millwright/node-sdk/testing';
import { describe, expect, it } from 'vitest';
import { httpRequest as first } from '../http-request.ts';
import nodePackage from '../index.ts';
import { httpRequest } from './http-request.ts';
import { parameters } from './parameters.ts';
import { requestOf } from './request.ts';

const ok: HttpResponse = { status: 200, headers: { 'content-type': 'application/json' }, body: { id: 1 }, bodyType: 'json' };
const URL_ = 'https://api.example.com/items';

async function trial(parameters: JsonObject, more: Partial<ActionTrial> = {}) {
  return runAction(httpRequest, { parameters: { url: URL_, ...parameters }, http: () => ok, ...more });
}

async function sent(parameters: JsonObject, more: Partial<ActionTrial> = {}) {
  return (await trial(parameters, more)).requests[0];
}

async function given(parameters: JsonObject, answer: Partial<HttpResponse> = {}): Promise<readonly JsonValue[]> {
  const { ports } = await trial(parameters, { http: () => ({ ...ok, ...answer }) });
  return (ports['main'] ?? []).map(({ json }) => json);
}

describe('HTTP request, version 2', () => {
  it('writes, sends again and takes as long as version 1', () => {
    const facts = ({ info }: typeof first) => [
      info.effect,
      info.effectBy,
      info.onLostAnswer,
      info.onLostAnswerBy,
      info.window,
      info.timeoutMs,
    ];
    expect(facts(httpRequest)).toEqual(facts(first));
    expect(nodePackage.nodes.map(({ info }) => `${info.type}@${info.version}`)).toEqual(['http.request@1', 'http.request@2']);
  });

  it('gives what version 1 gives, unless told otherwise', async () => {
    expect(await given({})).toEqual([{ status: 200, headers: ok.headers, body: { id: 1 } }]);
    expect(await given({ output: 'body' }, { body: [1, 2] })).toEqual([[1, 2]]);
  });

  it('signs with the connection where one was chosen, and goes unsigned where none was', async () => {
    expect((await sent({}))?.credential).toBeUndefined();
    expect((await sent({}, { connected: ['auth'] }))?.credential).toBe('auth');
    expect(httpRequest.info.credentials).toMatchObject([{ name: 'auth', required: false }]);
  });

  it.each<[string, JsonObject, unknown]>([
    ['nothing', { bodyType: 'none', body: 'x' }, {}],
    ['JSON from a value', { bodyType: 'json', body: { a: 1 } }, { body: '{"a":1}', as: { contentType: 'application/json' } }],
    ['JSON as it was typed', { bodyType: 'json', body: '{ "a": 1.00 }' }, { body: '{ "a": 1.00 }' }],
    [
      'JSON that is paged in it as fields',
      { bodyType: 'json', body: '{"a":1}', paging: 'page', pageIn: 'body' },
      { body: { a: 1 }, as: { kind: 'json' } },
    ],
    ['a form', { bodyType: 'form', body: { a: [1, 2] } }, { body: { a: [1, 2] }, as: { kind: 'form', lists: 'repeat' } }],
    ['a form with files', { bodyType: 'multipart', body: '{"a":"b"}' }, { body: { a: 'b' }, as: { kind: 'multipart' } }],
    [
      'text of a type',
      { bodyType: 'text', body: '<a/>', contentType: 'application/xml' },
      { body: '<a/>', as: { contentType: 'application/xml' } },
    ],
    [
      'a file',
      { bodyType: 'file', body: 'aGk=\n', contentType: 'image/png' },
      { body: 'aGk=', as: { kind: 'bytes', contentType: 'image/png' } },
    ],
  ])('describes %s', (_name, given, expected) => {
    expect(requestOf(parameters.parse({ url: URL_, method: 'POST', ...given }), false)).toMatchObject(expected as object);
  });

  it.each<[string, JsonObject, string]>([
    ['a file that is no base64', { bodyType: 'file', body: 'é' }, 'parameters.body'],
    ['a form that is a list', { bodyType: 'multipart', body: [1] }, 'parameters.body'],
    ['JSON that only begins so', { bodyType: 'json', body: '{ a' }, 'parameters.body'],
    ['a path that is none', { output: 'items', listPath: 'data..x' }, 'parameters.listPath'],
    ['a cursor from nowhere', { paging: 'cursor' }, 'parameters.nextPath'],
  ])('%s is refused before anything is sent, naming the field', async (_name, parameters, field) => {
    await expect(sent({ method: 'POST', ...parameters })).rejects.toMatchObject({ code: 'parameter_invalid', details: { field } });
  });

  it('a content type of its own leaves a form with files alone: only the form knows its boundary', async () => {
    const headers = [
      { name: 'Content-Type', value: 'multipart/form-data' },
      { name: 'X-A', value: '1' },
    ];
    expect((await sent({ method: 'POST', bodyType: 'multipart', body: {}, headers }))?.headers).toEqual({ 'x-a': '1' });
    expect((await sent({ method: 'POST', bodyType: 'json', body: {}, headers }))?.headers).toMatchObject({
      'content-type': 'multipart/form-data',
    });
  });

  it('batches, redirects and the reading of the answer are said with the request', async () => {
    const told = { batching: true, batchSize: 5, batchMs: 2000, followRedirects: false, answerAs: 'base64', timeoutMs: 500 };
    expect(await sent(told)).toMatchObject({
      pace: { requests: 5, everyMs: 2000 },
      followRedirects: false,
      answerAs: 'base64',
      timeoutMs: 500,
    });
    expect((await sent({}))?.pace).toBeUndefined();
  });

  it('an error status fails it, or is handed on; the message holds no query', async () => {
    const thrown: unknown = await given({ url: `${URL_}?key=secret` }, { status: 503 }).catch((failure: unknown) => failure);
    expect(thrown).toMatchObject({ code: 'http_status_503', kind: 'transient' });
    expect(String(thrown)).not.toContain('secret');
    expect(await given({ failOnStatus: false }, { status: 404 })).toMatchObject([{ status: 404 }]);
  });

  it('its connections name no hosts themselves: whoever connects does', () => {
    const types = nodePackage.credentialTypes ?? [];
    expect(types.map(({ auth }) => auth.kind).toSorted()).toEqual(
      [
        'apiKey',
        'apiKey',
        'basic',
        'bearer',
        'clientCredentials',
        'deviceCode',
        'digest',
        'hmac',
        'mtls',
        'oauth1',
        'oauth2',
        'sigV4',
      ].toSorted(),
    );
    for (const { hosts, type } of types) expect([type, hosts]).toEqual([type, []]);
  });
});
