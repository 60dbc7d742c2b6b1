import { ConnectorError } from '@millwright/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OptionsQuery } from '../../deps.ts';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../../testing/test-server.ts';

const asked: OptionsQuery[] = [];
let count = 2;
let server: TestServer;
let owner: Visitor;
let editor: Visitor;
let viewer: Visitor;

beforeAll(async () => {
  server = await startTestServer({
    loadOptions: async (query) => {
      asked.push(query);
      if (query.search === 'away')
        throw new ConnectorError('transient', { code: 'http_status_503', message: 'the shop is away', hint: 'Later.' });
      return Array.from({ length: count }, (_, n) => ({ value: `s${n}`, label: `Shelf ${n}` }));
    },
  });
  owner = await createOwner(server);
  editor = await createMember(server, owner, 'editor');
  viewer = await createMember(server, owner, 'viewer');
});
afterAll(() => server.remove());

const keyOf = async (by: Visitor, name: string): Promise<string> =>
  (await by.client.credentials.create({ body: { type: 'shop.key', name, fields: { key: 'k-12345678' } } })).id;
const ask = async (by: Visitor, auth: string | null, more: object = {}) =>
  by.client.nodeTypes.options({
    body: {
      type: 'shop.pick',
      version: 1,
      parameter: 'shelf',
      credentials: auth === null ? {} : { auth },
      parameters: { region: 'eu', other: 'stays here' },
      ...more,
    },
  });

describe('values of a parameter', () => {
  it('are read with the credential of the step, the fields that they depend on, and what was typed', async () => {
    const auth = await keyOf(editor, 'One');
    expect(await ask(editor, auth, { search: 'she' })).toEqual({
      options: [
        { value: 's0', label: 'Shelf 0' },
        { value: 's1', label: 'Shelf 1' },
      ],
      more: false,
    });
    expect(asked.at(-1)).toMatchObject({ connectorKey: 'shop', name: 'shelves', credential: { credentialId: auth }, search: 'she' });
    expect(asked.at(-1)?.parameters).toEqual({ region: 'eu' });
  });

  it('are 100 at most, and it is said that there are more', async () => {
    count = 101;
    const { options, more } = await ask(editor, await keyOf(editor, 'Many'));
    expect([options.length, more]).toEqual([100, true]);
    count = 2;
  });

  it('are as many as asked for, and read again on request', async () => {
    count = 101;
    const auth = await keyOf(editor, 'More');
    const { options, more } = await ask(editor, auth, { limit: 200, refresh: true });
    expect([options.length, more]).toEqual([101, false]);
    expect(asked.at(-1)).toMatchObject({ maxItems: 201, isFresh: true });
    await expect(ask(editor, auth, { limit: 1001 })).rejects.toMatchObject({ status: 422 });
    count = 2;
  });

  it('need a credential that the person may use, of the right kind; nobody else’s is used, and viewers read none', async () => {
    const before = asked.length;
    const auth = await keyOf(owner, 'Of the owner');
    await expect(ask(editor, auth)).rejects.toMatchObject({ status: 403, code: 'credential_forbidden' });
    await expect(ask(editor, null)).rejects.toMatchObject({ status: 422, code: 'credential_missing' });
    const { id } = await editor.client.credentials.create({ body: { type: 'shop.oauth', name: 'Another kind' } });
    await expect(ask(editor, id)).rejects.toMatchObject({ status: 422, code: 'credential_type_wrong' });
    await expect(ask(viewer, auth)).rejects.toMatchObject({ status: 403 });
    expect(asked.length).toBe(before);
  });

  it('are refused in clear words: no such list, a field that is empty or an expression, a service that is away', async () => {
    const auth = await keyOf(editor, 'Two');
    await expect(ask(editor, auth, { parameter: 'region' })).rejects.toMatchObject({ status: 404, code: 'options_unknown' });
    await expect(ask(editor, auth, { parameters: {} })).rejects.toMatchObject({ status: 422, code: 'options_need_field' });
    await expect(ask(editor, auth, { parameters: { region: '{{ $json.region }}' } })).rejects.toMatchObject({ code: 'options_need_value' });
    await expect(ask(editor, auth, { search: 'away' })).rejects.toMatchObject({ status: 502, code: 'http_status_503' });
  });
});
