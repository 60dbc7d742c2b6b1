import { eventually, publishSketch, queryRows, startStage, type NodeSketch, type Stage } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.remove());

const manual: NodeSketch = ['start', 'core.manual'];
const done = ['succeeded', 'failed', 'canceled'];

async function startRun(path: string, settings: Readonly<Record<string, unknown>> = {}, method = 'POST'): Promise<string> {
  const { workflowId } = await publishSketch(stage.owner, path, {
    nodes: [manual, ['call', 'http.request', { method, url: `${stage.echo.url}${path}`, bodyType: 'json', body: { a: 1 } }, settings]],
    edges: ['start -> call'],
  });
  return (await stage.owner.client.workflows.startRun({ workflowId, body: { input: {} } })).runId;
}

async function inStatus(runId: string, ...statuses: readonly string[]) {
  return eventually(async () => {
    const run = await stage.owner.client.runs.get({ runId }).catch(() => null);
    return run !== null && statuses.includes(run.status) ? run : null;
  });
}

const of = (runId: string) => ({ runId, nodeId: 'call', runIndex: 0 });

describe('a person who is asked what became of a request whose answer was lost', () => {
  it('settles it as done, not done, to be sent again, or to be sent again as a new one; once', async () => {
    const answers = ['done', 'notDone', 'sendAgain', 'sendAgainAsNew'] as const;
    await stage.echo.rule({ path: '/lost/', isHeld: true });
    const runs = new Map<string, string>();
    for (const answer of answers) runs.set(answer, await startRun(`/lost/${answer}`));
    await eventually(async () => ((await stage.echo.records('/lost/')).length === 4 ? true : null));
    await stage.product.kill();
    await stage.echo.release('/lost/');
    await stage.product.start();
    for (const answer of answers) {
      const runId = runs.get(answer) ?? '';
      expect((await inStatus(runId, 'waiting')).waitsFor).toMatchObject({ kind: 'outcome' });
      await stage.owner.client.runs.settle({ ...of(runId), body: { answer, ...(answer === 'done' ? { response: { id: 7 } } : {}) } });
      await expect(stage.owner.client.runs.settle({ ...of(runId), body: { answer: 'notDone' } })).rejects.toMatchObject({ status: 409 });
      const run = await inStatus(runId, ...done);
      expect([answer, run.status, run.error?.code]).toEqual([
        answer,
        answer === 'notDone' ? 'failed' : 'succeeded',
        answer === 'notDone' ? 'not_done' : undefined,
      ]);
      const records = await stage.echo.records(`/lost/${answer}`);
      expect([answer, records.filter((one) => one.path === `/lost/${answer}`).length]).toEqual([answer, answer.startsWith('send') ? 2 : 1]);
      await expect(stage.owner.client.runs.settle({ ...of(runId), body: { answer: 'done' } })).rejects.toMatchObject({
        status: 409,
        code: 'run_ended',
      });
    }
    const keysOf = async (path: string) =>
      new Set((await stage.echo.records('/lost/')).filter((one) => one.path === path).map((one) => one.key)).size;
    expect([await keysOf('/lost/sendAgain'), await keysOf('/lost/sendAgainAsNew')]).toEqual([1, 2]);
    const data = await stage.owner.client.runs.getNodeRun(of(runs.get('done') ?? ''));
    expect(data.outputs['main']?.items).toMatchObject([{ json: { id: 7 } }]);
    expect(data.attempts).toMatchObject([{ attempt: 1, status: 'done' }]);
  });
});

describe('going on at once', () => {
  it('a retry that would come in an hour comes now', async () => {
    await stage.echo.rule({ path: '/away', status: 503, times: 1 });
    const retry = { maxAttempts: 3, initialMs: 3_600_000, maxMs: 3_600_000 };
    const runId = await startRun('/away', { retry }, 'GET');
    expect((await inStatus(runId, 'waiting')).waitsFor).toMatchObject({ kind: 'retry' });
    await stage.owner.client.runs.retryNow(of(runId));
    expect((await inStatus(runId, ...done)).status).toBe('succeeded');
    expect(await stage.echo.records('/away')).toHaveLength(2);
  });

  it('a decision whose wake-up was lost is found by the sweeper', async () => {
    const { workflowId } = await publishSketch(stage.owner, 'Forgotten', {
      nodes: [manual, ['call', 'core.wait', { amount: 1, unit: 'days' }]],
      edges: ['start -> call'],
    });
    const { runId } = await stage.owner.client.workflows.startRun({ workflowId, body: { input: {} } });
    await inStatus(runId, 'waiting');
    await queryRows(
      stage.product.databaseUrl,
      `insert into waits (workspace_id, token, run_id, node_id, run_index, item_index, attempt, kind, decision, decided_at)
       select workspace_id, run_id || ':call:0:retry:-1:1', run_id, 'call', 0, -1, 1, 'retry', '{"now": true}', now() from runs where run_id = $1`,
      [runId],
    );
    expect((await inStatus(runId, ...done)).status).toBe('succeeded');
  });
});
