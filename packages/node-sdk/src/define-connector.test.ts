import { UserError } from '@millwright/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { action, type ConnectorActionSpec } from './connector/connector-action.ts';
import type { ConnectorSpec } from './connector/connector.ts';
import { bearer, oauth2 } from './connector/auth-kinds.ts';
import { openField } from './connector/credential-field.ts';
import { idempotent, type WriteSafety } from './connector/idempotency.ts';
import { link } from './connector/pages.ts';
import { hmac, type ConnectorTriggerSpec } from './connector/triggers.ts';
import { defineConnector } from './define-connector.ts';

const id = z.string().meta({ title: 'Id' });
const plain = {
  title: 'Get thing',
  description: 'Reads a thing.',
  effect: 'read' as const,
  input: z.strictObject({ id }),
  request: { get: '/things/{{id}}' },
  output: { schema: z.object({ id: z.string() }), sample: { id: 'a' } },
  example: { id: 'a' },
};
const trigger: ConnectorTriggerSpec = {
  title: 'Thing changed',
  description: 'When a thing changes.',
  input: z.strictObject({ id }),
  output: plain.output,
  example: plain.example,
  webhook: {
    verify: hmac('sha256', {
      header: 'x-sig',
      secret: 'kept.secret',
    }),
    dedupe: 'id',
  },
};
const spec: ConnectorSpec = {
  key: 'trial',
  title: 'Trial',
  version: '1.0.0',
  categories: ['crm'],
  baseUrl: 'https://api.example.com',
  auth: {
    token: bearer(),
    oauth: oauth2({
      authorizeUrl: 'https://a.example.com',
      tokenUrl: 'https://a.example.com/t',
      fields: [openField('region', 'Region')],
    }),
  },
  test: { get: '/me' },
  errors: { message: 'body.message' },
  pages: { links: link({ items: 'body' }) },
  actions: { 'thing.get': action(plain) },
};

function faults(changed: Partial<ConnectorSpec>): readonly string[] {
  try {
    defineConnector({ ...spec, ...changed });
    return [];
  } catch (thrown) {
    return thrown instanceof UserError ? (thrown.details?.['faults'] as readonly string[]) : [String(thrown)];
  }
}

const one = (
  changed: Partial<ConnectorActionSpec<z.ZodObject, typeof plain.output.schema>>,
  key = 'thing.get',
): Partial<ConnectorSpec> => ({
  actions: { [key]: action({ ...plain, ...changed } as typeof plain) },
});

describe('a connector', () => {
  it('is a node package whose actions are node types, with its kinds of credentials as data', () => {
    const { nodes, credentialTypes, connector } = defineConnector({
      ...spec,
      actions: { 'thing.get': action(plain), 'thing.list': action({ ...plain, pages: 'links', request: { get: '/things' } }) },
    });
    expect(nodes.map(({ info }) => [info.type, info.title, info.effect])).toEqual([
      ['trial.thing.get', 'Trial: Get thing', 'read'],
      ['trial.thing.list', 'Trial: Get thing', 'read'],
    ]);
    expect(nodes[1]?.info.parameters).toMatchObject({ properties: { id: {}, maxItems: { default: 100 } } });
    expect(nodes[0]?.info.credentials).toEqual([{ name: 'auth', types: ['trial.token', 'trial.oauth'], required: true }]);
    expect(credentialTypes.map(({ type, hosts, test }) => ({ type, hosts, test }))).toEqual([
      { type: 'trial.token', hosts: ['api.example.com'], test: { request: { get: '/me' } } },
      { type: 'trial.oauth', hosts: ['api.example.com'], test: { request: { get: '/me' } } },
    ]);
    expect(JSON.parse(JSON.stringify(credentialTypes))).toEqual(credentialTypes);
    expect(connector.retry.on).toContain(503);
  });

  it.each([
    ['header', idempotent.header('Idempotency-Key'), 'resend', 10],
    ['natural', idempotent.natural('id'), 'resend', 10],
    ['lookup', idempotent.lookup({ get: '/things/{{id}}' }, 'body'), 'resend', 1],
    ['unsafe', idempotent.unsafe(), 'ask', 1],
  ] as const)('a write by %s: what a lost answer means, and how many go side by side', (_name, effect, onLostAnswer, window) => {
    const [node] = defineConnector({
      ...spec,
      actions: { 'thing.put': action({ ...plain, effect, request: { put: '/things/{{id}}' } }) },
    }).nodes;
    expect(node?.info).toMatchObject({ effect: 'write', onLostAnswer, window });
  });

  it('a write by a key says how long the service knows it, and no other write does', () => {
    const infoOf = (effect: WriteSafety) =>
      defineConnector({ ...spec, actions: { 'thing.put': action({ ...plain, effect, request: { put: '/things/{{id}}' } }) } }).nodes[0]
        ?.info;
    expect(infoOf(idempotent.header('Idempotency-Key'))).toMatchObject({ keyTtlMs: 86_400_000 });
    expect(infoOf(idempotent.header('Idempotency-Key', { ttl: '90m' }))).toMatchObject({ keyTtlMs: 5_400_000 });
    expect(infoOf(idempotent.natural('id'))).not.toHaveProperty('keyTtlMs');
    expect(() => infoOf(idempotent.header('Idempotency-Key', { ttl: '0h' }))).toThrow(/no time for which the service knows a key/);
  });

  it('the input of an action types its slots', () => {
    action({
      ...plain,
      effect: idempotent.unsafe(),
      input: z.strictObject({ id, count: z.int().default(1).meta({ title: 'Count' }) }),
      request: {
        post: '/things',
        body: ({ input }) => {
          expectTypeOf(input).toEqualTypeOf<{ id: string; count: number }>();
          return { ...input };
        },
      },
      output: {
        ...plain.output,
        // @ts-expect-error what comes out is checked against the schema
        map: () => ({ id: 1 }),
      },
      example: { id: 'a' },
    });
  });
});

