import type { ApiError } from '@millwright/client';
import { createOwner, eventually, publishSketch, queryRows, sketchDocument, startEcho, startProduct } from '@millwright/testing';
import type { Echo, EdgeSketch, NodeSketch, Product, Published, SignedIn } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let product: Product;
let owner: SignedIn;
let echo: Echo;

beforeAll(async () => {
  echo = await startEcho();
  product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: echo.host, MILLWRIGHT_TEST_NODES: '1', NODE_ENV: 'development' } });
  owner = await createOwner(product);
});
afterAll(async () => {
  await product?.remove();
  echo?.stop();
});

const ENDED = new Set(['succeeded', 'failed', 'canceled']);

/** A run once it has ended. */
async function ended(runId: string) {
  return eventually(async () => {
    const run = await owner.client.runs.get({ runId });
    return ENDED.has(run.status) ? run : null;
  }, 90_000);
}

async function deliver({ url }: Published, body: unknown = {}): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return ((await response.json()) as { runId: string }).runId;
}

const refusal = async (call: Promise<unknown>): Promise<Pick<ApiError, 'status' | 'code'> | null> =>
  call.then(
    () => null,
    (thrown: ApiError) => ({ status: thrown.status, code: thrown.code }),
  );

const hook: NodeSketch = ['hook', 'core.webhook', { answer: 'now' }];
const post = (id: string, path: string, settings: Record<string, unknown> = {}): NodeSketch => [
  id,
  'http.request',
  { method: 'POST', url: `${echo.url}${path}`, bodyType: 'json', body: '{{ $json }}' },
  settings,
];
const good = { name: 'ok', value: '{{ $json.body.key }}' };

/** Sends one request per number; a step behind it fails when one was refused. */
function listSketch(path: string): { readonly nodes: readonly NodeSketch[]; readonly edges: readonly EdgeSketch[] } {
  return {
    nodes: [
      hook,
      ['list', 'test.numbers', { count: 312 }],
      post('send', `${path}/{{ $json.n }}`, { onError: 'continue' }),
      ['check', 'core.editFields', { assignments: [good], keepOther: false }],
    ],
    edges: ['hook -> list', 'list -> send', 'send -> check'],
  };
}

async function republish(
  workflowId: string,
  sketch: { readonly nodes: readonly NodeSketch[]; readonly edges: readonly EdgeSketch[] },
): Promise<void> {
  const { revision } = await owner.client.drafts.get({ workflowId });
  await owner.client.drafts.put({ workflowId, revision, body: sketchDocument('Next', sketch.nodes, sketch.edges) });
  await owner.client.workflows.publish({ workflowId, body: {} });
}

