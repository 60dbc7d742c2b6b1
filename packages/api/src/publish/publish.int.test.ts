import type { WorkflowChangesView } from '@millwright/contracts';
import { newId } from '@millwright/core';
import { eventually, sketchDocument } from '@millwright/testing';
import type { WorkflowDocument } from '@millwright/workflow';
import { applyDocument, readDraft } from '@millwright/workflow/draft';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeEditors, edit, type Editor } from '../testing/draft-editor.ts';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../testing/test-server.ts';

const FIRST = sketchDocument(
  'Leads',
  [
    ['form', 'core.manual'],
    ['get', 'http.request', { url: 'https://a.example' }],
    ['crm', 'core.editFields'],
  ],
  ['form -> get', 'get -> crm'],
);

function withUrl(document: WorkflowDocument, url: string): WorkflowDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) => (node.id === 'get' ? { ...node, parameters: { ...node.parameters, url } } : node)),
  };
}

function named(document: WorkflowDocument, nodeId: string, name: string): WorkflowDocument {
  return { ...document, nodes: document.nodes.map((node) => (node.id === nodeId ? { ...node, name } : node)) };
}

/** What is listed, as `path: people`. */
function lines({ changes }: WorkflowChangesView): readonly string[] {
  return changes.map(({ path, authors }) => `${path}: ${authors.map(({ name }) => name ?? '?').join(', ')}`);
}

