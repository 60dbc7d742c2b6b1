import {
  createOwner,
  eventually,
  publishSketch,
  queryRows,
  sketchDocument,
  startProduct,
  type NodeSketch,
  type Product,
  type SignedIn,
  type Sketch,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let product: Product;
let owner: SignedIn;

beforeAll(async () => {
  product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: '' } });
  owner = await createOwner(product);
});
afterAll(async () => product?.remove());

const published = async (name: string, sketch: Sketch): Promise<string> => (await publishSketch(owner, name, sketch)).workflowId;

async function startRun(workflowId: string, input: Record<string, never> | Record<string, string | number> = {}): Promise<string> {
  return (await owner.client.workflows.startRun({ workflowId, body: { input } })).runId;
}

async function inStatus(runId: string, ...statuses: readonly string[]) {
  return eventually(async () => {
    const run = await owner.client.runs.get({ runId }).catch(() => null);
    return run !== null && statuses.includes(run.status) ? run : null;
  });
}

async function output(runId: string, nodeId: string): Promise<unknown> {
  const data = await owner.client.runs.getNodeRun({ runId, nodeId, runIndex: 0 });
  return data.outputs['main']?.items.map((item) => item.json);
}

/** Runs of a workflow, the oldest first. */
async function runsOf(workflowId: string) {
  return (await owner.client.runs.list({ workflowId })).items.toReversed();
}

async function sql<R extends Record<string, unknown>>(text: string, values: readonly unknown[]): Promise<readonly R[]> {
  return queryRows<R>(product.databaseUrl, text, values);
}

async function press(button: 'cancel' | 'pause' | 'unpause', runId: string): Promise<void> {
  await owner.client.runs[button]({ runId });
}

const manual: NodeSketch = ['start', 'core.manual'];
const done = ['succeeded', 'failed', 'canceled'] as const;

