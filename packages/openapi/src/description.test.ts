import { UserError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { readDescription, toDescription } from './description.ts';
import { listOperations, readOperation } from './read-operation.ts';
import { securitySchemes } from './security-schemes.ts';
import { documentServers, serverUrl } from './servers.ts';

function code(action: () => unknown): unknown {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof UserError) return [thrown.code, thrown.details?.['line']];
    throw thrown;
  }
}

const V2 = `
swagger: '2.0'
info: { title: x, version: '1' }
host: api.example.com
basePath: /v1
consumes: [application/json]
produces: [application/json]
securityDefinitions: { login: { type: basic }, app: { type: oauth2, flow: application, tokenUrl: 'https://a.example.com/t', scopes: { a: b } } }
parameters: { limit: { name: limit, in: query, type: integer, maximum: 10 } }
responses: { Gone: { description: gone, schema: { type: object } } }
paths:
  x-note: { get: {} }
  /a/{id}:
    parameters: [{ name: id, in: path, type: string }, { $ref: '#/parameters/limit' }]
    get:
      parameters: [{ name: limit, in: query, type: integer, maximum: 5 }, { name: ids, in: query, type: array, items: { type: string }, collectionFormat: pipes }, { name: Accept, in: header, type: string }]
      responses: { 200: { description: ok, schema: { type: array, items: { type: string } }, examples: { application/json: [a] } }, 410: { $ref: '#/responses/Gone' } }
    put: { parameters: [{ name: b, in: body, required: true, schema: { type: object } }], responses: {} }
    post: { consumes: [multipart/form-data], parameters: [{ name: f, in: formData, type: file, required: true }, { name: t, in: formData, type: array, items: { type: string }, collectionFormat: csv }], responses: {} }
`;

describe('reading a description', () => {
  it.each([
    ['JSON', '{"openapi":"3.0.3","paths":{}}', '3.0'],
    ['JSON with a byte order mark', '\uFEFF{"openapi":"3.1.0","paths":{}}', '3.1'],
    ['YAML', 'openapi: 3.1.0\npaths: {}', '3.1'],
    ['YAML in braces', "{openapi: '3.0.0', paths: {}}", '3.0'],
    ['a number for the version', 'swagger: 2.0\npaths: {}', '2.0'],
    ['webhooks alone', '{"openapi":"3.1.0","webhooks":{}}', '3.1'],
  ])('takes %s', (_name, text, version) => {
    expect(readDescription(text).version).toBe(version);
  });

  it.each([
    ['a web page', '<!doctype html>', ['description_unreadable', undefined]],
    ['broken YAML', 'openapi: 3.0.0\npaths: {\n', ['description_unreadable', 3]],
    ['a list', '[1]', ['description_unreadable', undefined]],
    ['another version', '{"swagger":"1.2","paths":{}}', ['description_version', undefined]],
    ['no version', '{"paths":{}}', ['description_version', undefined]],
    ['a part of a description', '{"openapi":"3.0.0","components":{}}', ['description_no_paths', undefined]],
    [
      'aliases without end',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
        .join('\n')}`,
      ['description_unreadable', undefined],
    ],
  ])('refuses %s in words', (_name, text, expected) => {
    expect(code(() => readDescription(text))).toEqual(expected);
  });

  it('bounds size and depth', () => {
    expect(code(() => readDescription('x'.repeat(11), { maxChars: 10 }))).toEqual(['description_too_large', undefined]);
    const deep = JSON.parse(`{"openapi":"3.0.0","paths":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`) as unknown;
    expect(code(() => toDescription(deep))).toEqual(['description_too_large', undefined]);
  });
});

describe('version 2 in the words of version 3', () => {
  const v2 = readDescription(V2);

  it('servers and sign-in', () => {
    expect(documentServers(v2).map((server) => serverUrl(server))).toEqual(['https://api.example.com/v1']);
    expect(securitySchemes(v2)).toMatchObject([
      { name: 'login', type: 'http', scheme: 'basic' },
      { name: 'app', type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.example.com/t', scopes: { a: 'b' } } } },
    ]);
  });

  it('lists paths only', () => {
    expect(listOperations(v2).map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /a/{id}', 'PUT /a/{id}', 'POST /a/{id}']);
  });

  it('parameters: the operation’s win over the path’s, lists have styles, headers of the body say nothing', () => {
    const { parameters, answers } = readOperation(v2, 'get', '/a/{id}');
    expect(parameters).toMatchObject([
      { name: 'id', required: true },
      { name: 'limit', schema: { maximum: 5 } },
      { name: 'ids', style: 'pipeDelimited', explode: false },
    ]);
    expect(answers).toMatchObject([
      { status: '200', content: { 'application/json': { example: ['a'] } } },
      { status: '410', description: 'gone' },
    ]);
  });

  it('bodies and forms', () => {
    expect(readOperation(v2, 'PUT', '/a/{id}').body).toMatchObject({
      required: true,
      content: { 'application/json': { schema: { type: 'object' } } },
    });
    expect(readOperation(v2, 'POST', '/a/{id}').body?.content).toMatchObject({
      'multipart/form-data': { schema: { properties: { f: { format: 'binary' } }, required: ['f'] }, encoding: { t: { explode: false } } },
    });
  });

  it('an operation that is not there is an error', () => {
    expect(code(() => readOperation(v2, 'GET', '/b'))).toEqual(['operation_unknown', undefined]);
  });
});
