import { eventually } from '@millwright/testing';
import { ABSENT, applyDocument, draftMaps, readDraft, readPeer, type Peer } from '@millwright/workflow/draft';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { closeEditors, edit, type Editor } from '../testing/draft-editor.ts';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../testing/test-server.ts';

/** What an editor sees of another. */
function peerOf(editor: Editor, other: Editor): Peer | null {
  return readPeer(editor.provider.awareness?.getStates().get(other.doc.clientID));
}

describe('people at a draft', () => {
  let server: TestServer;
  let owner: Visitor;
  let viewer: Visitor;
  beforeAll(async () => {
    server = await startTestServer();
    owner = await createOwner(server);
    viewer = await createMember(server, owner, 'viewer');
  });
  afterEach(closeEditors);
  afterAll(() => server.remove());

  const create = async (name: string): Promise<string> => (await owner.client.workflows.create({ body: { name } })).id;
  const userId = async (person: Visitor): Promise<string> => (await person.client.session.get({})).user.id;

  it('are who their session says, whatever their page claims', async () => {
    const id = await create('Names');
    const [a, v] = [edit(server, owner, id), edit(server, viewer, id)];
    await eventually(() => a.provider.isSynced && v.provider.isSynced);
    v.provider.awareness?.setLocalState({
      ...ABSENT,
      nodes: ['x'],
      html: '<b>',
      user: { id: await userId(owner), name: 'Ana', canEdit: true },
    });
    const seen = await eventually(() => peerOf(a, v));
    expect(seen).toEqual({ ...ABSENT, nodes: ['x'], user: { id: await userId(viewer), name: 'viewer', canEdit: false } });
    expect(a.provider.awareness?.getStates().get(v.doc.clientID)).not.toHaveProperty('html');
  });

  it('cannot speak for the page of somebody else', async () => {
    const id = await create('Numbers');
    const [a, b, v] = [edit(server, owner, id), edit(server, owner, id), edit(server, viewer, id)];
    await eventually(() => [a, b, v].every(({ provider }) => provider.isSynced));
    a.provider.awareness?.setLocalState({ ...ABSENT, nodes: ['mine'] });
    await eventually(() => peerOf(b, a));
    const { awareness } = v.provider;
    if (!awareness) throw new Error('no awareness');
    awareness.meta.set(a.doc.clientID, { clock: 1000, lastUpdated: Date.now() });
    awareness.states.set(a.doc.clientID, { ...ABSENT, nodes: ['forged'] });
    awareness.emit('update', [{ added: [], updated: [a.doc.clientID], removed: [] }, 'local']);
    awareness.setLocalState({ ...ABSENT, nodes: ['after'] });
    await eventually(() => peerOf(b, v)?.nodes[0] === 'after');
    expect(peerOf(b, a)?.nodes).toEqual(['mine']);
  });

  it('are gone for the others when they leave, also after they had come back', async () => {
    const id = await create('Leave');
    const [a, b] = [edit(server, owner, id), edit(server, owner, id)];
    await eventually(() => a.provider.isSynced && b.provider.isSynced);
    b.provider.awareness?.setLocalState(ABSENT);
    await eventually(() => peerOf(a, b));
    b.provider.configuration.websocketProvider.disconnect();
    await eventually(() => peerOf(a, b) === null);
    await b.provider.configuration.websocketProvider.connect();
    await eventually(() => b.provider.isSynced);
    // As the editor does: of the same age it would be taken for the presence that has just been withdrawn.
    b.provider.awareness?.setLocalState(ABSENT);
    await eventually(() => peerOf(a, b));
    b.provider.configuration.websocketProvider.disconnect();
    await eventually(() => peerOf(a, b) === null);
  });

  it('send nothing in the name of who signed in since', async () => {
    const id = await create('Ours');
    const own = edit(server, owner, id, await userId(owner));
    await eventually(() => own.provider.isSynced);
    let isRefused = false;
    const other = edit(server, owner, id, await userId(viewer));
    other.provider.on('authenticationFailed', () => (isRefused = true));
    other.rename('In a wrong name');
    await eventually(() => isRefused);
    expect(other.provider.isSynced).toBe(false);
    expect((await owner.client.drafts.get({ workflowId: id })).document.name).toBe('Ours');
  });

  it('are not harmed by the garbage of one of them', async () => {
    const id = await create('Garbage');
    const a = edit(server, owner, id);
    await eventually(() => a.provider.isSynced);
    const name = Buffer.from(id);
    const address = Buffer.concat([Buffer.from([name.length]), name]);
    const signIn = Buffer.concat([address, Buffer.from([2, 0, 0])]);
    // Not a message; before the sign-in; a sync of nonsense; an update of nonsense; awareness of nonsense; a type that is not there.
    const attacks = [
      [255, 255, 255],
      [...address, 0, 2, 3, 255, 255, 255],
      [...address, 0, 1, 3, 9, 9, 9],
      [...address, 1, 3, 255, 1, 2],
      [...address, 77],
    ];
    for (const attack of attacks) {
      for (const isSignedIn of [false, true]) {
        const headers = { cookie: owner.cookie(), origin: server.url };
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws/drafts/${id}`, { headers });
        await new Promise((resolve) => socket.on('open', resolve));
        if (isSignedIn) socket.send(signIn);
        socket.send(Buffer.from(attack));
        a.rename(`Fine ${attacks.indexOf(attack)} ${isSignedIn}`);
        await eventually(() => !a.provider.hasUnsyncedChanges);
        socket.terminate();
      }
    }
    expect((await owner.client.drafts.get({ workflowId: id })).document.name).toBe('Fine 4 true');
  });

  it('cannot put what is no document into what is stored', async () => {
    const id = await create('Whole');
    const a = edit(server, owner, id);
    await eventually(() => a.provider.isSynced);
    const { nodes, edges } = draftMaps(a.doc);
    a.doc.transact(() => {
      a.doc.getMap('nodes').set('odd', 'not a node');
      edges.set('odd', { from: 'ghost', to: 5 });
      nodes.set('half', new Y.Map());
    });
    await eventually(() => a.saved.length > 0);
    const { document } = await owner.client.drafts.get({ workflowId: id });
    expect(document).toMatchObject({ name: 'Whole', nodes: [], edges: [] });
    await eventually(() => draftMaps(a.doc).nodes.size === 0 && draftMaps(a.doc).edges.size === 0);
  });
});

describe('a draft of a newer version', () => {
  let server: TestServer;
  let owner: Visitor;
  beforeAll(async () => {
    server = await startTestServer();
    owner = await createOwner(server);
  });
  afterEach(closeEditors);
  afterAll(() => server.remove());

  it('is shown whole, written by nobody, and says why', async () => {
    const { id } = await owner.client.workflows.create({ body: { name: 'Newer' } });
    const first = edit(server, owner, id);
    await eventually(() => first.provider.isSynced);
    first.doc.transact(() => {
      first.doc.getMap('meta').set('format', 'millwright.workflow/2');
      first.doc.getMap('future').set('field', { whole: true });
    });
    await eventually(() => !first.provider.hasUnsyncedChanges);
    const before = JSON.stringify(first.doc.toJSON());
    // What was stored is as it was; a server that is older than the draft must not store its reading of it.
    await expect(owner.client.drafts.get({ workflowId: id })).resolves.toMatchObject({ document: { format: 'millwright.workflow/1' } });
    const second = edit(server, owner, id);
    await eventually(() => second.provider.isSynced);
    expect(second.doc.getMap('future').toJSON()).toEqual({ field: { whole: true } });
    applyDocument(second.doc, { ...readDraft(second.doc), name: 'Changed' });
    const third = edit(server, owner, id);
    await eventually(() => third.provider.isSynced);
    expect(third.doc.getMap('meta').get('name')).toBe('Newer');
    expect(before).toContain('millwright.workflow/2');
  });
});