describe('a workflow that calls another', () => {
  let double: string;
  beforeAll(async () => {
    double = await published('Double', {
      nodes: [
        ['called', 'core.calledTrigger', { inputs: [{ name: 'n', type: 'number', required: true }] }],
        ['twice', 'core.editFields', { assignments: [{ name: 'n', value: '{{ $json.n * 2 }}' }], keepOther: false }],
      ],
      edges: ['called -> twice'],
    });
  });

  it('waits for it and goes on with what its last step gave; the called run is one of its own', async () => {
    const caller = await published('Caller', {
      nodes: [manual, ['call', 'core.callWorkflow', { workflow: double, input: { n: '{{ $json.n }}' } }]],
      edges: ['start -> call'],
    });
    const runId = await startRun(caller, { n: 21 });
    expect((await inStatus(runId, ...done)).status).toBe('succeeded');
    expect(await output(runId, 'call')).toEqual([{ n: 42 }]);
    expect(await runsOf(double)).toMatchObject([{ status: 'succeeded', mode: 'called' }]);
  });

  it('goes on at once where it does not wait', async () => {
    const caller = await published('Sender', {
      nodes: [manual, ['call', 'core.callWorkflow', { workflow: double, input: { n: 1 }, wait: false }]],
      edges: ['start -> call'],
    });
    const runId = await startRun(caller);
    expect((await inStatus(runId, ...done)).status).toBe('succeeded');
    const [item] = (await output(runId, 'call')) as readonly { readonly runId: string }[];
    expect((await inStatus(item?.runId ?? '', ...done)).status).toBe('succeeded');
  });

  it('is told what does not fit, and starts nothing', async () => {
    const before = (await runsOf(double)).length;
    const wrong = await published('Wrong', {
      nodes: [manual, ['call', 'core.callWorkflow', { workflow: double, input: { n: 'many' } }]],
      edges: ['start -> call'],
    });
    const run = await inStatus(await startRun(wrong), ...done);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'call_input_invalid', field: 'input.n', nodeId: 'call' } });
    const missing = await published('Missing', {
      nodes: [manual, ['call', 'core.callWorkflow', { workflow: 'wf_nobody' }]],
      edges: ['start -> call'],
    });
    expect(await inStatus(await startRun(missing), ...done)).toMatchObject({ status: 'failed', error: { code: 'call_target_missing' } });
    expect(await runsOf(double)).toHaveLength(before);
  });

  it('fails typed when the called run fails', async () => {
    const failing = await published('Failing', {
      nodes: [
        ['called', 'core.calledTrigger'],
        ['edit', 'core.editFields', { assignments: [{ name: 'a', value: '{{ $json.missing.deep }}' }] }],
      ],
      edges: ['called -> edit'],
    });
    const caller = await published('Unlucky', {
      nodes: [manual, ['call', 'core.callWorkflow', { workflow: failing }]],
      edges: ['start -> call'],
    });
    const run = await inStatus(await startRun(caller), ...done);
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'child_failed', nodeId: 'call', message: expect.stringContaining('The called run failed') },
    });
  });

  it('takes what it called along when it is canceled, and what that called', async () => {
    const sleeper = await published('Sleeper', {
      nodes: [
        ['called', 'core.calledTrigger'],
        ['wait', 'core.wait', { amount: 1, unit: 'days' }],
      ],
      edges: ['called -> wait'],
    });
    const middle = await published('Middle', {
      nodes: [
        ['called', 'core.calledTrigger'],
        ['call', 'core.callWorkflow', { workflow: sleeper }],
      ],
      edges: ['called -> call'],
    });
    const top = await published('Top', { nodes: [manual, ['call', 'core.callWorkflow', { workflow: middle }]], edges: ['start -> call'] });
    const runId = await startRun(top);
    const [asleep] = await eventually(async () => {
      const runs = await runsOf(sleeper);
      return runs[0]?.status === 'waiting' ? runs : null;
    });
    expect((await inStatus(runId, 'waiting')).waitsFor).toMatchObject({ kind: 'child' });
    await press('cancel', runId);
    expect((await inStatus(runId, ...done)).status).toBe('canceled');
    expect((await inStatus(asleep?.id ?? '', ...done)).status).toBe('canceled');
    expect(await runsOf(middle)).toMatchObject([{ status: 'canceled' }]);
  });

  it('that calls itself without end is stopped at ten, and every caller learns of it', async () => {
    const { id } = await owner.client.workflows.create({ body: { name: 'Again' } });
    const { revision } = await owner.client.drafts.get({ workflowId: id });
    const document = sketchDocument(
      'Again',
      [['called', 'core.calledTrigger'], manual, ['call', 'core.callWorkflow', { workflow: id }]],
      ['called -> call', 'start -> call'],
    );
    await owner.client.drafts.put({ workflowId: id, revision, body: document });
    await owner.client.workflows.publish({ workflowId: id, body: {} });
    const run = await inStatus(await startRun(id), ...done);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'child_failed' } });
    const runs = await runsOf(id);
    expect(runs).toHaveLength(11);
    expect(runs.filter((one) => one.error?.code === 'call_depth')).toHaveLength(1);
  });

  it('goes on after the process died while it waited', async () => {
    const slow = await published('Slow', {
      nodes: [
        ['called', 'core.calledTrigger'],
        ['wait', 'core.wait', { amount: 3, unit: 'seconds' }],
      ],
      edges: ['called -> wait'],
    });
    const caller = await published('Patient', {
      nodes: [manual, ['call', 'core.callWorkflow', { workflow: slow }]],
      edges: ['start -> call'],
    });
    const runId = await startRun(caller, { a: 1 });
    await inStatus(runId, 'waiting');
    await product.kill();
    await product.start();
    expect((await inStatus(runId, ...done)).status).toBe('succeeded');
    expect(await output(runId, 'call')).toEqual([{ a: 1 }]);
    expect(await runsOf(slow)).toHaveLength(1);
  });
});

