import type { ApiError } from '@millwright/client';
import { newId } from '@millwright/core';
import { sketchDocument } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../../testing/test-server.ts';

const SECRET = 'canary-4f1d-of-the-shop';

let server: TestServer;
let owner: Visitor;
let editor: Visitor;
let viewer: Visitor;
let names = 0;

beforeAll(async () => {
  server = await startTestServer();
  owner = await createOwner(server);
  editor = await createMember(server, owner, 'editor');
  viewer = await createMember(server, owner, 'viewer');
});
afterAll(() => server.remove());

const create = async (by: Visitor, fields: Record<string, string> = { key: SECRET, region: 'eu' }) =>
  by.client.credentials.create({ body: { type: 'shop.key', name: `Shop ${++names}`, fields } });
const idOf = async (person: Visitor): Promise<string> => {
  const { user } = await person.client.session.get();
  return user.id;
};
/** A draft whose one step names a credential. */
async function draftWith(by: Visitor, credentialId: string): Promise<string> {
  const { id: workflowId } = await by.client.workflows.create({ body: { name: `Uses ${++names}` } });
  const { revision } = await by.client.drafts.get({ workflowId });
  const document = sketchDocument(
    'Uses',
    [
      ['hook', 'core.webhook', {}],
      ['edit', 'core.editFields', {}],
    ],
    ['hook -> edit'],
  );
  const nodes = document.nodes.map((node) => (node.id === 'edit' ? { ...node, credentials: { auth: credentialId } } : node));
  await by.client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
  return workflowId;
}

describe('stored credentials', () => {
  it('A113: show everything but secrets, in no answer, row, audit line or log', async () => {
    const made = await create(editor);
    expect(made).toMatchObject({
      fields: { region: 'eu' },
      secretFields: ['key'],
      health: { status: 'untested' },
      hosts: ['api.shop.example', '*.shop.example'],
      owner: { name: 'editor' },
      access: 'manage',
      connect: 'fields',
      sharedWith: [],
      usedBy: [],
    });
    const answers = [made, await editor.client.credentials.get({ credentialId: made.id }), await owner.client.credentials.list()];
    expect(JSON.stringify(answers)).not.toContain(SECRET);
    const dump: string[] = [];
    for (const { name } of await server.sql(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    ))
      dump.push(JSON.stringify(await server.sql(`select t::text from "${String(name)}" t`)));
    expect(dump.join('')).toContain(made.id);
    expect(dump.join('')).not.toContain(SECRET);
    expect(dump.join('')).not.toContain(Buffer.from(SECRET).toString('hex'));
  });

  it('refuse what is no field, too little, and a name that is taken, without repeating a value', async () => {
    const { name } = await create(editor);
    const asked = async (body: Record<string, unknown>) =>
      editor.client.credentials.create({ body: { type: 'shop.key', name: `Other ${++names}`, ...body } as never }).then(
        () => null,
        (thrown: unknown) => thrown as ApiError,
      );
    expect(await asked({ fields: { key: SECRET, extra: SECRET } })).toMatchObject({ code: 'credential_field_unknown' });
    expect(await asked({ fields: {} })).toMatchObject({ code: 'credential_field_missing' });
    expect(await asked({ fields: { key: `${SECRET}\nx` } })).toMatchObject({ code: 'credential_field_invalid' });
    expect(await asked({ type: 'nobody.knows', fields: {} })).toMatchObject({ code: 'credential_type_unknown' });
    expect(await asked({ name: name.toUpperCase(), fields: { key: 'x' } })).toMatchObject({ code: 'credential_exists', status: 409 });
    const foreign = await asked({ fields: { key: SECRET }, hosts: ['api.shop.example.evil.test'] });
    expect(foreign).toMatchObject({ code: 'credential_host_foreign' });
    expect(JSON.stringify(foreign)).not.toContain(SECRET);
    expect(await asked({ fields: { key: SECRET }, hosts: ['eu.shop.example'] })).toBeNull();
  });

  it('are deleted only when no draft and no live version names them; the refusal lists the workflows', async () => {
    const { id: credentialId } = await create(editor);
    const workflowId = await draftWith(editor, credentialId);
    await expect(editor.client.credentials.remove({ credentialId })).rejects.toMatchObject({
      code: 'credential_in_use',
      status: 409,
      uses: [{ workflowId, inDraft: true, isLive: false }],
    });
    await editor.client.workflows.publish({ workflowId, body: {} });
    const { revision, document } = await editor.client.drafts.get({ workflowId });
    const nodes = document.nodes.map((node) => ({ ...node, credentials: {} }));
    await editor.client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
    expect((await editor.client.credentials.get({ credentialId })).usedBy).toMatchObject([{ workflowId, inDraft: false, isLive: true }]);
    await expect(editor.client.credentials.remove({ credentialId })).rejects.toMatchObject({ uses: [{ isLive: true }] });
    await editor.client.workflows.publish({ workflowId, body: {} });
    await editor.client.credentials.remove({ credentialId });
    await expect(editor.client.credentials.get({ credentialId })).rejects.toMatchObject({ code: 'credential_unknown' });
  });
});