describe('resume', () => {
  it('sends the 4 of 312 that failed, once, under their keys, and shows the others as they were', async () => {
    const bad = [17, 100, 101, 290];
    for (const n of bad) await echo.rule({ path: `/crm/${n}`, status: 422, times: 1 });
    const workflow = await publishSketch(owner, 'Campaign', listSketch('/crm'));
    const runId = await deliver(workflow);
    expect(await ended(runId)).toMatchObject({ status: 'failed', error: { nodeId: 'check' } });
    const before = await echo.records('/crm/');
    expect(before).toHaveLength(312);

    const preview = await owner.client.runs.resumePreview({ runId, version: 'same' });
    expect(preview).toEqual({
      skipped: [{ nodeId: 'send', name: 'send', count: 308 }],
      again: [
        { nodeId: 'send', name: 'send' },
        { nodeId: 'check', name: 'check' },
      ],
      changed: [],
      blocked: [],
    });
    const { runId: next } = await owner.client.runs.resume({ runId, body: { version: 'same' } });
    expect(await ended(next)).toMatchObject({ status: 'succeeded', resumesRunId: runId });
    const all = await echo.records('/crm/');
    const sent = all.slice(312);
    expect(sent.map((one) => one.path).toSorted()).toEqual(bad.map((n) => `/crm/${n}`).toSorted());
    for (const one of sent)
      expect(before).toContainEqual(expect.objectContaining({ path: one.path, key: one.key, bodyHash: one.bodyHash }));
    const data = await owner.client.runs.getNodeRun({ runId: next, nodeId: 'send', runIndex: 0 });
    expect(data.outputs['main']?.count).toBe(312);
    expect(data.attempts.map(({ itemIndex, attempt, status }) => `${itemIndex} ${attempt} ${status}`).toSorted()).toEqual(
      bad.map((n) => `${n} 2 done`).toSorted(),
    );
    expect(await owner.client.runs.get({ runId })).toMatchObject({ status: 'failed', resumedByRunId: next });

    expect(await refusal(owner.client.runs.resume({ runId, body: { version: 'same' } }))).toEqual({ status: 409, code: 'already_resumed' });
    expect(await refusal(owner.client.runs.resume({ runId: next, body: { version: 'same' } }))).toEqual({
      status: 409,
      code: 'run_not_failed',
    });
  });

  it('that is killed in the middle sends nothing twice but under the same key', async () => {
    const bad = [5, 6, 7];
    for (const n of bad) await echo.rule({ path: `/killed/${n}`, status: 422, times: 1 });
    const runId = await deliver(await publishSketch(owner, 'Killed', listSketch('/killed')));
    await ended(runId);
    await echo.rule({ path: '/killed/6', isHeld: true });
    const { runId: next } = await owner.client.runs.resume({ runId, body: { version: 'same' } });
    await eventually(async () => (await echo.records('/killed/6')).filter((one) => one.path === '/killed/6').length === 2);
    await product.kill();
    await echo.release('/killed/6');
    await product.start();
    // A POST whose answer was lost is asked about.
    const asked = await eventually(async () => {
      const run = await owner.client.runs.get({ runId: next });
      return run.waitsFor?.kind === 'outcome' ? run : null;
    }, 90_000);
    expect(asked.status).toBe('waiting');
    const where = { runId: next, nodeId: 'send', runIndex: 0 };
    expect(await refusal(owner.client.runs.retryNow(where))).toEqual({ status: 409, code: 'not_waiting' });
    await owner.client.runs.settle({ ...where, body: { answer: 'sendAgain' } });
    expect(await ended(next)).toMatchObject({ status: 'succeeded' });
    const records = await echo.records('/killed/');
    const sends = Map.groupBy(records, (one) => one.path);
    expect(sends.size).toBe(312);
    for (const [path, some] of sends) {
      expect(new Set(some.map((one) => `${one.key} ${one.bodyHash}`)).size).toBe(1);
      // The answers to 5 and 7 may have been lost with 6's: then they were asked about, too.
      const least = path === '/killed/6' ? 3 : bad.some((n) => path === `/killed/${n}`) ? 2 : 1;
      expect(some.length).toBeGreaterThanOrEqual(least);
      expect(some.length).toBeLessThanOrEqual(least === 2 ? 3 : least);
    }
    expect(await refusal(owner.client.runs.settle({ ...where, body: { answer: 'done' } }))).toEqual({ status: 409, code: 'run_ended' });
  });

  it('with the newest version goes on where a step was mended', async () => {
    const sketch = (value: string) => ({
      nodes: [
        hook,
        post('first', '/fixed/a'),
        ['edit', 'core.editFields', { assignments: [{ name: 'ok', value }] }] as NodeSketch,
        post('last', '/fixed/b'),
      ],
      edges: ['hook -> first', 'first -> edit', 'edit -> last'],
    });
    const workflow = await publishSketch(owner, 'Mended', sketch('{{ $json.nothing }}'));
    const runId = await deliver(workflow, { name: 'Ada' });
    await ended(runId);
    await republish(workflow.workflowId, sketch('{{ $json.body.n }}'));
    expect(await owner.client.runs.resumePreview({ runId, version: 'newest' })).toMatchObject({
      skipped: [{ nodeId: 'first', count: 1 }],
      again: [{ nodeId: 'edit' }],
      changed: [],
      blocked: [],
    });
    const { runId: next } = await owner.client.runs.resume({ runId, body: { version: 'newest' } });
    const run = await ended(next);
    expect(run.status).toBe('succeeded');
    expect(run.nodeRuns.map(({ nodeId, status, reason }) => [nodeId, status, reason])).toEqual([
      ['hook', 'succeeded', null],
      ['first', 'skipped', 'alreadyDone'],
      ['edit', 'succeeded', null],
      ['last', 'succeeded', null],
    ]);
    expect((await echo.records('/fixed/')).map((one) => one.path)).toEqual(['/fixed/a', '/fixed/b']);
  });

  it('with another input asks about writes that would be others, and does what was answered', async () => {
    const sketch = { nodes: [hook, post('first', '/edited/a'), post('last', '/edited/b')], edges: ['hook -> first', 'first -> last'] };
    const workflow = await publishSketch(owner, 'Edited', sketch);
    const failed = async (): Promise<string> => {
      await echo.rule({ path: '/edited/b', status: 422, times: 1 });
      const runId = await deliver(workflow, { name: 'Ada' });
      await ended(runId);
      return runId;
    };
    const [one, two] = [await failed(), await failed()];
    const input = { body: { name: 'Grace' }, headers: {}, query: {} };
    const ask = owner.client.runs.resume({ runId: one, body: { version: 'same', input } });
    expect(await refusal(ask)).toEqual({ status: 409, code: 'resume_asks' });
    const sends = async (): Promise<readonly (string | null)[]> => (await echo.records('/edited/a')).map((record) => record.key);
    const before = await sends();
    const skipped = await owner.client.runs.resume({ runId: one, body: { version: 'same', input, onChanged: 'skip' } });
    expect((await ended(skipped.runId)).status).toBe('succeeded');
    expect(await sends()).toEqual(before);
    const resent = await owner.client.runs.resume({ runId: two, body: { version: 'same', input, onChanged: 'resend' } });
    expect((await ended(resent.runId)).status).toBe('succeeded');
    const after = await sends();
    expect(after).toHaveLength(before.length + 1);
    expect(new Set(after).size).toBe(after.length);
  });

  it('says what cannot be gone on with where the version lost a step', async () => {
    const workflow = await publishSketch(owner, 'Lost', {
      nodes: [hook, post('first', '/lost/a'), post('last', '/lost/b')],
      edges: ['hook -> first', 'first -> last'],
    });
    await echo.rule({ path: '/lost/b', status: 422 });
    const runId = await deliver(workflow);
    await ended(runId);
    await republish(workflow.workflowId, { nodes: [hook, post('last', '/lost/c')], edges: ['hook -> last'] });
    const preview = await owner.client.runs.resumePreview({ runId, version: 'newest' });
    expect(preview.blocked).toEqual([{ nodeId: 'first', name: 'first', why: 'removed' }]);
    expect(await refusal(owner.client.runs.resume({ runId, body: { version: 'newest' } }))).toEqual({
      status: 422,
      code: 'resume_blocked',
    });
    expect((await owner.client.runs.resumePreview({ runId, version: 'same' })).blocked).toEqual([]);
  });
});

