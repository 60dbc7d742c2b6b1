import {
  action,
  bearer,
  cursor,
  defineConnector,
  hmac,
  idempotent,
  z,
  type ConnectorPackage,
  type ConnectorSpec,
} from '@millwright/node-sdk';
import { connectorCases } from '@millwright/node-sdk/testing';
import { describe, expect, it } from 'vitest';
import { openConnectorBench, type ConnectorProof } from './connectors.ts';

const schema = { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } }, required: ['id'] };
const json = (inner: object, example: unknown) => ({ 'application/json': { schema: inner, example } });
const DESCRIPTION = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Things', version: '1' },
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/things': {
      get: {
        parameters: [{ name: 'after', in: 'query', schema: { type: 'string' } }],
        responses: { 200: { description: 'ok', content: json({ type: 'object' }, { data: [{ id: 1 }] }) } },
      },
      post: {
        requestBody: {
          required: true,
          content: json(
            { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false },
            undefined,
          ),
        },
        responses: { 201: { description: 'ok', content: json(schema, { id: 1 }) } },
      },
    },
  },
});

const text = z.string().meta({ title: 'Name' });
const output = { schema: z.object({ id: z.int() }), sample: { id: 1 } };
const list = action({
  title: 'List',
  description: 'Lists.',
  effect: 'read',
  pages: 'after',
  example: {},
  output,
  input: z.strictObject({ kind: text.optional() }),
  request: { get: '/things' },
});
const create = action({
  title: 'Create',
  description: 'Creates.',
  effect: idempotent.unsafe(),
  example: { name: 'a' },
  output,
  input: z.strictObject({ name: text }),
  request: { post: '/things', body: { name: '{{name}}' } },
});
const spec: ConnectorSpec = {
  key: 'things',
  title: 'Things',
  version: '1.0.0',
  categories: ['x'],
  baseUrl: 'https://api.example.com',
  test: null,
  auth: { token: bearer() },
  errors: { message: 'body.message' },
  pages: { after: cursor({ items: 'body.data', send: 'query.after', from: 'body.next' }) },
  actions: { 'thing.list': list, 'thing.create': create },
  triggers: {
    made: {
      title: 'Made',
      description: 'When made.',
      output,
      input: z.strictObject({}),
      example: {},
      webhook: { verify: hmac('sha256', { header: 'x-sig', secret: 'kept.secret' }), dedupe: 'id' },
    },
  },
};
const proof: ConnectorProof = { contract: '-', triggers: { made: { body: '{"id":1}' } } };

/** What the suite finds, by what each case proves. */
async function broken(changed: Partial<ConnectorSpec>): Promise<readonly string[]> {
  const nodePackage: ConnectorPackage = defineConnector({ ...spec, ...changed });
  const found: string[] = [];
  for (const { proves, run } of connectorCases(nodePackage, () => openConnectorBench(nodePackage, DESCRIPTION, proof)))
    await run().catch(() => found.push(proves));
  return found;
}

describe('the conformance suite', () => {
  it('finds nothing in a connector that is right', async () => {
    expect(await broken({})).toEqual([]);
  });

  it('finds a request that the description refuses', async () => {
    const wrong = { ...create, request: { post: '/things', body: { title: '{{name}}' } } };
    expect(await broken({ actions: { 'thing.list': list, 'thing.create': wrong } })).toContain('contract');
  });

  it('finds an output that does not fit', async () => {
    const wrong = action({
      ...list,
      output: { at: 'missing', schema: z.object({ id: z.int() }), sample: { id: 1 } },
    } as unknown as Parameters<typeof action>[0]);
    expect(await broken({ actions: { 'thing.list': wrong } })).toContain('contract');
  });

  it('finds an input that takes anything', async () => {
    const wrong = { ...create, input: z.object({ name: z.json().optional().meta({ title: 'Name' }) }) };
    expect(await broken({ actions: { 'thing.list': list, 'thing.create': wrong } })).toContain('badInput');
  });

  it('finds a list that stops after its first page', async () => {
    const wrong = { ...list, pages: cursor({ items: 'body.data', send: 'query.cursor', from: 'body.next' }) };
    expect(await broken({ actions: { 'thing.list': wrong, 'thing.create': create } })).toContain('pages');
  });

  it('finds a connector that gives up too early', async () => {
    expect(await broken({ retry: { on: [429] } })).toContain('failures');
    expect(await broken({ retry: { tries: 1 } })).toEqual(expect.arrayContaining(['rate', 'failures']));
  });
});