describe('sharing', () => {
  it('A36, A47: what is not shared does not show, nor count; a managers’ list has it', async () => {
    const { id: credentialId } = await create(owner);
    expect((await editor.client.credentials.list()).items.map(({ id }) => id)).not.toContain(credentialId);
    await expect(editor.client.credentials.get({ credentialId })).rejects.toMatchObject({ status: 404 });
    await owner.client.credentials.share({ credentialId, body: { grants: [{ kind: 'role', role: 'editor' }] } });
    expect(await editor.client.credentials.get({ credentialId })).toMatchObject({
      access: 'use',
      sharedWith: [{ kind: 'role', role: 'editor' }],
    });
    expect((await viewer.client.credentials.list()).items).toEqual([]);
    await owner.client.credentials.share({ credentialId, body: { grants: [{ kind: 'user', userId: await idOf(viewer) }] } });
    expect((await viewer.client.credentials.list()).items).toMatchObject([{ id: credentialId, access: 'use' }]);
  });

  it('A39: who may use one neither changes, tests, reconnects, shares nor deletes it', async () => {
    const { id: credentialId } = await create(owner);
    await owner.client.credentials.share({ credentialId, body: { grants: [{ kind: 'role', role: 'editor' }] } });
    const { credentials } = editor.client;
    for (const ask of [
      async () => credentials.update({ credentialId, body: { hosts: ['evil.shop.example'] } }),
      async () => credentials.test({ credentialId }),
      async () => credentials.startOauth({ credentialId, body: {} }),
      async () => credentials.startDevice({ credentialId, body: {} }),
      async () => credentials.share({ credentialId, body: { grants: [] } }),
      async () => credentials.remove({ credentialId }),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'credential_not_yours', status: 403 });
  });

  it('A40: a step that names a credential of somebody else is neither published nor tested, and the step is named', async () => {
    const { id: foreign } = await create(owner);
    for (const credentialId of [foreign, newId('credential'), 'cred_nonsense', '*']) {
      const workflowId = await draftWith(editor, credentialId);
      const refused = { code: 'credential_forbidden', status: 403, detail: expect.stringContaining('edit') as unknown };
      await expect(editor.client.workflows.publish({ workflowId, body: {} })).rejects.toMatchObject(refused);
      await expect(editor.client.workflows.startTestRun({ workflowId, body: { mode: 'whole', dryRun: false } })).rejects.toMatchObject(
        refused,
      );
    }
    await owner.client.credentials.share({ credentialId: foreign, body: { grants: [{ kind: 'role', role: 'editor' }] } });
    const workflowId = await draftWith(editor, foreign);
    await editor.client.workflows.startTestRun({ workflowId, body: { mode: 'whole', dryRun: false } });
    await editor.client.workflows.publish({ workflowId, body: {} });
  });

  it('A41: an owner, id or workspace in the body of a new one is refused', async () => {
    for (const more of [
      { ownerId: newId('user') },
      { workspaceId: newId('workspace') },
      { id: newId('credential') },
      { health: 'working' },
    ])
      await expect(
        editor.client.credentials.create({ body: { type: 'shop.key', name: 'Forged', fields: { key: 'x' }, ...more } as never }),
      ).rejects.toMatchObject({ status: 422 });
  });
});

describe('client apps', () => {
  it('are entered by admins, say what to enter at the vendor, and never show their secret', async () => {
    await expect(editor.client.clientApps.list()).rejects.toMatchObject({ status: 403 });
    const { items } = await owner.client.clientApps.list();
    const facts = { redirectUri: `${server.url}/oauth/callback`, scopes: ['orders'], consoleUrl: 'https://shop.example/console' };
    expect(items).toMatchObject([{ connectorKey: 'shop', clientId: null, hasSecret: false, ...facts }]);
    const { id: credentialId } = await editor.client.credentials.create({ body: { type: 'shop.oauth', name: 'Signed in' } });
    await expect(editor.client.credentials.startOauth({ credentialId, body: {} })).rejects.toMatchObject({ code: 'oauth_client_missing' });
    const app = await owner.client.clientApps.put({ connectorKey: 'shop', body: { clientId: 'c1', clientSecret: SECRET } });
    expect(app).toMatchObject({ clientId: 'c1', hasSecret: true });
    expect((await owner.client.clientApps.put({ connectorKey: 'shop', body: { clientId: 'c2' } })).hasSecret).toBe(true);
    expect(JSON.stringify([app, await server.sql('select t::text from client_apps t')])).not.toContain(SECRET);
    const types = (await editor.client.credentialTypes.list()).items;
    expect(types.map(({ type, connect, clientApp }) => [type, connect, clientApp])).toEqual([
      ['shop.key', 'fields', 'notNeeded'],
      ['shop.oauth', 'window', 'entered'],
    ]);
  });

  it('A60: the window goes to the vendor with the one exact redirect address, a state and S256', async () => {
    const { id: credentialId } = await editor.client.credentials.create({ body: { type: 'shop.oauth', name: 'Window' } });
    const { authorizeUrl, redirectUri } = await editor.client.credentials.startOauth({ credentialId, body: {} });
    const url = new URL(authorizeUrl);
    expect(url.origin + url.pathname).toBe('https://shop.example/authorize');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'c2',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'orders',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      state: expect.stringMatching(/^[0-9a-z]{52}$/) as unknown,
    });
    expect(redirectUri).toBe(`${server.url}/oauth/callback`);
  });
});
