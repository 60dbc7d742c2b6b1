import { describe, expect, it } from 'vitest';
import { ContractMock, type ContractMockOptions } from './contract-mock.ts';
import type { MockRequest } from './exchange.ts';
import { serveMock } from './serve.ts';
import { SAMPLE_API } from './testing/sample-api.ts';

const BASE = 'https://eu.example.com/v1';
const BEARER = { authorization: 'Bearer t' };
const JSON_ = { ...BEARER, 'content-type': 'application/json' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

type Short = [method: string, path: string, headers?: Record<string, string>, body?: string];

async function code([method, path, headers = BEARER, body]: Short, options: ContractMockOptions = {}) {
  const mock = new ContractMock(SAMPLE_API, options);
  const answer = await mock.request({
    method,
    url: path.startsWith('http') ? path : `${BASE}${path}`,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return {
    code: mock.calls[0]?.refusal?.code ?? 'accepted',
    status: answer.status,
    at: mock.calls[0]?.refusal?.faults.map(({ at }) => at) ?? [],
    decoded: mock.calls[0]?.decoded,
  };
}

function multipart(parts: readonly [head: string, text: string][]): Short {
  const body = `${parts.map(([head, text]) => `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${text}\r\n`).join('')}--b--\r\n`;
  return ['POST', '/upload', { 'content-type': 'multipart/form-data; boundary=b' }, body];
}

const item = (value: object): Short => ['POST', '/items', JSON_, JSON.stringify(value)];
const form = (text: string): Short => ['POST', '/charge', FORM, text];

describe('a request that keeps to the description', () => {
  it.each<[string, Short]>([
    ['query', ['GET', '/items?limit=5']],
    ['list in one text', ['GET', '/items?ids=1,2,3']],
    ['list by repeated names', ['GET', '/items?tag=a&tag=b']],
    ['list with pipes', ['GET', '/items?pipes=a%7Cb']],
    ['object in brackets', ['GET', '/items?filter[from]=2026-01-01&filter[state]=open']],
    ['JSON in the query', ['GET', `/items?where=${encodeURIComponent('{"a":1}')}`]],
    ['literal path before a name', ['GET', '/items/mine']],
    ['path value', ['GET', '/items/abc1']],
    ['another region', ['GET', 'https://us.example.com/v1/items']],
    ['two keys together', ['GET', '/items?app_id=1', { 'x-key': 'k' }]],
    ['basic', ['DELETE', '/items/a1', { authorization: `Basic ${btoa('a:b')}` }]],
    ['JSON body', item({ name: 'a', price: 1, note: null, parent: { name: 'b', price: 2 } })],
    ['JSON with a charset', ['POST', '/items', { ...BEARER, 'content-type': 'application/json; charset=utf-8' }, '{"name":"a","price":0}']],
    ['nested form', form('amount=5&card[number]=4242&card[exp]=1&lines[0][price]=1&lines[0][live]=true&lines[1][price]=2&meta[a]=b')],
    ['form lists in other ways', form('amount=5&media=a&media=b&lines[][price]=1&lines[][price]=2')],
    [
      'multipart',
      multipart([
        ['name="file"; filename="a.txt"', 'x'],
        ['name="size"', '3'],
        ['name="about"\r\ncontent-type: application/json', '{"title":"t"}'],
      ]),
    ],
    ['JSON in a header', ['POST', '/download', { 'x-arg': '{"path":"/a"}' }]],
  ])('is accepted: %s', async (_name, request) => {
    expect(await code(request)).toMatchObject({ code: 'accepted', at: [] });
  });

  it('is kept with its values decoded', async () => {
    const { decoded } = await code(['GET', '/items?limit=5&ids=1,2&filter[state]=open', { ...BEARER, cookie: 'session=s1' }]);
    expect(decoded).toMatchObject({ query: { limit: 5, ids: [1, 2], filter: { state: 'open' } }, cookie: { session: 's1' } });
    expect((await code(form('amount=5&lines[0][price]=1&lines[0][live]=true'))).decoded?.body).toEqual({
      amount: 5,
      lines: [{ price: 1, live: true }],
    });
  });
});

describe('a request that breaks the description', () => {
  it.each<[string, string, Short, string?]>([
    ['contract_server', 'another host', ['GET', 'https://eu.example.org/v1/items']],
    ['contract_server', 'another base path', ['GET', 'https://eu.example.com/v2/items']],
    ['contract_path', 'an unknown path', ['GET', '/things']],
    ['contract_method', 'another method', ['PUT', '/items', JSON_, '{}']],
    ['contract_security', 'no secret', ['GET', '/items', {}]],
    ['contract_security', 'one of two keys', ['GET', '/items', { 'x-key': 'k' }]],
    ['contract_security', 'another way to sign in', ['DELETE', '/items/a1', BEARER]],
    ['contract_parameter', 'an unknown query name', ['GET', '/items?nope=1'], 'query.nope'],
    ['contract_parameter', 'a text for a number', ['GET', '/items?limit=many'], 'query.limit'],
    ['contract_parameter', 'a number that is too large', ['GET', '/items?limit=101'], 'query.limit'],
    ['contract_parameter', 'a scalar twice', ['GET', '/items?limit=1&limit=2'], 'query.limit'],
    ['contract_parameter', 'repeated names for one text', ['GET', '/items?ids=1&ids=2'], 'query.ids'],
    ['contract_parameter', 'an unknown field in brackets', ['GET', '/items?filter[nope]=1'], 'query.filter'],
    ['contract_parameter', 'no value of the enum', ['GET', '/items?filter[state]=lost'], 'query.filter/state'],
    ['contract_parameter', 'no JSON in the query', ['GET', '/items?where=a'], 'query.where'],
    ['contract_parameter', 'a path value that does not match', ['GET', '/items/A%20B'], 'path.id'],
    ['contract_parameter', 'a missing header', ['POST', '/download', {}], 'header.X-Arg'],
    ['contract_parameter', 'a field missing in a header', ['POST', '/download', { 'x-arg': '{}' }], 'header.X-Arg'],
    ['contract_body', 'a missing field', item({ name: 'a' }), 'body'],
    ['contract_body', 'an unknown field', item({ name: 'a', price: 1, nope: 1 }), 'body'],
    ['contract_body', 'an unknown field inside', item({ name: 'a', price: 1, parent: { name: 'b', price: 1, nope: 1 } }), 'body/parent'],
    ['contract_body', 'a number as text', item({ name: 'a', price: '1' }), 'body/price'],
    ['contract_body', 'no JSON', ['POST', '/items', JSON_, '{'], 'body'],
    ['contract_body', 'no body', ['POST', '/items', JSON_], 'body'],
    ['contract_body', 'a body that is not described', ['GET', '/items', JSON_, '{}'], 'body'],
    ['contract_content_type', 'another content type', ['POST', '/items', { ...BEARER, ...FORM }, 'name=a'], 'body'],
    ['contract_body', 'a missing field of a form', form('card[number]=1'), 'body'],
    ['contract_body', 'a missing field deep in a form', form('amount=1&card[exp]=1'), 'body/card'],
    ['contract_body', 'an unknown field of a form', form('amount=1&nope=1'), 'body'],
    ['contract_body', 'a part that is missing', multipart([['name="size"', '3']]), 'body'],
    [
      'contract_body',
      'a part of the wrong kind',
      multipart([
        ['name="file"; filename="a"', 'x'],
        ['name="size"', 'big'],
      ]),
      'body/size',
    ],
    ['contract_body', 'another boundary', ['POST', '/upload', { 'content-type': 'multipart/form-data; boundary=x' }, '--b\r\n'], 'body'],
  ])('%s: %s', async (expected, _name, request, at) => {
    const got = await code(request);
    expect(got).toMatchObject({ code: expected });
    expect(got.at).toContain(at ?? got.at[0]);
    expect(got.status).toBeGreaterThanOrEqual(400);
  });

  it('is refused whatever it says where the schema does not compile: nobody can tell', async () => {
    for (const body of ['{}', '{"a":1}'])
      expect(await code(['POST', '/broken', { 'content-type': 'application/json' }, body])).toMatchObject({
        code: 'contract_schema',
        status: 500,
      });
  });

  it('unknown names pass only where strictness is switched off', async () => {
    expect(await code(['GET', '/items?nope=1'], { strict: false })).toMatchObject({ code: 'accepted' });
    expect(await code(item({ name: 'a', price: 1, nope: 1 }), { strict: false })).toMatchObject({ code: 'accepted' });
    expect(await code(item({ name: 'a' }), { strict: false })).toMatchObject({ code: 'contract_body' });
  });

  it('says why, with a header that no vendor sends', async () => {
    const mock = new ContractMock(SAMPLE_API);
    const answer = await mock.request({ method: 'GET', url: `${BASE}/items?limit=x`, headers: BEARER });
    expect(answer.headers).toMatchObject({ 'x-contract-refusal': 'contract_parameter', 'content-type': 'application/problem+json' });
    expect(JSON.parse(new TextDecoder().decode(answer.body))).toMatchObject({
      code: 'contract_parameter',
      faults: [{ at: 'query.limit', message: 'must be integer' }],
    });
    expect(mock.refused).toHaveLength(1);
  });
});

describe('a large description', () => {
  it('is read operation by operation: what nobody asks for may even be broken', async () => {
    const broken = { get: { parameters: [{ $ref: '#/nowhere' }], responses: {} } };
    const paths = Object.fromEntries(Array.from({ length: 5000 }, (_one, index) => [`/things${index}/{id}`, broken]));
    const good = { get: { responses: { 204: { description: 'ok' } } } };
    const mock = new ContractMock(
      JSON.stringify({ openapi: '3.0.0', servers: [{ url: 'https://api.example.com' }], paths: { ...paths, '/good': good } }),
    );
    expect(mock.operations).toHaveLength(5001);
    expect((await mock.request({ method: 'GET', url: 'https://api.example.com/good' })).status).toBe(204);
    expect(await mock.request({ method: 'GET', url: 'https://api.example.com/things7/a' })).toMatchObject({
      status: 500,
      headers: { 'x-contract-refusal': 'contract_schema' },
    });
  });
});

describe('answers', () => {
  const get = async (request: Omit<MockRequest, 'headers'>, options: ContractMockOptions = {}) => {
    const answer = await new ContractMock(SAMPLE_API, options).request({ headers: JSON_, ...request });
    return { ...answer, text: new TextDecoder().decode(answer.body) };
  };

  it('come from the example, else from the schema, the same each time', async () => {
    expect(JSON.parse((await get({ method: 'GET', url: `${BASE}/items/i1` })).text)).toEqual({ id: 'i1', name: 'Table', price: 3 });
    const made = await get({ method: 'POST', url: `${BASE}/items`, body: '{"name":"a","price":1}' });
    expect(made.status).toBe(201);
    expect(JSON.parse(made.text)).toMatchObject({ name: 'Chair', price: 1 });
    expect((await get({ method: 'POST', url: `${BASE}/items`, body: '{"name":"a","price":1}' })).text).toBe(made.text);
  });

  it('that were made up end their list', async () => {
    const body: unknown = JSON.parse((await get({ method: 'GET', url: `${BASE}/items` })).text);
    expect(body).toMatchObject({ has_more: false });
    expect(body).not.toHaveProperty('next');
  });

  it('may be given by operation', async () => {
    const answers = { listItems: { status: 206, body: { data: [] } }, 'GET /items/{id}': { body: 'plain' } };
    expect(await get({ method: 'GET', url: `${BASE}/items` }, { answers })).toMatchObject({ status: 206, text: '{"data":[]}' });
    expect(await get({ method: 'GET', url: `${BASE}/items/a` }, { answers })).toMatchObject({ status: 200, text: 'plain' });
  });

  it('go over HTTP as well', async () => {
    const mock = new ContractMock(SAMPLE_API);
    const served = await serveMock(mock, { origin: 'https://eu.example.com' });
    try {
      const good = await fetch(`${served.origin}/v1/items`, { method: 'POST', headers: JSON_, body: '{"name":"a","price":1}' });
      expect([good.status, await good.json()]).toMatchObject([201, { name: 'Chair' }]);
      expect((await fetch(`${served.origin}/v1/items?limit=x`, { headers: BEARER })).status).toBe(400);
      expect(mock.calls.map(({ refusal }) => refusal?.code ?? null)).toEqual([null, 'contract_parameter']);
    } finally {
      await served.close();
    }
  });
});
