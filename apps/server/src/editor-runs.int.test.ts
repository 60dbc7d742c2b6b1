import {
  publishSketch,
  putSketch,
  queryRows,
  refusalOf,
  runEnded,
  startStage,
  WITH_TEST_NODES,
  type EdgeSketch,
  type NodeSketch,
  type SignedIn,
  type Stage,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage(WITH_TEST_NODES);
});
afterAll(() => stage?.remove());

type Request = Parameters<SignedIn['client']['workflows']['startTestRun']>[0]['body'];
type How = 'runs' | 'reusesResult' | 'usesPin' | 'skipped' | 'wouldWrite';

const ended = (runId: string) => runEnded(stage.owner, runId, 60_000);

async function draft(nodes: readonly NodeSketch[], edges: readonly EdgeSketch[]): Promise<string> {
  const { id } = await stage.owner.client.workflows.create({ body: { name: 'Draft' } });
  await change(id, nodes, edges);
  return id;
}

const change = (workflowId: string, nodes: readonly NodeSketch[], edges: readonly EdgeSketch[]): Promise<void> =>
  putSketch(stage.owner, { workflowId, name: 'Draft' }, { nodes, edges });

/** What the run then shows of a node, in words of the preview. */
function howOf({ status, reason }: { readonly status: string; readonly reason: string | null }): How {
  if (status !== 'skipped') return 'runs';
  return reason === 'reused' ? 'reusesResult' : reason === 'pinned' ? 'usesPin' : reason === 'simulated' ? 'wouldWrite' : 'skipped';
}

/** Previews, runs, and holds the preview to its word: whatever has a node run is told by it, and the other way round. */
async function test(workflowId: string, body: Request) {
  const preview = await stage.owner.client.workflows.previewTestRun({ workflowId, body });
  const { runId } = await stage.owner.client.workflows.startTestRun({ workflowId, body });
  const run = await ended(runId);
  const said = Object.fromEntries(preview.nodes.filter(({ how }) => how !== 'skipped').map(({ nodeId, how }) => [nodeId, how]));
  const was = Object.fromEntries(run.nodeRuns.map((one) => [one.nodeId, howOf(one)] as const));
  expect(was).toEqual(said);
  return { runId, run, preview, said };
}

async function output(runId: string, nodeId: string): Promise<readonly unknown[]> {
  const { outputs } = await stage.owner.client.runs.getNodeRun({ runId, nodeId, runIndex: 0 });
  return outputs['main']?.items.map(({ json }) => json) ?? [];
}

const set = (id: string, value: string): NodeSketch => [id, 'core.editFields', { assignments: [{ name: id, value }] }];
const request = (id: string, method: string, path: string): NodeSketch => [
  id,
  'http.request',
  {
    method,
    url: `${stage.echo.url}${path}`,
    ...(method === 'GET' ? {} : { bodyType: 'json', body: '{{ $json }}', headers: [{ name: 'x-api-key', value: 'abc123' }] }),
  },
];
const inside = ([id, type, parameters = {}]: NodeSketch, parent: string): NodeSketch => [id, type, parameters, {}, parent];
const start: NodeSketch = ['start', 'core.manual'];
const chain = (path: string, last = '{{ $json.a }}'): NodeSketch[] => [
  start,
  set('a', '{{ $json.n }}'),
  request('read', 'GET', `${path}/{{ $json.a }}`),
  set('b', "{{ $('a').item.json.a }}"),
  request('write', 'POST', path),
  set('c', last),
];
const CHAIN = ['start -> a', 'a -> read', 'read -> b', 'b -> write', 'write -> c'];