describe('publishing', () => {
  let server: TestServer;
  let ana: Visitor;
  let ben: Visitor;
  beforeAll(async () => {
    server = await startTestServer();
    ana = await createOwner(server);
    ben = await createMember(server, ana, 'editor');
  });
  afterEach(closeEditors);
  afterAll(() => server.remove());

  /** A workflow with version 1 live. */
  const live = async (): Promise<string> => {
    const { id } = await ana.client.workflows.create({ body: { name: 'Leads' } });
    await put(ana, id, () => FIRST);
    await ana.client.workflows.publish({ workflowId: id });
    return id;
  };
  const put = async (person: Visitor, workflowId: string, change: (document: WorkflowDocument) => WorkflowDocument): Promise<void> => {
    const { document, revision } = await person.client.drafts.get({ workflowId });
    await person.client.drafts.put({ workflowId, revision, body: change(document) });
  };
  const type = (editor: Editor, change: (document: WorkflowDocument) => WorkflowDocument): void =>
    applyDocument(editor.doc, change(readDraft(editor.doc)), 'test');
  const changes = (workflowId: string, person = ana): Promise<WorkflowChangesView> => person.client.workflows.changes({ workflowId });
  const idsOf = (view: WorkflowChangesView, path: string): string[] => view.changes.filter((one) => one.path === path).map(({ id }) => id);
  const liveDocument = async (workflowId: string): Promise<WorkflowDocument> => {
    const versionId = (await ana.client.workflows.get({ workflowId })).liveVersion?.id ?? '';
    return (await ana.client.workflows.getVersion({ workflowId, versionId })).document;
  };

  it('lists who changed what since the live version, the person who sent a change by socket or HTTP, and nothing after a publish', async () => {
    const id = await live();
    expect(await changes(id)).toMatchObject({ live: { number: 1 }, changes: [], reach: { runsPerDay: 0, callers: [], nextAt: null } });
    const [a, b] = [edit(server, ana, id), edit(server, ben, id)];
    await eventually(() => a.provider.isSynced && b.provider.isSynced);
    type(a, (document) => withUrl(document, 'https://by-ana.example'));
    type(b, (document) => named(document, 'crm', 'By Ben'));
    await eventually(() => readDraft(a.doc).nodes.some(({ name }) => name === 'By Ben'));
    await put(ben, id, (document) => ({ ...document, settings: { ...document.settings, timezone: 'Europe/Berlin' } }));
    expect(lines(await changes(id))).toEqual(['nodes/get/parameters/url: Ana', 'nodes/crm/name: editor', 'settings/timezone: editor']);
    type(b, (document) => withUrl(document, 'https://by-ben.example'));
    await eventually(async () => lines(await changes(id))[0] === 'nodes/get/parameters/url: editor, Ana');
    await ana.client.workflows.publish({ workflowId: id });
    expect((await changes(id)).changes).toEqual([]);
    await put(ben, id, (document) => withUrl(document, 'https://later.example'));
    expect(lines(await changes(id))).toEqual(['nodes/get/parameters/url: editor']);
  });

  it('takes the chosen changes only; the others stay in the draft, with their authors', async () => {
    const id = await live();
    await put(ana, id, (document) => withUrl(document, 'https://unfinished.example'));
    await put(ben, id, (document) => named(document, 'crm', 'Customers'));
    const seen = await changes(id, ben);
    const body = { note: 'only mine', changes: idsOf(seen, 'nodes/crm/name') };
    const { version } = await ben.client.workflows.publish({ workflowId: id, body });
    expect(version.number).toBe(2);
    expect(await liveDocument(id)).toEqual(named(FIRST, 'crm', 'Customers'));
    expect((await ana.client.drafts.get({ workflowId: id })).document.nodes[1]?.parameters).toEqual({ url: 'https://unfinished.example' });
    expect(lines(await changes(id))).toEqual(['nodes/get/parameters/url: Ana']);
    const [entry] = await server.sql(`select details from audit_log where action = 'workflow.published' order by at desc limit 1`);
    expect(entry).toMatchObject({ details: { number: 2, leftOut: 1 } });
  });

  it('refuses what nobody saw: a chosen change that a colleague changed since, and a whole draft that moved on', async () => {
    const id = await live();
    await put(ana, id, (document) => withUrl(document, 'https://seen.example'));
    const seen = await changes(id);
    await put(ben, id, (document) => named(withUrl(document, 'https://unseen.example'), 'crm', 'Unseen'));
    const chosen = seen.changes.map((one) => one.id);
    await expect(ana.client.workflows.publish({ workflowId: id, body: { note: '', changes: chosen } })).rejects.toMatchObject({
      status: 409,
      code: 'changes_outdated',
    });
    await expect(ana.client.workflows.publish({ workflowId: id, body: { note: '', revision: seen.revision } })).rejects.toMatchObject({
      status: 412,
      code: 'draft_stale',
    });
    expect(await liveDocument(id)).toEqual(FIRST);
    // What came in meanwhile elsewhere does not go along either.
    await put(ana, id, (document) => withUrl(document, 'https://seen.example'));
    await ana.client.workflows.publish({ workflowId: id, body: { note: '', changes: chosen } });
    expect(await liveDocument(id)).toEqual(withUrl(FIRST, 'https://seen.example'));
    expect(lines(await changes(id))).toEqual(['nodes/crm/name: editor']);
  });

  it('refuses a line without its new step, checks exactly what would be published, and does nothing twice for one key', async () => {
    const id = await live();
    const nora = { ...FIRST.nodes[1], id: 'nora', name: 'Nora', parameters: {} } as WorkflowDocument['nodes'][number];
    await put(ana, id, (document) => ({
      ...document,
      nodes: [...document.nodes, nora],
      edges: [...document.edges, { from: 'form', output: 'main', to: 'nora', input: 'main' }],
      settings: { ...document.settings, timezone: 'Europe/Berlin' },
    }));
    const seen = await changes(id);
    const edge = idsOf(seen, 'edges/form:main->nora:main');
    expect(seen.changes.find((one) => one.id === edge[0])?.needs).toEqual(idsOf(seen, 'nodes/nora'));
    const publish = (chosen: string[]) => ana.client.workflows.publish({ workflowId: id, body: { note: '', changes: chosen } });
    await expect(publish(edge)).rejects.toMatchObject({ status: 422, code: 'changes_incomplete' });
    const all = seen.changes.map((one) => one.id);
    await expect(publish(all)).rejects.toMatchObject({ code: 'graph_invalid', problems: [{ nodeId: 'nora', field: 'parameters.url' }] });
    const preview = (chosen: string[]) => ana.client.workflows.previewPublish({ workflowId: id, body: { changes: chosen } });
    expect((await preview(all)).problems.map(({ nodeId }) => nodeId)).toContain('nora');
    const timezone = idsOf(seen, 'settings/timezone');
    expect((await preview(timezone)).problems.filter(({ level }) => level === 'error')).toEqual([]);
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-millwright-csrf': '1', 'idempotency-key': 'once' },
      body: JSON.stringify({ note: '', changes: timezone }),
    };
    const answers = [];
    for (const _try of [1, 2]) {
      const response = await ana.fetch(`${server.url}/api/v1/workflows/${id}/publish`, init);
      answers.push([response.status, await response.json()]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect((await ana.client.workflows.listVersions({ workflowId: id })).items.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('goes back to a version that was live before: the draft stays, its changes come back with their authors', async () => {
    const id = await live();
    await put(ben, id, (document) => withUrl(document, 'https://two.example'));
    await ana.client.workflows.publish({ workflowId: id });
    const versions = (await ana.client.workflows.listVersions({ workflowId: id })).items;
    const first = versions.find(({ number }) => number === 1)?.id ?? '';
    expect((await ana.client.workflows.publishVersion({ workflowId: id, versionId: first })).version).toEqual({ id: first, number: 1 });
    expect(await ana.client.workflows.get({ workflowId: id })).toMatchObject({ liveVersion: { number: 1 }, draft: { changed: true } });
    expect(lines(await changes(id))).toEqual(['nodes/get/parameters/url: editor']);
    await ana.client.workflows.publish({ workflowId: id });
    expect((await ana.client.workflows.get({ workflowId: id })).liveVersion?.number).toBe(3);
    await expect(ana.client.workflows.publishVersion({ workflowId: id, versionId: newId('version') })).rejects.toMatchObject({
      status: 404,
    });
    const other = await live();
    await expect(ana.client.workflows.publishVersion({ workflowId: other, versionId: first })).rejects.toMatchObject({ status: 404 });
  });

  it('names nobody for what an older server stored, and says what hangs on the live version', async () => {
    const id = await live();
    await put(ben, id, (document) => withUrl(document, 'https://older.example'));
    await server.sql('delete from draft_changes where workflow_id = $1', [id]);
    expect(lines(await changes(id))).toEqual(['nodes/get/parameters/url: ']);
    const caller = await live();
    await put(ana, caller, (document) => ({ ...document, name: 'Caller', settings: { ...document.settings, onFailure: null } }));
    await server.sql(
      `update workflow_versions set document = jsonb_set(document::jsonb, '{annotations}', $2::jsonb) where workflow_id = $1`,
      [caller, JSON.stringify([{ id: 'n', kind: 'note', position: [0, 0], size: [1, 1], text: id, color: 'yellow' }])],
    );
    const [workspace] = await server.sql('select id from workspaces limit 1');
    await server.sql(
      `insert into runs (workspace_id, run_id, workflow_id, workflow_name, version_id, plan_hash, trigger_node_id, mode, origin_day, started_at, save, reply_mode, status)
       select $1, 'run_' || n, $2, 'x', 'v', 'p', 'form', case when n > 14 then 'test' else 'webhook' end, current_date, now(), 'all', 'none', 'succeeded'
       from generate_series(1, 20) as n`,
      [workspace?.['id'], id],
    );
    expect((await changes(id)).reach).toEqual({ runsPerDay: 2, callers: [{ id: caller, name: 'Caller' }], nextAt: null });
  });

  it('still knows who changed what after a kill, and of changes that two processes stored', async () => {
    const id = await live();
    const second = await server.beside();
    const [a, b] = [edit(server, ana, id), edit(second, ben, id)];
    await eventually(() => a.provider.isSynced && b.provider.isSynced);
    type(a, (document) => withUrl(document, 'https://first-process.example'));
    type(b, (document) => named(document, 'crm', 'Second process'));
    await eventually(() => a.saved.length > 0 && b.saved.length > 0);
    await eventually(async () => (await changes(id)).changes.length === 2);
    // What is read afterwards comes from what was stored, not from an editor that connects again.
    closeEditors();
    await server.crash();
    await second.crash();
    server = await server.restart();
    expect(lines(await changes(id))).toEqual(['nodes/get/parameters/url: Ana', 'nodes/crm/name: editor']);
  });
});
