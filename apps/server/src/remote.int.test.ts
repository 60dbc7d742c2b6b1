import {
  deliver,
  eventually,
  HOOK_NOW,
  publishSketch,
  queryRows,
  runEnded,
  startStage,
  type NodeSketch,
  type Stage,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const RETRY = { maxAttempts: 3, initialMs: 200, jitter: 0 };

describe.each(['never', 'always'] as const)('effects, remote: %s', (remote) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await startStage({ MILLWRIGHT_REMOTE: remote });
  });
  afterAll(() => stage?.remove());

  const post = (id: string, path: string, settings: object = {}): NodeSketch => [
    id,
    'http.request',
    { method: 'POST', url: `${stage.echo.url}/${path}`, bodyType: 'json', body: { n: '{{ $itemIndex }}', at: '{{ $now.toMillis() }}' } },
    { onLostAnswer: 'resend', timeoutMs: 60_000, ...settings },
  ];

  /** Starts a run of these nodes behind a webhook that answers at once. */
  async function started(name: string, nodes: readonly NodeSketch[], edges: readonly string[]): Promise<string> {
    const { url } = await publishSketch(stage.owner, name, { nodes: [HOOK_NOW, ...nodes], edges });
    return deliver(url);
  }

  const ended = (runId: string) => runEnded(stage.owner, runId, 90_000);

  const attempts = async (runId: string): Promise<readonly string[]> => {
    const rows = await queryRows<{ row: string }>(
      stage.product.databaseUrl,
      `select node_id || '#' || attempt || ' ' || status as row from attempts where run_id = $1 and item_index > -2 order by 1`,
      [runId],
    );
    return rows.map(({ row }) => row);
  };

  it('a call that fails is tried again, then succeeds, under one key', async () => {
    await stage.echo.rule({ path: '/busy', times: 1, status: 503 });
    const runId = await started('Busy', [post('call', 'busy', { retry: RETRY })], ['hook -> call']);
    expect((await ended(runId)).status).toBe('succeeded');
    expect(await attempts(runId)).toEqual(['call#1 failed', 'call#2 done']);
    const records = await stage.echo.records('/busy');
    expect(new Set(records.map((one) => one.key)).size).toBe(1);
    expect(new Set(records.map((one) => one.bodyHash)).size).toBe(1);
  });

  it('a slow branch does not hold its sibling', async () => {
    await stage.echo.rule({ path: '/slow-branch', isHeld: true });
    const edit: NodeSketch = ['after', 'core.editFields', { assignments: [{ name: 'a', value: 1 }] }];
    const runId = await started(
      'Branches',
      [post('slow', 'slow-branch'), post('quick', 'quick'), edit],
      ['hook -> slow', 'hook -> quick', 'quick -> after'],
    );
    await eventually(async () => (await stage.echo.records('/slow-branch')).length === 1);
    await eventually(async () =>
      (await stage.owner.client.runs.get({ runId })).nodeRuns.some((one) => one.nodeId === 'after' && one.status === 'succeeded'),
    );
    await stage.echo.release('/slow-branch');
    expect((await ended(runId)).status).toBe('succeeded');
    expect(await attempts(runId)).toEqual(['quick#1 done', 'slow#1 done']);
  });

  it('a call that outlives the workflow task is made once', async () => {
    await stage.echo.rule({ path: '/long', delayMs: 15_000 });
    const runId = await started('Long', [post('call', 'long')], ['hook -> call']);
    expect((await ended(runId)).status).toBe('succeeded');
    expect(await stage.echo.records('/long')).toHaveLength(1);
    expect(await attempts(runId)).toEqual(['call#1 done']);
  });

  it('its own time ends it, and what was sent is unknown', async () => {
    await stage.echo.rule({ path: '/never', isHeld: true });
    const runId = await started('Never', [post('call', 'never', { timeoutMs: 1_500, onLostAnswer: 'ask' })], ['hook -> call']);
    expect(await ended(runId)).toMatchObject({ status: 'failed' });
    expect(await attempts(runId)).toEqual(['call#1 unknown']);
    await stage.echo.release('/never');
  });

  it('a cancel aborts the request under way', async () => {
    await stage.echo.rule({ path: '/cancel', isHeld: true });
    const runId = await started('Cancel', [post('call', 'cancel')], ['hook -> call']);
    await eventually(async () => (await stage.echo.records('/cancel')).length === 1);
    await stage.owner.client.runs.cancel({ runId });
    expect((await ended(runId)).status).toBe('canceled');
    await eventually(async () => (await stage.echo.records('/cancel'))[0]?.end === 'gone');
    await eventually(async () => (await attempts(runId)).join() === 'call#1 unknown');
    await stage.echo.release('/cancel');
  });

  it('a process killed before the answer, and one killed right after it, repeat the same request under the same key', async () => {
    for (const killAt of ['arrival', 'answer'] as const) {
      await stage.echo.rule({ path: `/${killAt}`, times: 1, killAt, pid: stage.product.pid() });
      const runId = await started(killAt, [post('call', killAt), post('last', `${killAt}-last`)], ['hook -> call', 'call -> last']);
      await eventually(async () => (await stage.echo.records(`/${killAt}`)).length === 1);
      await stage.product.kill();
      await stage.product.start();
      expect((await ended(runId)).status).toBe('succeeded');
      const records = (await stage.echo.records(`/${killAt}`)).filter((one) => one.path === `/${killAt}`);
      expect(records.length).toBeLessThanOrEqual(2);
      expect(new Set(records.map((one) => one.key)).size).toBe(1);
      expect(new Set(records.map((one) => one.bodyHash)).size).toBe(1);
      expect(await stage.echo.records(`/${killAt}-last`)).toHaveLength(1);
    }
  });

  it.runIf(remote === 'always')('a run whose remote call kills three processes ends as worker_lost', { timeout: 300_000 }, async () => {
    await stage.echo.rule({ path: '/poison', times: 1, killAt: 'arrival', pid: stage.product.pid() });
    const runId = await started('Poison', [post('call', 'poison')], ['hook -> call']);
    for (let death = 1; death <= 3; death++) {
      await eventually(async () => (await stage.echo.records('/poison')).length === death, 120_000);
      await stage.product.kill();
      await stage.product.start();
      await stage.echo.rule({ path: '/poison', times: 1, killAt: 'arrival', pid: stage.product.pid() });
    }
    expect(await ended(runId)).toMatchObject({ status: 'failed', error: { code: 'worker_lost' } });
    expect(await stage.echo.records('/poison')).toHaveLength(3);
  });
});
