import { eventually } from '@millwright/testing';
import { markDraft } from '@millwright/workflow/draft';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { closeEditors, edit } from '../testing/draft-editor.ts';
import { createMember, createOwner, startTestServer, visitor, type TestServer, type Visitor } from '../testing/test-server.ts';

describe('the shared draft', () => {
  let server: TestServer;
  let owner: Visitor;
  beforeAll(async () => {
    server = await startTestServer();
    owner = await createOwner(server);
  });
  afterEach(closeEditors);
  afterAll(() => server.remove());

  const create = async (name: string): Promise<string> => (await owner.client.workflows.create({ body: { name } })).id;

  it('shows one person what the other does, and is stored with its JSON', async () => {
    const id = await create('First');
    const [a, b] = [edit(server, owner, id), edit(server, owner, id)];
    await eventually(() => a.provider.isSynced && b.provider.isSynced);
    expect(b.name()).toBe('First');
    a.rename('Second');
    await eventually(() => b.name() === 'Second');
    await eventually(() => a.saved.length > 0);
    const [row] = await server.sql('select document, revision from drafts where workflow_id = $1', [id]);
    expect(row).toMatchObject({ document: { name: 'Second' }, revision: a.saved.at(-1) });
    expect((await owner.client.workflows.get({ workflowId: id })).name).toBe('Second');
  });

  it('is read with everything that was typed, before it was stored by itself', async () => {
    const id = await create('Read');
    const a = edit(server, owner, id);
    await eventually(() => a.provider.isSynced);
    a.rename('Typed');
    await eventually(() => !a.provider.hasUnsyncedChanges);
    expect((await owner.client.drafts.get({ workflowId: id })).document.name).toBe('Typed');
  });

  it('takes a document over HTTP as a difference that open editors see', async () => {
    const id = await create('Put');
    const a = edit(server, owner, id);
    await eventually(() => a.provider.isSynced);
    const { document, revision } = await owner.client.drafts.get({ workflowId: id });
    const put = await owner.client.drafts.put({ workflowId: id, revision, body: { ...document, name: 'By HTTP' } });
    expect(put.revision).toBeGreaterThan(revision);
    await eventually(() => a.name() === 'By HTTP');
    await expect(owner.client.drafts.put({ workflowId: id, revision, body: document })).rejects.toMatchObject({
      status: 412,
      code: 'draft_stale',
    });
    const headers = { cookie: owner.cookie(), 'content-type': 'application/json', 'x-millwright-csrf': '1' };
    const without = await fetch(`${server.url}/api/v1/drafts/${id}`, { method: 'PUT', headers, body: JSON.stringify(document) });
    expect([without.status, ((await without.json()) as { code: string }).code]).toEqual([428, 'if_match_missing']);
  });

  it('takes one of several documents that were sent on the same revision, and refuses the others', async () => {
    const id = await create('Race');
    const { document, revision } = await owner.client.drafts.get({ workflowId: id });
    const puts = await Promise.allSettled(
      [1, 2, 3, 4].map((n) => owner.client.drafts.put({ workflowId: id, revision, body: { ...document, name: `Race ${n}` } })),
    );
    const refusals: unknown[] = puts.flatMap((put) => (put.status === 'rejected' ? [put.reason] : []));
    expect(refusals).toHaveLength(3);
    for (const refusal of refusals) expect(refusal).toMatchObject({ status: 412, code: 'draft_stale' });
  });

  it('refuses texts that cannot be stored and edges without a node, and stays readable', async () => {
    const id = await create('Odd');
    const { document, revision } = await owner.client.drafts.get({ workflowId: id });
    const put = (change: object) => owner.client.drafts.put({ workflowId: id, revision, body: { ...document, ...change } });
    for (const name of ['a\u0000b', '\ud800']) await expect(put({ name })).rejects.toMatchObject({ status: 422, code: 'text_unstorable' });
    const edges = [{ from: 'ghost', output: 'main', to: 'ghost', input: 'main' }];
    await expect(put({ edges })).rejects.toMatchObject({ status: 422, code: 'request_invalid' });
    expect((await owner.client.drafts.get({ workflowId: id })).document.name).toBe('Odd');
  });

  it('is stored without what Postgres refuses when somebody pastes it', async () => {
    const id = await create('Paste');
    const a = edit(server, owner, id);
    await eventually(() => a.provider.isSynced);
    a.rename('Pasted\u0000');
    await eventually(() => !a.provider.hasUnsyncedChanges);
    expect((await owner.client.drafts.get({ workflowId: id })).document.name).toBe('Pasted');
  });

  it('refuses a person without a session, and lets a viewer read only', async () => {
    const id = await create('Guarded');
    const stranger = new WebSocket(`${server.url.replace('http', 'ws')}/ws/drafts/${id}`);
    const status = await new Promise((resolve) => stranger.on('unexpected-response', (_request, response) => resolve(response.statusCode)));
    expect(status).toBe(401);
    const viewer = edit(server, await createMember(server, owner, 'viewer'), id);
    await eventually(() => viewer.provider.isSynced);
    viewer.rename('By a viewer');
    const a = edit(server, owner, id);
    await eventually(() => a.provider.isSynced);
    a.rename('By the owner');
    await eventually(() => a.saved.length > 0);
    expect((await owner.client.drafts.get({ workflowId: id })).document.name).toBe('By the owner');
    expect(a.doc.getMap('meta').get('name')).toBe('By the owner');
  });

  it('is closed for a person who was removed', async () => {
    const id = await create('Left');
    const editor = await createMember(server, owner, 'editor');
    const e = edit(server, editor, id);
    await eventually(() => e.provider.isSynced);
    const memberId = (await owner.client.members.list()).items.find((member) => member.role === 'editor')?.id ?? '';
    await owner.client.members.remove({ memberId });
    await eventually(() => !e.provider.isSynced);
    e.rename('Afterwards');
    expect((await owner.client.drafts.get({ workflowId: id })).document.name).toBe('Left');
  });

  it('keeps every change that was stored when the server crashes, and gets the rest from the open editor', async () => {
    const id = await create('Before');
    const a = edit(server, owner, id);
    await eventually(() => a.provider.isSynced);
    a.rename('Stored');
    const storedAt = await eventually(() => a.saved.at(-1));
    a.rename('Only sent');
    await server.crash();
    const [row] = await server.sql('select document, revision from drafts where workflow_id = $1', [id]);
    expect(row?.['revision']).toBeGreaterThanOrEqual(storedAt);
    expect(row?.['document']).toMatchObject({ name: expect.stringMatching(/^(Stored|Only sent)$/) });
    server = await server.restart();
    await eventually(async () => (await owner.client.drafts.get({ workflowId: id })).document.name === 'Only sent');
  });

  it('says on request what Postgres has, so that nobody is told Saved too early', async () => {
    const id = await create('Asked');
    const a = edit(server, owner, id);
    await eventually(() => a.provider.isSynced);
    const heard: unknown[] = [];
    a.provider.on('stateless', ({ payload }: { readonly payload: string }) => heard.push(JSON.parse(payload)));
    a.provider.sendStateless('saved?');
    const { stateVector, deletions } = markDraft(a.doc);
    await eventually(() => heard.length > 0);
    expect(heard[0]).toMatchObject({ type: 'saved', stateVector: Buffer.from(stateVector).toString('base64'), deletions });
  });

  it('is stored when the server stops, however fresh the change is', async () => {
    const id = await create('Running');
    const a = edit(server, owner, id);
    await eventually(() => a.provider.isSynced);
    a.rename('Last words');
    await eventually(() => !a.provider.hasUnsyncedChanges);
    await server.api.close();
    const [row] = await server.sql('select document from drafts where workflow_id = $1', [id]);
    expect(row).toMatchObject({ document: { name: 'Last words' } });
    await server.crash();
    server = await server.restart();
  });

  it('of another workspace does not exist', async () => {
    const id = await create('Ours');
    const [user] = await server.sql(`select id from "user" where email = 'ana@example.com'`);
    await server.sql(`insert into workspaces (id, name) values ('ws_0123456789abcdefghijklmnop', 'Other')`);
    await server.sql(`update members set workspace_id = 'ws_0123456789abcdefghijklmnop' where user_id = $1`, [user?.['id']]);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws/drafts/${id}`, { headers: { cookie: owner.cookie() } });
    const status = await new Promise((resolve) => socket.on('unexpected-response', (_request, response) => resolve(response.statusCode)));
    expect(status).toBe(404);
    expect(await visitor(server.url).client.setup.get()).toEqual({ needsOwner: false });
    await expect(owner.client.workflows.get({ workflowId: id })).rejects.toMatchObject({ status: 404, code: 'workflow_unknown' });
    await expect(owner.client.drafts.get({ workflowId: id })).rejects.toMatchObject({ status: 404, code: 'workflow_unknown' });
  });
});
