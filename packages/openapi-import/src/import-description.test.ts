import { UserError } from '@millwright/core';
import { defineConnector } from '@millwright/node-sdk';
import { readDescription, toDescription } from '@millwright/openapi';
import { describe, expect, it } from 'vitest';
import { fetchDescription } from './fetch-description.ts';
import { importDescription } from './import-description.ts';
import { readOverlay } from './overlay.ts';
import { proveImport } from './testing/prove-import.ts';
import { SWAGGER_SAMPLE } from './testing/swagger-sample.ts';
import { toConnectorSpec } from './to-connector.ts';

const sample = readDescription(SWAGGER_SAMPLE);
const imported = importDescription(sample);

function problem(action: () => unknown): UserError {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
  throw new Error('it should have been refused');
}

const simple = (paths: object, more: object = {}) =>
  toDescription({ openapi: '3.1.0', info: { title: 'T', version: '1' }, servers: [{ url: 'https://api.example.com' }], paths, ...more });
const ok = { responses: { 200: { description: 'ok' } } };

describe('an import', () => {
  it('makes a connector that loads, and is data', () => {
    const { nodes } = defineConnector(toConnectorSpec(JSON.parse(JSON.stringify(imported)) as typeof imported));
    expect(nodes.map(({ info }) => info.type)).toEqual([
      'petstore.pets.list',
      'petstore.pets.addPet',
      'petstore.pets.get',
      'petstore.pets.replace',
      'petstore.pets.deletePet',
      'petstore.pets.uploadPhoto',
      'petstore.pets.searchPets',
    ]);
  });

  it('writes plain words: titles without markup, labels from names', () => {
    expect(imported.actions['pets.list']).toMatchObject({
      title: 'Lists pets',
      input: { properties: { filterFrom: { title: 'Filter from' } } },
    });
    expect(imported.actions['pets.addPet']?.title).toBe('Add pet');
  });

  it('guesses where the API is and how to sign in', () => {
    expect(imported).toMatchObject({
      baseUrl: 'https://pets.example.com/v2',
      hosts: ['pets.example.com'],
      auth: { oauth: { kind: 'oauth2', scopes: ['read', 'write'] }, apiKey: { kind: 'apiKey', in: 'header', name: 'api_key' } },
    });
  });

  it('guesses paging and keeps its parameters out of the form', () => {
    const list = imported.actions['pets.list'];
    expect(list?.pages).toEqual({ kind: 'page', items: 'body', size: ['query.per_page', 50], send: 'query.page' });
    expect(Object.keys((list?.input['properties'] ?? {}) as object)).toEqual(['state', 'filterFrom']);
  });

  it('guesses what keeps a write from being done twice', () => {
    const effects = Object.fromEntries(
      Object.entries(imported.actions).map(([key, { effect }]) => [key, effect === 'read' ? 'read' : effect.by]),
    );
    expect(effects).toEqual({
      'pets.list': 'read',
      'pets.addPet': 'header',
      'pets.get': 'read',
      'pets.replace': 'natural',
      'pets.deletePet': 'natural',
      'pets.uploadPhoto': 'unsafe',
      'pets.searchPets': 'read',
    });
  });

  it('guesses dropdowns for ids from the list of their collection', () => {
    expect(imported.options).toEqual({ petsById: { request: { get: '/pets' }, items: 'body', value: 'id', label: 'name' } });
    expect(imported.actions['pets.get']?.input).toMatchObject({ properties: { petId: { field: { load: { options: 'petsById' } } } } });
  });

  it('guesses where the vendor says what is wrong', () => {
    expect(imported.errors).toEqual({ message: 'body.error.message', code: 'body.error.code' });
  });

  it('leaves out what cannot be read, and says so', () => {
    expect(imported.skipped).toEqual([{ operation: 'GET /broken', why: '"#/parameters/nowhere" points at nothing' }]);
  });

  it('sends requests that the description accepts', async () => {
    expect(await proveImport(readDescription(SWAGGER_SAMPLE.replace(/ {2}\/broken:\n.*\n/, '')), 'https://x.io')).toMatchObject({
      operations: 7,
      accepted: 7,
      faults: [],
    });
  });

  it('needs an address from somewhere', () => {
    const lost = toDescription({ openapi: '3.0.0', info: { title: 'x', version: '1' }, paths: { '/a': { get: ok } } });
    expect(problem(() => importDescription(lost))).toMatchObject({ code: 'description_no_server' });
    const relative = toDescription({
      openapi: '3.0.0',
      info: { title: 'x', version: '1' },
      servers: [{ url: '/api' }],
      paths: { '/a': { get: ok } },
    });
    expect(importDescription(relative, { origin: 'https://h.example.com/docs/openapi.json' }).baseUrl).toBe('https://h.example.com/api');
    expect(importDescription(lost, { overlay: readOverlay({ baseUrl: 'https://b.example.com/' }) }).baseUrl).toBe('https://b.example.com');
  });

  it('asks with the connection for what each customer has differently', () => {
    const own = simple(
      { '/a': { get: ok } },
      {
        servers: [
          {
            url: 'https://{tenant}.example.com/{version}',
            variables: { tenant: { default: 'acme' }, version: { default: 'v2', enum: ['v1', 'v2'] } },
          },
        ],
        components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      },
    );
    expect(importDescription(own)).toMatchObject({
      baseUrl: 'https://{{auth.tenant}}.example.com/v2',
      hosts: ['*.example.com'],
      auth: {
        token: {
          fields: [
            { name: 'token', secret: true },
            { name: 'tenant', secret: false, placeholder: 'acme' },
          ],
        },
      },
    });
  });

  it('bounds a huge description, naming its parts', () => {
    const many = simple(
      Object.fromEntries(
        Array.from({ length: 600 }, (_one, index) => [`/things${index}`, { get: { ...ok, tags: [index % 2 === 0 ? 'even' : 'odd'] } }]),
      ),
    );
    expect(problem(() => importDescription(many))).toMatchObject({
      code: 'description_too_many_operations',
      details: { operations: 600, tags: ['even', 'odd'] },
    });
    expect(Object.keys(importDescription(many, { overlay: { only: ['odd'] } }).actions)).toHaveLength(300);
    expect(problem(() => importDescription(many, { overlay: { only: ['none'] } }))).toMatchObject({ code: 'description_no_operations' });
  });

  it('ends where schemas contain themselves', async () => {
    const node = {
      type: 'object',
      required: ['next'],
      properties: { next: { $ref: '#/components/schemas/Node' }, any: { allOf: [{ $ref: '#/components/schemas/Node' }] } },
    };
    const tree = simple(
      {
        '/nodes': {
          post: {
            ...ok,
            requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } } },
          },
        },
      },
      {
        components: {
          schemas: {
            Node: node,
            Tree: {
              type: 'object',
              required: ['name'],
              properties: {
                name: { type: 'string' },
                root: { $ref: '#/components/schemas/Node' },
                children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
              },
            },
          },
        },
      },
    );
    expect(await proveImport(tree, 'https://x.io')).toMatchObject({ operations: 1, accepted: 1 });
    const loop = simple(
      { '/a': { post: { ...ok, requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } } } } },
      { components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } } },
    );
    expect(importDescription(loop).skipped).toMatchObject([
      { operation: 'POST /a', why: expect.stringContaining('refers to itself') as string },
    ]);
  });
});

