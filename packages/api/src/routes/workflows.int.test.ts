import { newId } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../testing/test-server.ts';

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );

describe('a workflow', () => {
  let server: TestServer;
  let owner: Visitor;
  beforeAll(async () => {
    server = await startTestServer();
    owner = await createOwner(server);
  });
  afterAll(() => server.remove());

  it('begins empty or with a template, and is found in the list', async () => {
    const { client } = owner;
    const empty = await client.workflows.create({ body: { name: 'Empty one' } });
    expect(empty).toMatchObject({
      name: 'Empty one',
      state: 'draft',
      liveVersion: null,
      draft: { revision: 1, changed: true },
      endpoints: [],
    });
    const [template] = (await client.templates.list()).items;
    const sample = await client.workflows.create({ body: { name: 'My leads', template: template?.key ?? '' } });
    expect((await client.drafts.get({ workflowId: sample.id })).document).toMatchObject({
      name: 'My leads',
      nodes: expect.arrayContaining([expect.objectContaining({ type: 'core.webhook' })]),
    });
    const page = await client.workflows.list({ query: 'LEADS' });
    expect(page.items).toMatchObject([
      { id: sample.id, triggerTypes: ['core.webhook'], liveVersion: null, lastRun: null, updatedBy: { name: 'Ana' } },
    ]);
    const first = await client.workflows.list({ limit: 1 });
    const second = await client.workflows.list({ limit: 1, cursor: first.nextCursor ?? '' });
    expect([first.items[0]?.id, second.items[0]?.id]).toEqual([sample.id, empty.id]);
    expect(await refusal(client.workflows.create({ body: { name: 'x', template: 'nope' } }))).toMatchObject({
      status: 422,
      code: 'template_unknown',
    });
  });

  it('takes the steps of a template into another workflow: what the list has can be read, nothing else', async () => {
    const { client } = owner;
    const steps = await client.templates.get({ key: 'lead-intake' });
    expect(steps.nodes.map(({ id }) => id)).toContain('leadForm');
    expect(steps.edges).toContainEqual(expect.objectContaining({ from: 'leadForm', to: 'check' }));
    expect(await refusal(client.templates.get({ key: 'nope' }))).toMatchObject({ status: 404 });
  });

  it('is published as the template says: no problems, a version, a URL that stays', async () => {
    const { client } = owner;
    const { id } = await client.workflows.create({ body: { name: 'Live', template: 'lead-intake' } });
    expect((await client.workflows.problems({ workflowId: id })).problems.filter((problem) => problem.level === 'error')).toEqual([]);
    const first = await client.workflows.publish({ workflowId: id, body: { note: 'go' } });
    expect(first).toMatchObject({ version: { number: 1 }, endpoints: [{ nodeId: 'leadForm', answer: 'respond' }] });
    expect(first.endpoints[0]?.url).toBe(`${server.url}/hooks/${first.endpoints[0]?.id}`);
    expect(await client.workflows.get({ workflowId: id })).toMatchObject({
      state: 'live',
      liveVersion: { number: 1, note: 'go', publishedBy: { name: 'Ana' } },
      draft: { changed: false },
    });
    await client.workflows.update({ workflowId: id, body: { name: 'Renamed' } });
    expect(await client.workflows.get({ workflowId: id })).toMatchObject({ name: 'Renamed', draft: { changed: true } });
    const second = await client.workflows.publish({ workflowId: id });
    expect(second.endpoints).toEqual(first.endpoints);
    const versions = await client.workflows.listVersions({ workflowId: id });
    expect(versions.items.map((version) => [version.number, version.live])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect((await client.workflows.getVersion({ workflowId: id, versionId: first.version.id })).document.name).toBe('Live');
    expect(await client.workflows.update({ workflowId: id, body: { active: false } })).toMatchObject({ state: 'off' });
  });

  it('is refused with every problem when the graph is not sound', async () => {
    const { client } = owner;
    const { id } = await client.workflows.create({ body: { name: 'Broken' } });
    const { document, revision } = await client.drafts.get({ workflowId: id });
    const node = (key: string, type: string, parameters = {}) => ({
      id: key,
      name: key,
      type,
      version: 1,
      position: [0, 0] as [number, number],
      parameters,
    });
    const nodes = [node('start', 'core.manual'), node('call', 'http.request'), node('odd', 'no.such'), node('say', 'http.request')];
    const edges = ['call', 'odd', 'say'].map((to) => ({ from: 'start', to }));
    await client.drafts.put({ workflowId: id, revision, body: { ...document, nodes, edges } });
    const thrown = await refusal(client.workflows.publish({ workflowId: id }));
    expect(thrown).toMatchObject({ status: 422, code: 'graph_invalid' });
    const { problems } = thrown as { problems: { nodeId?: string; text: string; code: string }[] };
    expect(new Set(problems.map((problem) => problem.nodeId))).toEqual(new Set(['call', 'odd', 'say']));
    expect((await client.workflows.problems({ workflowId: id })).problems).toEqual(problems);
    expect((await client.workflows.get({ workflowId: id })).liveVersion).toBeNull();
    expect(await refusal(client.workflows.startRun({ workflowId: id }))).toMatchObject({ status: 409, code: 'not_published' });
    expect(await refusal(client.workflows.update({ workflowId: id, body: { active: true } }))).toMatchObject({
      status: 409,
      code: 'not_published',
    });
  });

  it('is warned of settings that have no effect, and published all the same', async () => {
    const { client } = owner;
    const { id } = await client.workflows.create({ body: { name: 'Settings' } });
    const { document, revision } = await client.drafts.get({ workflowId: id });
    const nodes = [{ id: 'start', name: 'Start', type: 'core.manual', version: 1, position: [0, 0] as [number, number] }];
    const settings = { ...document.settings, concurrency: 1, retentionDays: 7, businessKey: '{{ $json.email }}' };
    await client.drafts.put({ workflowId: id, revision, body: { ...document, nodes, settings } });
    const { problems } = await client.workflows.problems({ workflowId: id });
    expect(problems.map(({ code, level, field }) => [code, level, field])).toEqual(
      ['concurrency', 'retentionDays', 'businessKey'].map((name) => ['setting_without_effect', 'warning', `settings.${name}`]),
    );
    expect((await client.workflows.publish({ workflowId: id })).version.number).toBe(1);
  });

  it('is started by hand through its manual trigger', async () => {
    const { client } = owner;
    const { id } = await client.workflows.create({ body: { name: 'By hand' } });
    const { document, revision } = await client.drafts.get({ workflowId: id });
    const nodes = [{ id: 'start', name: 'Start', type: 'core.manual', version: 1, position: [0, 0] as [number, number] }];
    await client.drafts.put({ workflowId: id, revision, body: { ...document, nodes } });
    const { version } = await client.workflows.publish({ workflowId: id });
    const operator = await createMember(server, owner, 'operator');
    const { runId } = await operator.client.workflows.startRun({ workflowId: id, body: { input: { a: 1 } } });
    expect(runId).toMatch(/^run_/);
    expect(server.started.at(-1)).toMatchObject({
      workflowId: id,
      workflowName: 'By hand',
      versionId: version.id,
      triggerNodeId: 'start',
      input: { a: 1 },
    });
    const sample = await client.workflows.create({ body: { name: 'Only webhook', template: 'lead-intake' } });
    await client.workflows.publish({ workflowId: sample.id });
    expect(await refusal(client.workflows.startRun({ workflowId: sample.id }))).toMatchObject({ status: 422, code: 'no_manual_trigger' });
  });

  it('is archived: gone from the list, its runs stay', async () => {
    const { client } = owner;
    const { id } = await client.workflows.create({ body: { name: 'Old' } });
    await client.workflows.remove({ workflowId: id });
    expect(await refusal(client.workflows.get({ workflowId: id }))).toMatchObject({ status: 404 });
    expect((await client.workflows.list({ query: 'Old' })).items).toEqual([]);
  });
});

describe('a request', () => {
  let server: TestServer;
  let owner: Visitor;
  beforeAll(async () => {
    server = await startTestServer();
    owner = await createOwner(server);
  });
  afterAll(() => server.remove());

  const send = async (
    path: string,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> => {
    const headers = { 'content-type': 'application/json', 'x-millwright-csrf': '1', ...init.headers };
    const response = await owner.fetch(`${server.url}${path}`, { ...init, headers });
    return {
      status: response.status,
      body: response.status === 304 ? {} : ((await response.json()) as Record<string, unknown>),
      headers: response.headers,
    };
  };

  it('with malformed JSON, too large a body or wrong fields is told so, by path', async () => {
    expect(await send('/api/v1/workflows', { method: 'POST', body: '{"name":' })).toMatchObject({
      status: 400,
      body: { code: 'json_malformed' },
    });
    expect(await send('/api/v1/workflows', { method: 'POST', body: JSON.stringify({ name: 'x'.repeat(70_000) }) })).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
    const wrong = await send('/api/v1/workflows', { method: 'POST', body: '{"name":"","color":"red"}' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'request_invalid' } });
    expect((wrong.body['errors'] as { path: string }[]).map((error) => error.path).toSorted()).toEqual(['body', 'body.name']);
    expect(await send('/api/v1/runs?limit=9999')).toMatchObject({ status: 400, body: { errors: [{ path: 'query.limit' }] } });
    expect(await send('/api/v1/workflows', { method: 'POST', body: `${'['.repeat(100)}${']'.repeat(100)}` })).toMatchObject({
      status: 400,
      body: { code: 'json_too_deep' },
    });
  });

  it('to an address that nobody serves is a problem with a hint', async () => {
    const { status, body, headers } = await send('/api/v1/nope');
    expect([status, body['code']]).toEqual([404, 'address_unknown']);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(body)).not.toMatch(/at .*\.ts/);
  });

  it('for node types is answered with 304 when nothing changed', async () => {
    const first = await send('/api/v1/node-types');
    const etag = first.headers.get('etag') ?? '';
    expect((await send('/api/v1/node-types', { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } })).status).toBe(304);
  });

  it('for the OpenAPI document gets every route', async () => {
    const { body } = await send('/api/v1/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0' });
    expect(Object.keys(body['paths'] as object)).toContain('/api/v1/workflows/{workflowId}/publish');
  });

  it('for health says what is wrong', async () => {
    expect(await send('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await send('/readyz')).toMatchObject({ status: 200, body: { checks: { postgres: 'ok', temporal: 'ok', migrations: 'ok' } } });
  });

  it('for a run gets it whole, live, and never somebody else’s', async () => {
    const { client } = owner;
    const { id } = await client.workflows.create({ body: { name: 'Ran', template: 'lead-intake' } });
    const { version } = await client.workflows.publish({ workflowId: id });
    const [workspace] = await server.sql('select id from workspaces');
    const insert = async (workspaceId: unknown, versionId: string): Promise<string> => {
      const runId = newId('run');
      await server.sql(
        `insert into runs (workspace_id, run_id, workflow_id, workflow_name, version_id, plan_hash, trigger_node_id, mode, origin_day, started_at, save, reply_mode, status)
         values ($1, $2, $3, 'Ran', $4, $5, 'leadForm', 'webhook', current_date, now(), 'all', 'none', 'running')`,
        [workspaceId, runId, id, versionId, hashHex('p')],
      );
      return runId;
    };
    const runId = await insert(workspace?.['id'], version.id);
    const foreign = await insert('ws_0123456789abcdefghijklmnop', version.id);
    expect((await client.runs.list()).items.map((run) => run.id)).toEqual([runId]);
    expect(await client.runs.get({ runId })).toMatchObject({
      versionNumber: 1,
      status: 'running',
      document: { name: 'Ran' },
      nodeRuns: [],
    });
    expect(await refusal(client.runs.get({ runId: foreign }))).toMatchObject({ status: 404, code: 'run_unknown' });
    expect(
      await refusal(client.runs.watch({ runId: foreign }, { on: { run: () => undefined }, signal: AbortSignal.timeout(5000) })),
    ).toMatchObject({ status: 404 });
    const seen: string[] = [];
    const watching = client.runs.watch({ runId }, { on: { run: ({ run }) => seen.push(run.status) }, signal: AbortSignal.timeout(10_000) });
    await expect.poll(() => seen).toEqual(['running']);
    await server.sql(`update runs set status = 'succeeded', finished_at = now() where run_id = $1`, [runId]);
    await server.sql(`select pg_notify('run_changed', $1)`, [`${String(workspace?.['id'])}:${runId}`]);
    await watching;
    expect(seen).toEqual(['running', 'succeeded']);
  });
});