describe('the newest version', () => {
  it('is none where the workflow was removed, or where something else has the id of the trigger', async () => {
    const sketch = (more: readonly NodeSketch[] = [hook]) => ({ nodes: [...more, post('first', '/newest/a')], edges: ['hook -> first'] });
    await echo.rule({ path: '/newest/a', status: 422 });
    const other = await publishSketch(owner, 'Other trigger', sketch());
    const runId = await deliver(other);
    await ended(runId);
    const edit: NodeSketch = ['hook', 'core.editFields', { assignments: [], keepOther: true }];
    await republish(other.workflowId, {
      ...sketch([['door', 'core.webhook', { answer: 'now' }], edit]),
      edges: ['door -> hook', 'hook -> first'],
    });
    expect(await refusal(owner.client.runs.resume({ runId, body: { version: 'newest' } }))).toEqual({
      status: 422,
      code: 'resume_blocked',
    });
    expect(await refusal(owner.client.runs.rerun({ runId, body: { version: 'newest' } }))).toEqual({
      status: 422,
      code: 'trigger_removed',
    });
    const removed = await publishSketch(owner, 'Removed', sketch());
    const lost = await deliver(removed);
    await ended(lost);
    await owner.client.workflows.remove({ workflowId: removed.workflowId });
    for (const again of ['resume', 'rerun'] as const)
      expect(await refusal(owner.client.runs[again]({ runId: lost, body: { version: 'newest' } }))).toEqual({
        status: 409,
        code: 'not_published',
      });
    const { runId: next } = await owner.client.runs.resume({ runId: lost, body: { version: 'same' } });
    expect((await ended(next)).status).toBe('failed');
  });
});

