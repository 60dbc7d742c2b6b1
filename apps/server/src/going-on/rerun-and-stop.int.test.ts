import {
  deliver,
  eventually,
  HOOK_NOW,
  postItem,
  publishSketch,
  queryRows,
  refusalOf,
  runEnded,
  startStage,
  type Stage,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.remove());

const ended = (runId: string) => runEnded(stage.owner, runId, 90_000);

describe('run again', () => {
  it('does everything anew under new keys, many at once', async () => {
    const workflow = await publishSketch(stage.owner, 'Again', {
      nodes: [HOOK_NOW, postItem('send', `${stage.echo.url}/again`)],
      edges: ['hook -> send'],
    });
    const runIds = await Promise.all([1, 2, 3].map((n) => deliver(workflow.url, { n })));
    for (const runId of runIds) expect((await ended(runId)).status).toBe('succeeded');
    const unknown = `run_${'0'.repeat(26)}`;
    const { accepted, refused } = await stage.owner.client.runs.bulk({ body: { action: 'rerun', runIds: [...runIds, unknown] } });
    expect(refused).toEqual([{ runId: unknown, code: 'run_unknown', detail: expect.any(String) }]);
    for (const { runId, newRunId } of accepted)
      expect(await ended(newRunId ?? '')).toMatchObject({ status: 'succeeded', rerunOfRunId: runId });
    const records = await stage.echo.records('/again');
    expect(new Set(records.map((one) => one.key)).size).toBe(6);
    expect([...Map.groupBy(records, (one) => one.bodyHash).values()].map((some) => some.length)).toEqual([2, 2, 2]);
  });

  it('takes another input', async () => {
    const workflow = await publishSketch(stage.owner, 'Again edited', {
      nodes: [HOOK_NOW, postItem('send', `${stage.echo.url}/anew`)],
      edges: ['hook -> send'],
    });
    const runId = await deliver(workflow.url, { n: 1 });
    await ended(runId);
    const { runId: next } = await stage.owner.client.runs.rerun({ runId, body: { version: 'newest', input: { n: 2 } } });
    await ended(next);
    const data = await stage.owner.client.runs.getNodeRun({ runId: next, nodeId: 'hook', runIndex: 0 });
    expect(data.outputs['main']?.items).toEqual([{ json: { n: 2 } }]);
  });
});

describe('cancel and terminate', () => {
  it('abort a request in flight: it is unknown what became of it', async () => {
    const workflow = await publishSketch(stage.owner, 'Slow', {
      nodes: [HOOK_NOW, postItem('send', `${stage.echo.url}/slow`)],
      edges: ['hook -> send'],
    });
    await stage.echo.rule({ path: '/slow', isHeld: true });
    const runId = await deliver(workflow.url);
    await eventually(async () => (await stage.echo.records('/slow')).length === 1);
    const asked = await stage.owner.client.runs.cancel({ runId });
    expect(asked.id).toBe(runId);
    await eventually(async () => (await stage.echo.records('/slow'))[0]?.end === 'gone');
    const run = await ended(runId);
    expect(run).toMatchObject({ status: 'canceled', reason: 'user' });
    const { attempts } = await stage.owner.client.runs.getNodeRun({ runId, nodeId: 'send', runIndex: 0 });
    expect(attempts).toMatchObject([{ status: 'unknown' }]);
    expect(await refusalOf(stage.owner.client.runs.cancel({ runId }))).toEqual({ status: 409, code: 'run_ended' });
    await stage.echo.release('/slow');
  });

  it('reach a run that waits for days, many at once', async () => {
    const workflow = await publishSketch(stage.owner, 'Waiting', {
      nodes: [HOOK_NOW, ['wait', 'core.wait', { mode: 'for', amount: 3, unit: 'days' }]],
      edges: ['hook -> wait'],
    });
    const runIds = await Promise.all([1, 2, 3].map((n) => deliver(workflow.url, { n })));
    const waiting = async (runId: string) => eventually(async () => (await stage.owner.client.runs.get({ runId })).status === 'waiting');
    await Promise.all(runIds.map(waiting));
    const [first = '', ...others] = runIds;
    const terminated = await stage.owner.client.runs.terminate({ runId: first });
    expect(terminated).toMatchObject({ status: 'canceled', reason: 'terminated' });
    expect((await stage.owner.client.runs.get({ runId: first })).nodeRuns.map(({ status }) => status)).toEqual(['succeeded', 'canceled']);
    const { accepted, refused } = await stage.owner.client.runs.bulk({ body: { action: 'cancel', runIds } });
    expect(refused.map(({ runId, code }) => [runId, code])).toEqual([[first, 'run_ended']]);
    expect(accepted.map(({ runId }) => runId)).toEqual(others);
    for (const runId of others) expect(await ended(runId)).toMatchObject({ status: 'canceled', reason: 'user' });
    const { accepted: resumed } = await stage.owner.client.runs.bulk({ body: { action: 'resume', runIds: [first] } });
    await waiting(resumed[0]?.newRunId ?? '');
    expect(await stage.owner.client.runs.terminate({ runId: resumed[0]?.newRunId ?? '' })).toMatchObject({ status: 'canceled' });
    const entries = await queryRows<{ action: string; target_id: string }>(
      stage.product.databaseUrl,
      `select action, target_id from audit_log where target_id = $1 order by seq`,
      [first],
    );
    expect(entries.map(({ action }) => action)).toEqual(['run.terminated', 'run.bulk']);
  });

  it('pause lets nothing new start until the run goes on', async () => {
    const workflow = await publishSketch(stage.owner, 'Paused', {
      nodes: [HOOK_NOW, ['wait', 'core.wait', { mode: 'for', amount: 3, unit: 'days' }], postItem('send', `${stage.echo.url}/paused`)],
      edges: ['hook -> wait', 'wait -> send'],
    });
    const runId = await deliver(workflow.url);
    await eventually(async () => (await stage.owner.client.runs.get({ runId })).status === 'waiting');
    expect(await stage.owner.client.runs.pause({ runId })).toMatchObject({ pauseRequested: true });
    await stage.owner.client.runs.retryNow({ runId, nodeId: 'wait', runIndex: 0 });
    expect(await refusalOf(stage.owner.client.runs.retryNow({ runId, nodeId: 'wait', runIndex: 0 }))).toMatchObject({ status: 409 });
    await eventually(async () => (await stage.owner.client.runs.get({ runId })).waitsFor?.kind === 'pause');
    expect(await stage.echo.records('/paused')).toEqual([]);
    expect(await stage.owner.client.runs.unpause({ runId })).not.toHaveProperty('pauseRequested');
    expect((await ended(runId)).status).toBe('succeeded');
    expect(await stage.echo.records('/paused')).toHaveLength(1);
  });
});