describe('a test run of a draft', () => {
  it('to here, then this node and from here with what is reused, its preview keeping its word each time', async () => {
    const workflowId = await draft(chain('/steps'), CHAIN);
    const first = await test(workflowId, { mode: 'toHere', nodeId: 'b', dryRun: false, input: [{ json: { n: 1 } }, { json: { n: 2 } }] });
    expect(first.said).toEqual({ start: 'runs', a: 'runs', read: 'runs', b: 'runs' });
    expect(first.run).toMatchObject({ mode: 'test', status: 'succeeded', versionNumber: 0 });
    expect((await output(first.runId, 'b')).map((json) => (json as { b: unknown }).b)).toEqual([1, 2]);

    const again = await test(workflowId, { mode: 'toHere', nodeId: 'b', dryRun: false });
    expect(again.said).toEqual({ a: 'reusesResult', read: 'reusesResult', b: 'runs' });
    expect(again.preview.nodes.find(({ nodeId }) => nodeId === 'read')?.from).toMatchObject({ runId: first.runId });
    expect(again.preview.nodes.find(({ nodeId }) => nodeId === 'start')?.how).toBe('skipped');
    expect((await output(again.runId, 'b')).map((json) => (json as { b: unknown }).b)).toEqual([1, 2]);
    expect(await stage.echo.records('/steps/')).toHaveLength(2);

    const one = await test(workflowId, { mode: 'thisNode', nodeId: 'write', dryRun: false });
    expect(one.said).toEqual({ b: 'reusesResult', write: 'runs' });
    const rest = await test(workflowId, { mode: 'fromHere', nodeId: 'write', dryRun: false });
    expect(rest.said).toEqual({ b: 'reusesResult', write: 'runs', c: 'runs' });
    expect((await stage.echo.records('/steps')).filter(({ method }) => method === 'POST')).toHaveLength(4);

    await change(workflowId, [start, set('a', '{{ $json.n * 10 }}'), ...chain('/steps').slice(2)], CHAIN);
    const changed = await test(workflowId, { mode: 'toHere', nodeId: 'b', dryRun: false });
    expect(changed.said).toEqual({ start: 'reusesResult', a: 'runs', read: 'runs', b: 'runs' });
    expect((await output(changed.runId, 'b')).map((json) => (json as { b: unknown }).b)).toEqual([10, 20]);
  });

  it('whole, with a pin: what is pinned is not run, production never sees it, and lists tell both apart', async () => {
    const nodes = chain('/pins', '{{ $json.status }}');
    const { workflowId } = await publishSketch(stage.owner, 'Pinned', { nodes, edges: CHAIN });
    const pin = await stage.owner.client.workflows.putPin({
      workflowId,
      nodeId: 'write',
      body: { outputs: { main: [{ json: { status: 'pinned' } }] } },
    });
    expect(pin).toMatchObject({ nodeId: 'write', by: { name: expect.any(String) } });
    expect(await stage.owner.client.workflows.getPin({ workflowId, nodeId: 'write' })).toEqual(pin);
    const whole = await test(workflowId, { mode: 'whole', dryRun: false, input: { n: 5 } });
    expect(whole.said).toEqual({ start: 'runs', a: 'runs', read: 'runs', b: 'runs', write: 'usesPin', c: 'runs' });
    expect(await output(whole.runId, 'c')).toEqual([{ status: 'pinned', c: 'pinned' }]);
    expect((await stage.echo.records('/pins')).filter(({ method }) => method === 'POST')).toEqual([]);

    const { runId } = await stage.owner.client.workflows.startRun({ workflowId, body: { input: { n: 6 } } });
    expect((await ended(runId)).nodeRuns.every(({ status }) => status === 'succeeded')).toBe(true);
    expect((await stage.echo.records('/pins')).filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(JSON.stringify(await output(runId, 'c'))).not.toContain('pinned');
    const ids = async (mode: 'production' | 'test') => (await stage.owner.client.runs.list({ workflowId, mode })).items.map(({ id }) => id);
    expect([await ids('production'), await ids('test')]).toEqual([[runId], [whole.runId]]);
    const { items } = await stage.owner.client.workflows.list({ query: 'Pinned' });
    expect(items[0]?.lastRun?.id).toBe(runId);
    // What production gave is as good as what a test gave.
    const reused = await test(workflowId, { mode: 'thisNode', nodeId: 'b', dryRun: false });
    expect(reused.preview.nodes.find(({ nodeId }) => nodeId === 'read')).toMatchObject({ how: 'reusesResult', from: { runId } });
    expect(await output(reused.runId, 'b')).toMatchObject([{ b: 6 }]);

    await stage.owner.client.workflows.removePin({ workflowId, nodeId: 'write' });
    expect(await refusalOf(stage.owner.client.workflows.getPin({ workflowId, nodeId: 'write' }))).toEqual({
      status: 404,
      code: 'pin_unknown',
    });
    expect(await refusalOf(stage.owner.client.runs.rerun({ runId: whole.runId, body: { version: 'same' } }))).toEqual({
      status: 409,
      code: 'run_is_test',
    });
  });

  it('dry: reads arrive, nothing is written, and each intended change is listed without secrets', async () => {
    const workflowId = await draft(chain('/dry', '{{ $json.status }}'), CHAIN);
    const dry = await test(workflowId, { mode: 'whole', dryRun: true, input: [{ json: { n: 1 } }, { json: { n: 2 } }] });
    expect(dry.said).toEqual({ start: 'runs', a: 'runs', read: 'runs', b: 'runs', write: 'wouldWrite', c: 'runs' });
    const seen = await stage.echo.records('/dry');
    expect(seen.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(['GET /dry/1', 'GET /dry/2']);
    const { changes, isCut } = await stage.owner.client.runs.intendedChanges({ runId: dry.runId });
    expect(isCut).toBe(false);
    expect(changes).toMatchObject([
      { nodeId: 'write', name: 'write', itemIndex: 0, method: 'POST', url: `${stage.echo.url}/dry`, body: { b: 1 }, idempotencyKey: null },
      { nodeId: 'write', itemIndex: 1, body: { b: 2 } },
    ]);
    expect(JSON.stringify(changes)).not.toContain('abc123');
    expect(await output(dry.runId, 'c')).toMatchObject([{ c: 200 }, { c: 200 }]);
    const rows = await queryRows(stage.product.databaseUrl, `select class from attempts where run_id = '${dry.runId}' and class <> 'read'`);
    expect(rows).toEqual([]);
    // What was simulated is no result for a run that is real.
    expect(
      await refusalOf(stage.owner.client.workflows.startTestRun({ workflowId, body: { mode: 'thisNode', nodeId: 'c', dryRun: false } })),
    ).toEqual({
      status: 422,
      code: 'test_input_missing',
    });
  });

  it('waits for real, and in a dry run not at all; a part that calls another workflow calls it only for real; no handler answers for it', async () => {
    const called = await publishSketch(stage.owner, 'Called', {
      nodes: [['in', 'core.calledTrigger'], request('hit', 'POST', '/called')],
      edges: ['in -> hit'],
    });
    const handler = await publishSketch(stage.owner, 'Handler', {
      nodes: [['err', 'core.errorTrigger'], request('tell', 'POST', '/handler')],
      edges: ['err -> tell'],
    });
    const nodes: NodeSketch[] = [
      ['hook', 'core.webhook', { answer: 'respond' }],
      ['pause', 'core.wait', { amount: 1, unit: 'seconds' }],
      ['call', 'core.callWorkflow', { workflow: called.workflowId }],
      ['reply', 'core.respond'],
      ['boom', 'core.stop', { message: 'no' }],
    ];
    const edges = ['hook -> pause', 'pause -> call', 'call -> reply', 'reply -> boom'];
    const workflowId = await draft(nodes, edges);
    const { document, revision } = await stage.owner.client.drafts.get({ workflowId });
    await stage.owner.client.drafts.put({
      workflowId,
      revision,
      body: { ...document, settings: { ...document.settings, onFailure: handler.workflowId } },
    });
    const dry = await stage.owner.client.workflows.startTestRun({ workflowId, body: { mode: 'whole', dryRun: true } });
    const dryRun = await ended(dry.runId);
    expect(dryRun.nodeRuns.map(({ nodeId, status, reason }) => `${nodeId} ${status} ${reason}`)).toEqual([
      'hook succeeded null',
      'pause skipped simulated',
      'call skipped simulated',
      'reply succeeded null',
      'boom failed error',
    ]);
    expect((await stage.owner.client.runs.intendedChanges({ runId: dry.runId })).changes).toMatchObject([
      { nodeId: 'call', parameters: { workflow: called.workflowId } },
    ]);
    expect(await stage.echo.records('/called')).toEqual([]);
    const real = await stage.owner.client.workflows.startTestRun({ workflowId, body: { mode: 'whole', dryRun: false } });
    const run = await ended(real.runId);
    expect(run.nodeRuns.map(({ nodeId, status }) => `${nodeId} ${status}`)).toEqual([
      'hook succeeded',
      'pause succeeded',
      'call succeeded',
      'reply succeeded',
      'boom failed',
    ]);
    expect(await stage.echo.records('/called')).toHaveLength(1);
    expect(await queryRows(stage.product.databaseUrl, 'select 1 from failure_handlings')).toEqual([]);
    expect(await stage.echo.records('/handler')).toEqual([]);
  });

  it('runs sections and loops as a whole, and a pin in them each time that it is reached', async () => {
    const nodes: NodeSketch[] = [
      start,
      ['list', 'test.numbers', { count: 3 }],
      ['map', 'core.map'],
      inside(request('send', 'POST', '/map'), 'map'),
      set('after', '1'),
    ];
    const edges = ['start -> list', 'list -> map', 'map:each -> send', 'send -> map:collect', 'map -> after'];
    const workflowId = await draft(nodes, edges);
    const first = await test(workflowId, { mode: 'toHere', nodeId: 'after', dryRun: false });
    expect(first.said).toEqual({ start: 'runs', list: 'runs', map: 'runs', send: 'runs', after: 'runs' });
    expect(await stage.echo.records('/map')).toHaveLength(3);
    const again = await test(workflowId, { mode: 'thisNode', nodeId: 'after', dryRun: false });
    expect(again.said).toEqual({ map: 'reusesResult', after: 'runs' });
    expect(await output(again.runId, 'after')).toHaveLength(3);
    await stage.owner.client.workflows.putPin({ workflowId, nodeId: 'send', body: { outputs: { main: [{ json: { pin: 1 } }] } } });
    const pinned = await test(workflowId, { mode: 'whole', dryRun: false });
    expect(pinned.said).toEqual({ start: 'runs', list: 'runs', map: 'runs', send: 'usesPin', after: 'runs' });
    expect(await output(pinned.runId, 'after')).toHaveLength(3);
    const dry = await test(workflowId, { mode: 'whole', dryRun: true });
    expect(dry.said['send']).toBe('wouldWrite');
    expect((await stage.owner.client.runs.intendedChanges({ runId: dry.runId })).changes).toHaveLength(3);
    expect(await output(dry.runId, 'after')).toMatchObject([{ pin: 1 }, { pin: 1 }, { pin: 1 }]);
    expect(await stage.echo.records('/map')).toHaveLength(3);
    const large = { outputs: { main: [{ json: 'x'.repeat(1024 * 1024) }] } };
    expect(await refusalOf(stage.owner.client.workflows.putPin({ workflowId, nodeId: 'send', body: large }))).toMatchObject({
      status: 413,
    });
  });

  it('an input of its own stands for what comes before', async () => {
    const workflowId = await draft(chain('/own'), CHAIN);
    const one = await test(workflowId, { mode: 'thisNode', nodeId: 'c', dryRun: false, input: { a: 7 } });
    expect(one.said).toEqual({ c: 'runs' });
    expect(await output(one.runId, 'c')).toEqual([{ a: 7, c: 7 }]);
  });

  it('only what runs must be sound, and bad requests say what to do', async () => {
    const broken: NodeSketch = ['broken', 'http.request', { method: 'GET', url: '' }];
    const workflowId = await draft([start, set('a', '{{ $json.n }}'), broken, set('c', '1')], ['start -> a', 'a -> broken', 'broken -> c']);
    const fine = await test(workflowId, { mode: 'toHere', nodeId: 'a', dryRun: false, input: { n: 1 } });
    expect(fine.run.status).toBe('succeeded');
    const body: Request = { mode: 'toHere', nodeId: 'c', dryRun: false } as const;
    const { nodes } = await stage.owner.client.workflows.previewTestRun({ workflowId, body });
    expect(nodes.find(({ nodeId }) => nodeId === 'broken')).toMatchObject({
      how: 'runs',
      problems: [{ nodeId: 'broken', field: 'parameters.url' }],
    });
    const ask = (more: Partial<Request>) =>
      refusalOf(stage.owner.client.workflows.startTestRun({ workflowId, body: { ...body, ...more } }));
    expect(await ask({})).toEqual({ status: 422, code: 'graph_invalid' });
    expect(await ask({ nodeId: 'nobody' })).toEqual({ status: 422, code: 'test_node_unknown' });
    expect(await ask({ mode: 'thisNode' })).toEqual({ status: 422, code: 'test_input_missing' });
    const { nodeId: _nodeId, ...without } = body;
    expect(await refusalOf(stage.owner.client.workflows.startTestRun({ workflowId, body: without }))).toEqual({
      status: 422,
      code: 'test_node_missing',
    });
    expect(await refusalOf(stage.owner.client.workflows.putPin({ workflowId, nodeId: 'nobody', body: { outputs: {} } }))).toEqual({
      status: 422,
      code: 'test_node_unknown',
    });
    await change(workflowId, [start, ['other', 'core.webhook', { answer: 'respond' }], set('a', '1')], ['start -> a', 'other -> a']);
    expect(await refusalOf(stage.owner.client.workflows.startTestRun({ workflowId, body: { mode: 'whole', dryRun: false } }))).toEqual({
      status: 422,
      code: 'test_trigger_ambiguous',
    });
    expect((await test(workflowId, { mode: 'whole', nodeId: 'other', dryRun: false })).said).toEqual({ other: 'runs', a: 'runs' });
  });
});