describe('resume of a run that called others', () => {
  const called: NodeSketch = ['called', 'core.calledTrigger'];
  const call = (workflow: string, settings: Record<string, unknown> = {}): NodeSketch => [
    'call',
    'core.callWorkflow',
    { workflow },
    settings,
  ];
  const sends = async (path: string): Promise<Readonly<Record<string, number>>> => {
    const records = await echo.records(path);
    for (const some of Map.groupBy(records, (one) => one.path).values()) expect(new Set(some.map((one) => one.key)).size).toBe(1);
    return Object.fromEntries([...Map.groupBy(records, (one) => one.path)].map(([to, some]) => [to, some.length]));
  };

  it('goes on inside the called run that failed: what that one has done is not done again', async () => {
    const { workflowId } = await publishSketch(owner, 'Called', {
      nodes: [called, post('first', '/called/a'), post('last', '/called/b')],
      edges: ['called -> first', 'first -> last'],
    });
    const caller = await publishSketch(owner, 'Caller', { nodes: [hook, call(workflowId)], edges: ['hook -> call'] });
    await echo.rule({ path: '/called/b', status: 422, times: 1 });
    const runId = await deliver(caller);
    expect(await ended(runId)).toMatchObject({ status: 'failed', error: { code: 'child_failed' } });
    const { runId: next } = await owner.client.runs.resume({ runId, body: { version: 'same' } });
    expect((await ended(next)).status).toBe('succeeded');
    expect(await sends('/called/')).toEqual({ '/called/a': 1, '/called/b': 2 });
    const [second, first] = (await owner.client.runs.list({ workflowId })).items;
    expect(second).toMatchObject({ status: 'succeeded', parentRunId: next, resumesRunId: first?.id });
  });

  it('after a cancel takes over what had ended, and goes on with what was stopped', async () => {
    const { workflowId } = await publishSketch(owner, 'Stopped', {
      nodes: [called, post('first', '/stopped/a'), ['wait', 'core.wait', { amount: 3, unit: 'seconds' }], post('last', '/stopped/b')],
      edges: ['called -> first', 'first -> wait', 'wait -> last'],
    });
    const caller = await publishSketch(owner, 'Stopper', { nodes: [hook, call(workflowId)], edges: ['hook -> call'] });
    const runId = await deliver(caller);
    await eventually(async () => (await owner.client.runs.list({ workflowId })).items[0]?.status === 'waiting');
    await owner.client.runs.cancel({ runId });
    expect((await ended(runId)).status).toBe('canceled');
    const { runId: next } = await owner.client.runs.resume({ runId, body: { version: 'same' } });
    expect((await ended(next)).status).toBe('succeeded');
    expect(await sends('/stopped/')).toEqual({ '/stopped/a': 1, '/stopped/b': 1 });
  });

  it('as does a retry of the call', async () => {
    const { workflowId } = await publishSketch(owner, 'Retried', {
      nodes: [called, post('first', '/retried/a'), post('last', '/retried/b')],
      edges: ['called -> first', 'first -> last'],
    });
    const retry = { maxAttempts: 2, initialMs: 100, on: ['transient'] };
    const caller = await publishSketch(owner, 'Retrier', { nodes: [hook, call(workflowId, { retry })], edges: ['hook -> call'] });
    await echo.rule({ path: '/retried/b', status: 422, times: 1 });
    expect((await ended(await deliver(caller))).status).toBe('succeeded');
    expect(await sends('/retried/')).toEqual({ '/retried/a': 1, '/retried/b': 2 });
  });
});

describe('run again', () => {
  it('does everything anew under new keys, many at once', async () => {
    const workflow = await publishSketch(owner, 'Again', { nodes: [hook, post('send', '/again')], edges: ['hook -> send'] });
    const runIds = await Promise.all([1, 2, 3].map((n) => deliver(workflow, { n })));
    for (const runId of runIds) expect((await ended(runId)).status).toBe('succeeded');
    const unknown = `run_${'0'.repeat(26)}`;
    const { accepted, refused } = await owner.client.runs.bulk({ body: { action: 'rerun', runIds: [...runIds, unknown] } });
    expect(refused).toEqual([{ runId: unknown, code: 'run_unknown', detail: expect.any(String) }]);
    for (const { runId, newRunId } of accepted)
      expect(await ended(newRunId ?? '')).toMatchObject({ status: 'succeeded', rerunOfRunId: runId });
    const records = await echo.records('/again');
    expect(new Set(records.map((one) => one.key)).size).toBe(6);
    expect([...Map.groupBy(records, (one) => one.bodyHash).values()].map((some) => some.length)).toEqual([2, 2, 2]);
  });

  it('takes another input', async () => {
    const workflow = await publishSketch(owner, 'Again edited', { nodes: [hook, post('send', '/anew')], edges: ['hook -> send'] });
    const runId = await deliver(workflow, { n: 1 });
    await ended(runId);
    const { runId: next } = await owner.client.runs.rerun({ runId, body: { version: 'newest', input: { n: 2 } } });
    await ended(next);
    const data = await owner.client.runs.getNodeRun({ runId: next, nodeId: 'hook', runIndex: 0 });
    expect(data.outputs['main']?.items).toEqual([{ json: { n: 2 } }]);
  });
});