describe('what keeps a connector from loading, and what to write', () => {
  it.each<[string, Partial<ConnectorSpec>, string]>([
    [
      'a list without paging',
      one({ request: { get: '/things' } }, 'thing.list'),
      "actions.thing.list gives a list but says not how it goes on: write pages: '<name>', or single({ items: 'body' }) where everything comes at once",
    ],
    ['paging that is not there', one({ pages: 'other' }), 'actions.thing.get.pages "other" is not in pages: write one of links'],
    [
      'a list that sends by itself',
      one({ pages: 'links', run: () => Promise.resolve({ id: 'a' }) }),
      'actions.thing.get has both pages and run',
    ],
    [
      'a write that says it reads',
      one({ request: { delete: '/things/{{id}}' } }),
      "actions.thing.get.effect is 'read' but it sends DELETE",
    ],
    [
      'a read that says it writes',
      one({ effect: idempotent.unsafe() }),
      "actions.thing.get.effect says that it writes but it sends GET: write effect: 'read'",
    ],
    [
      'a natural key that is no field',
      one({ effect: idempotent.natural('email'), request: { post: '/things' } }),
      'actions.thing.get.effect: idempotent.natural names "email", which is not in input',
    ],
    [
      'a key that goes nowhere',
      one({ effect: idempotent.header(null), request: { post: '/things', body: {} } }),
      'actions.thing.get.effect: the key goes into no header and no body',
    ],
    [
      'a template that names nothing',
      one({ request: { get: '/things/{{name}}' } }),
      'actions.thing.get.request: {{name}} names nothing: write one of id, idempotencyKey',
    ],
    [
      'a template that reads a secret',
      one({ request: { get: '/things', query: { key: '{{auth.token}}' } } }),
      'actions.thing.get.request: {{auth.token}} is secret or unknown: templates read open fields only (region); the runtime signs',
    ],
    [
      'a template that computes',
      one({ request: { get: '/things/{{id + 1}}' } }),
      'actions.thing.get.request: {{id + 1}} is no path: write {{field}}, or use a function in this slot',
    ],
    [
      'another host',
      one({ request: { get: 'https://evil.example.net/x' } }),
      'actions.thing.get.request: evil.example.net is not in hosts: add it there, or call one that is',
    ],
    ['an example that its input refuses', one({ example: {} }), 'actions.thing.get.example does not fit input: id'],
    ['a limit that is not there', one({ limit: 'search' }), 'actions.thing.get.limit "search" is not in limits'],
    ['an auth that is not there', one({ auth: ['key'] }), 'actions.thing.get.auth "key" is not in auth: write one of token, oauth'],
    ['a base that is not https', { baseUrl: 'http://api.example.com' }, 'baseUrl "http://api.example.com": write an https address'],
    ['a base that is not among its hosts', { hosts: ['other.example.com'] }, 'hosts does not list api.example.com of baseUrl: add it'],
    ['a host that is every host', { hosts: ['*', 'api.example.com'] }, 'hosts: "*" is no name'],
    [
      'a token endpoint that is not https',
      { auth: { oauth: oauth2({ authorizeUrl: 'https://a.example.com', tokenUrl: 'http://a.example.com/t' }) } },
      'auth.oauth.tokenUrl "http://a.example.com/t": secrets go there: write an https address',
    ],
    ['no way to sign in', { auth: {} }, 'auth is empty: write how to sign in, or { open: none() }'],
    [
      'a trigger without dedupe',
      { triggers: { changed: { ...trigger, webhook: { verify: hmac('sha256', { header: 'x', secret: 'kept.secret' }), dedupe: '' } } } },
      'triggers.changed.webhook.dedupe is missing',
    ],
    [
      'a poll of what is no list',
      { triggers: { changed: { ...trigger, poll: { use: 'thing.get', every: '5m', cursor: { field: 'at' }, dedupe: 'id' } } } },
      'triggers.changed.poll.use "thing.get" gives no list: name an action with pages',
    ],
    [
      'a subscription that is never undone',
      {
        triggers: {
          changed: {
            ...trigger,
            webhook: {
              verify: hmac('sha256', { header: 'x', secret: 'kept.secret' }),
              dedupe: 'id',
              subscribe: { post: '/hooks', body: { url: '{{callback.url}}' }, keep: {} },
            },
          },
        },
      },
      'triggers.changed.webhook.unsubscribe is missing',
    ],
    [
      'a sample that does not fit',
      {
        triggers: { changed: { ...trigger, output: { schema: z.object({ n: z.int() }), sample: { n: 'x' } } } },
      },
      'triggers.changed.output.sample does not fit its schema: n',
    ],
  ])('%s', (_name, changed, message) => {
    expect(faults(changed)).toEqual([expect.stringContaining(message)]);
  });

  it('all faults are told at once', () => {
    expect(faults({ key: 'My App', version: '1', categories: [], ...one({ request: { get: 'things/{{name}}' } }) })).toHaveLength(5);
  });

  it('a package whose list of actions came from outside TypeScript without an effect is told what to write', () => {
    const { effect: _, ...without } = plain;
    expect(faults({ actions: { 'thing.get': action(without as typeof plain) } })[0]).toContain(
      "effect is missing: write 'read', or what keeps the write from being done twice",
    );
  });
});
