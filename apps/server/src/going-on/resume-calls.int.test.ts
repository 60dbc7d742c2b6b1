import {
  deliver,
  eventually,
  HOOK_NOW,
  postItem,
  publishSketch,
  runEnded,
  startStage,
  type NodeSketch,
  type Stage,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.remove());

const ended = (runId: string) => runEnded(stage.owner, runId, 90_000);

describe('resume of a run that called others', () => {
  const called: NodeSketch = ['called', 'core.calledTrigger'];
  const call = (workflow: string, settings: Record<string, unknown> = {}): NodeSketch => [
    'call',
    'core.callWorkflow',
    { workflow },
    settings,
  ];
  const sends = async (path: string): Promise<Readonly<Record<string, number>>> => {
    const records = await stage.echo.records(path);
    for (const some of Map.groupBy(records, (one) => one.path).values()) expect(new Set(some.map((one) => one.key)).size).toBe(1);
    return Object.fromEntries([...Map.groupBy(records, (one) => one.path)].map(([to, some]) => [to, some.length]));
  };

  it('goes on inside the called run that failed: what that one has done is not done again', async () => {
    const { workflowId } = await publishSketch(stage.owner, 'Called', {
      nodes: [called, postItem('first', `${stage.echo.url}/called/a`), postItem('last', `${stage.echo.url}/called/b`)],
      edges: ['called -> first', 'first -> last'],
    });
    const caller = await publishSketch(stage.owner, 'Caller', { nodes: [HOOK_NOW, call(workflowId)], edges: ['hook -> call'] });
    await stage.echo.rule({ path: '/called/b', status: 422, times: 1 });
    const runId = await deliver(caller.url);
    expect(await ended(runId)).toMatchObject({ status: 'failed', error: { code: 'child_failed' } });
    const { runId: next } = await stage.owner.client.runs.resume({ runId, body: { version: 'same' } });
    expect((await ended(next)).status).toBe('succeeded');
    expect(await sends('/called/')).toEqual({ '/called/a': 1, '/called/b': 2 });
    const [second, first] = (await stage.owner.client.runs.list({ workflowId })).items;
    expect(second).toMatchObject({ status: 'succeeded', parentRunId: next, resumesRunId: first?.id });
  });

  it('after a cancel takes over what had ended, and goes on with what was stopped', async () => {
    const { workflowId } = await publishSketch(stage.owner, 'Stopped', {
      nodes: [
        called,
        postItem('first', `${stage.echo.url}/stopped/a`),
        ['wait', 'core.wait', { amount: 3, unit: 'seconds' }],
        postItem('last', `${stage.echo.url}/stopped/b`),
      ],
      edges: ['called -> first', 'first -> wait', 'wait -> last'],
    });
    const caller = await publishSketch(stage.owner, 'Stopper', { nodes: [HOOK_NOW, call(workflowId)], edges: ['hook -> call'] });
    const runId = await deliver(caller.url);
    await eventually(async () => (await stage.owner.client.runs.list({ workflowId })).items[0]?.status === 'waiting');
    await stage.owner.client.runs.cancel({ runId });
    expect((await ended(runId)).status).toBe('canceled');
    const { runId: next } = await stage.owner.client.runs.resume({ runId, body: { version: 'same' } });
    expect((await ended(next)).status).toBe('succeeded');
    expect(await sends('/stopped/')).toEqual({ '/stopped/a': 1, '/stopped/b': 1 });
  });

  it('as does a retry of the call', async () => {
    const { workflowId } = await publishSketch(stage.owner, 'Retried', {
      nodes: [called, postItem('first', `${stage.echo.url}/retried/a`), postItem('last', `${stage.echo.url}/retried/b`)],
      edges: ['called -> first', 'first -> last'],
    });
    const retry = { maxAttempts: 2, initialMs: 100, on: ['transient'] };
    const caller = await publishSketch(stage.owner, 'Retrier', { nodes: [HOOK_NOW, call(workflowId, { retry })], edges: ['hook -> call'] });
    await stage.echo.rule({ path: '/retried/b', status: 422, times: 1 });
    expect((await ended(await deliver(caller.url))).status).toBe('succeeded');
    expect(await sends('/retried/')).toEqual({ '/retried/a': 1, '/retried/b': 2 });
  });
});