describe('cancel and terminate', () => {
  it('abort a request in flight: it is unknown what became of it', async () => {
    const workflow = await publishSketch(owner, 'Slow', { nodes: [hook, post('send', '/slow')], edges: ['hook -> send'] });
    await echo.rule({ path: '/slow', isHeld: true });
    const runId = await deliver(workflow);
    await eventually(async () => (await echo.records('/slow')).length === 1);
    const asked = await owner.client.runs.cancel({ runId });
    expect(asked.id).toBe(runId);
    await eventually(async () => (await echo.records('/slow'))[0]?.end === 'gone', 10_000);
    const run = await ended(runId);
    expect(run).toMatchObject({ status: 'canceled', reason: 'user' });
    const { attempts } = await owner.client.runs.getNodeRun({ runId, nodeId: 'send', runIndex: 0 });
    expect(attempts).toMatchObject([{ status: 'unknown' }]);
    expect(await refusal(owner.client.runs.cancel({ runId }))).toEqual({ status: 409, code: 'run_ended' });
    await echo.release('/slow');
  });

  it('reach a run that waits for days, many at once', async () => {
    const workflow = await publishSketch(owner, 'Waiting', {
      nodes: [hook, ['wait', 'core.wait', { mode: 'for', amount: 3, unit: 'days' }]],
      edges: ['hook -> wait'],
    });
    const runIds = await Promise.all([1, 2, 3].map((n) => deliver(workflow, { n })));
    const waiting = async (runId: string) => eventually(async () => (await owner.client.runs.get({ runId })).status === 'waiting');
    await Promise.all(runIds.map(waiting));
    const [first = '', ...others] = runIds;
    const terminated = await owner.client.runs.terminate({ runId: first });
    expect(terminated).toMatchObject({ status: 'canceled', reason: 'terminated' });
    expect((await owner.client.runs.get({ runId: first })).nodeRuns.map(({ status }) => status)).toEqual(['succeeded', 'canceled']);
    const { accepted, refused } = await owner.client.runs.bulk({ body: { action: 'cancel', runIds } });
    expect(refused.map(({ runId, code }) => [runId, code])).toEqual([[first, 'run_ended']]);
    expect(accepted.map(({ runId }) => runId)).toEqual(others);
    for (const runId of others) expect(await ended(runId)).toMatchObject({ status: 'canceled', reason: 'user' });
    const { accepted: resumed } = await owner.client.runs.bulk({ body: { action: 'resume', runIds: [first] } });
    await waiting(resumed[0]?.newRunId ?? '');
    expect(await owner.client.runs.terminate({ runId: resumed[0]?.newRunId ?? '' })).toMatchObject({ status: 'canceled' });
    const entries = await queryRows<{ action: string; target_id: string }>(
      product.databaseUrl,
      `select action, target_id from audit_log where target_id = $1 order by seq`,
      [first],
    );
    expect(entries.map(({ action }) => action)).toEqual(['run.terminated', 'run.bulk']);
  });

  it('pause lets nothing new start until the run goes on', async () => {
    const workflow = await publishSketch(owner, 'Paused', {
      nodes: [hook, ['wait', 'core.wait', { mode: 'for', amount: 3, unit: 'days' }], post('send', '/paused')],
      edges: ['hook -> wait', 'wait -> send'],
    });
    const runId = await deliver(workflow);
    await eventually(async () => (await owner.client.runs.get({ runId })).status === 'waiting');
    expect(await owner.client.runs.pause({ runId })).toMatchObject({ pauseRequested: true });
    await owner.client.runs.retryNow({ runId, nodeId: 'wait', runIndex: 0 });
    expect(await refusal(owner.client.runs.retryNow({ runId, nodeId: 'wait', runIndex: 0 }))).toMatchObject({ status: 409 });
    await eventually(async () => (await owner.client.runs.get({ runId })).waitsFor?.kind === 'pause');
    expect(await echo.records('/paused')).toEqual([]);
    expect(await owner.client.runs.unpause({ runId })).not.toHaveProperty('pauseRequested');
    expect((await ended(runId)).status).toBe('succeeded');
    expect(await echo.records('/paused')).toHaveLength(1);
  });
});