describe('an overlay', () => {
  it('renames, hides, groups and says what a write is', () => {
    const overlay = readOverlay({
      title: 'Pets',
      key: 'pets',
      actions: {
        addPet: {
          title: 'New pet',
          group: 'animals',
          effect: { by: 'unsafe' },
          fields: { weight: { hide: true }, name: { title: 'Call it' } },
        },
        'GET /pets': { hide: true },
        deletePet: { key: 'pet.remove' },
      },
    });
    const { actions, key } = importDescription(sample, { overlay });
    expect(key).toBe('pets');
    expect(Object.keys(actions)).not.toContain('pets.list');
    expect(Object.keys(actions)).toContain('pet.remove');
    expect(actions['animals.addPet']).toMatchObject({
      title: 'New pet',
      effect: { by: 'unsafe' },
      input: { properties: { name: { title: 'Call it' } } },
    });
    expect(JSON.stringify([actions['animals.addPet']?.input, actions['animals.addPet']?.request])).not.toContain('weight');
    expect(defineConnector(toConnectorSpec(importDescription(sample, { overlay }))).nodes).toHaveLength(6);
  });

  it('is refused by place', () => {
    expect(problem(() => readOverlay({ actions: { addPet: { titel: 'x' } } }))).toMatchObject({
      code: 'overlay_invalid',
      details: { field: 'actions.addPet' },
    });
  });
});

describe('a description by address', () => {
  const port = (status: number, text: string) => ({
    request: ({ url }: { readonly url: string }) => Promise.resolve({ status, body: new TextEncoder().encode(text), url: `${url}#moved` }),
  });

  it('goes through the one way out and keeps where it was found', async () => {
    const { description, origin } = await fetchDescription('https://x.io/api.yaml', port(200, SWAGGER_SAMPLE));
    expect([description.version, origin]).toEqual(['2.0', 'https://x.io/api.yaml#moved']);
  });

  it('that is none is said in words', async () => {
    await expect(fetchDescription('https://x.io', port(404, ''))).rejects.toMatchObject({ code: 'description_not_found' });
    await expect(fetchDescription('https://x.io', port(200, '<!doctype html>'))).rejects.toMatchObject({ code: 'description_unreadable' });
  });
});