describe('a run that fails', () => {
  const failing = ['edit', 'core.editFields', { assignments: [{ name: 'a', value: '{{ $json.missing.deep }}' }] }] as const;

  it('has its handler started once, and a handler that fails has none', async () => {
    const handler = await published('Handler', {
      nodes: [
        ['failed', 'core.errorTrigger'],
        [
          'note',
          'core.editFields',
          {
            assignments: [{ name: 'text', value: '{{ $json.workflow.name }}: {{ $json.error.code }} at {{ $json.node.id }}' }],
            keepOther: false,
          },
        ],
        failing,
      ],
      edges: ['failed -> note', 'note -> edit'],
      settings: {},
    });
    const workflow = await published('Handled', { nodes: [manual, failing], edges: ['start -> edit'], settings: { onFailure: handler } });
    const runId = await startRun(workflow);
    const failed = await inStatus(runId, ...done);
    const [handled] = await eventually(async () => {
      const runs = await runsOf(handler);
      return runs[0]?.status === 'failed' ? runs : null;
    });
    expect(handled?.mode).toBe('failure');
    expect(await output(handled?.id ?? '', 'note')).toEqual([{ text: `Handled: ${failed.error?.code ?? ''} at edit` }]);
    expect(await sql('select run_id, fault, started_at is not null as started from failure_handlings', [])).toEqual([
      { run_id: runId, fault: null, started: true },
    ]);
    // As after a crash between the start and its mark: the same run again.
    await sql('update failure_handlings set started_at = null where run_id = $1', [runId]);
    await eventually(async () => {
      const [row] = await sql<{ started: boolean }>('select started_at is not null as started from failure_handlings', []);
      return row?.started === true ? row : null;
    });
    expect(await runsOf(handler)).toHaveLength(1);
  });

  it('cannot name a handler that is none', async () => {
    const plain = await published('Plain', { nodes: [manual], edges: [] });
    await expect(published('Careless', { nodes: [manual], edges: [], settings: { onFailure: plain } })).rejects.toMatchObject({
      code: 'graph_invalid',
    });
    await expect(published('Careless', { nodes: [manual], edges: [], settings: { onFailure: 'wf_none' } })).rejects.toMatchObject({
      code: 'graph_invalid',
    });
  });
});

describe('a paused run', () => {
  it('stays paused over the death of the process, its timer becomes due meanwhile, and goes on when it is unpaused', async () => {
    const workflow = await published('Paused', {
      nodes: [
        manual,
        ['wait', 'core.wait', { amount: 3, unit: 'seconds' }],
        ['edit', 'core.editFields', { assignments: [{ name: 'a', value: 1 }] }],
      ],
      edges: ['start -> wait', 'wait -> edit'],
    });
    const runId = await startRun(workflow);
    await inStatus(runId, 'waiting');
    await press('pause', runId);
    await eventually(async () => ((await owner.client.runs.get({ runId })).waitsFor?.kind === 'pause' ? true : null));
    await product.kill();
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    await product.start();
    expect(await owner.client.runs.get({ runId })).toMatchObject({ status: 'waiting', waitsFor: { kind: 'pause' } });
    await press('unpause', runId);
    expect((await inStatus(runId, ...done)).status).toBe('succeeded');
  });

  it('is ended by a cancel', async () => {
    const workflow = await published('Paused for good', {
      nodes: [manual, ['wait', 'core.wait', { amount: 1, unit: 'days' }]],
      edges: ['start -> wait'],
    });
    const runId = await startRun(workflow);
    await inStatus(runId, 'waiting');
    await press('pause', runId);
    await eventually(async () => ((await owner.client.runs.get({ runId })).waitsFor?.kind === 'pause' ? true : null));
    await press('cancel', runId);
    expect((await inStatus(runId, ...done)).status).toBe('canceled');
  });
});
