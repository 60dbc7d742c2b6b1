import type { ApiError } from '@millwright/client';
import {
  deliver,
  eventually,
  HOOK_NOW,
  publishSketch,
  putSketch,
  queryRows,
  runEnded,
  startStage,
  WITH_TEST_NODES,
  type NodeSketch,
  type Sketch,
  type Stage,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let stage: Stage;

beforeAll(async () => {
  const env = { MILLWRIGHT_EXPRESSION_ENV: 'SHOP_REGION,SHOP_UNSET', SHOP_REGION: 'eu', SHOP_SECRET: 'x' };
  stage = await startStage({ ...env, ...WITH_TEST_NODES });
});
afterAll(() => stage?.remove());

const ended = (runId: string) => runEnded(stage.owner, runId, 90_000);

const set = (key: string, value: unknown) => stage.owner.client.variables.put({ key, body: { value: value as never } });
const paths = async (below: string): Promise<readonly string[]> => (await stage.echo.records(below)).map(({ path }) => path);

const post = (id: string, path: string, settings: Record<string, unknown> = {}): NodeSketch => [
  id,
  'http.request',
  { method: 'POST', url: `${stage.echo.url}${path}`, bodyType: 'json', body: '{{ { base: $vars.base, region: $env.SHOP_REGION } }}' },
  settings,
];
const twice = (path: string): Sketch => ({
  nodes: [
    HOOK_NOW,
    post('first', `${path}/first/{{ $vars.base }}`, { onLostAnswer: 'resend' }),
    post('last', `${path}/last/{{ $vars.base }}/{{ $env.SHOP_REGION }}`),
  ],
  edges: ['hook -> first', 'first -> last'],
});

describe('the variables of a run', () => {
  it('stay what they were when it was started: a second try of a killed run builds the same requests', async () => {
    await set('base', 'one');
    const workflow = await publishSketch(stage.owner, 'Killed', twice('/killed'));
    await stage.echo.rule({ path: '/killed/first', isHeld: true });
    const runId = await deliver(workflow.url);
    await eventually(async () => (await paths('/killed/first')).length === 1);
    await set('base', 'two');
    await stage.product.kill();
    await stage.echo.release('/killed/first');
    await stage.product.start();
    expect((await ended(runId)).status).toBe('succeeded');
    const first = await stage.echo.records('/killed/first');
    expect(first.length).toBeGreaterThanOrEqual(2);
    expect(new Set(first.map(({ path, key, bodyHash }) => `${path} ${key} ${bodyHash}`)).size).toBe(1);
    expect(await paths('/killed/last')).toEqual(['/killed/last/one/eu']);
    await ended(await deliver(workflow.url));
    expect(await paths('/killed/last')).toEqual(['/killed/last/one/eu', '/killed/last/two/eu']);
  });

  it('are what an earlier run had where one goes on with it, and new where it is done again', async () => {
    await set('base', 'three');
    const workflow = await publishSketch(stage.owner, 'Resumed', twice('/resumed'));
    await stage.echo.rule({ path: '/resumed/last', status: 422, times: 1 });
    const runId = await deliver(workflow.url);
    expect((await ended(runId)).status).toBe('failed');
    await set('base', 'four');
    const { runId: next } = await stage.owner.client.runs.resume({ runId, body: { version: 'same' } });
    expect((await ended(next)).status).toBe('succeeded');
    expect(await paths('/resumed/')).toEqual(['/resumed/first/three', '/resumed/last/three/eu', '/resumed/last/three/eu']);
    const { runId: anew } = await stage.owner.client.runs.rerun({ runId, body: { version: 'same' } });
    expect((await ended(anew)).status).toBe('succeeded');
    expect((await paths('/resumed/')).slice(3)).toEqual(['/resumed/first/four', '/resumed/last/four/eu']);
  });

  it('only those that the plan mentions are carried, and nothing where it mentions none', async () => {
    await set('base', 'five');
    await set('other', { not: 'carried' });
    const [one, none] = [
      await publishSketch(stage.owner, 'Carried', twice('/carried')),
      await publishSketch(stage.owner, 'Plain', {
        nodes: [HOOK_NOW, ['edit', 'core.editFields', { assignments: [{ name: 'a', value: 1 }] }]],
        edges: ['hook -> edit'],
      }),
    ];
    const runIds = [await deliver(one.url), await deliver(none.url)];
    for (const runId of runIds) await ended(runId);
    const rows = await queryRows<{ fixed: unknown }>(
      stage.product.databaseUrl,
      'select fixed from runs where run_id = any($1) order by array_position($1, run_id)',
      [runIds],
    );
    expect(rows.map(({ fixed }) => fixed)).toEqual([{ vars: { base: 'five' }, env: { SHOP_REGION: 'eu' } }, null]);
  });

  it('a variable that was removed fails the step, and a resume reads it once it is there again', async () => {
    await set('gone', 'here');
    const edit: NodeSketch = ['edit', 'core.editFields', { assignments: [{ name: 'a', value: '{{ $vars.gone }}' }] }];
    const workflow = await publishSketch(stage.owner, 'Removed', { nodes: [HOOK_NOW, edit], edges: ['hook -> edit'] });
    await stage.owner.client.variables.remove({ key: 'gone' });
    const run = await ended(await deliver(workflow.url));
    expect(run.error).toMatchObject({
      code: 'expression_missing_key',
      nodeId: 'edit',
      hint: expect.stringContaining('Settings › Variables'),
    });
    await set('gone', 'back');
    const { runId } = await stage.owner.client.runs.resume({ runId: run.id, body: { version: 'same' } });
    expect((await ended(runId)).status).toBe('succeeded');
  });

  it('count among what a test run may reuse a result for', async () => {
    await set('base', 'six');
    const workflow = await publishSketch(stage.owner, 'Tested', {
      nodes: [
        HOOK_NOW,
        ['edit', 'core.editFields', { assignments: [{ name: 'a', value: '{{ $vars.base }}' }] }],
        ['after', 'core.editFields', { assignments: [{ name: 'b', value: '{{ $json.a }}' }] }],
      ],
      edges: ['hook -> edit', 'edit -> after'],
    });
    const body = { mode: 'toHere', nodeId: 'after', dryRun: false } as const;
    const { workflowId } = workflow;
    await ended((await stage.owner.client.workflows.startTestRun({ workflowId, body: { mode: 'whole', dryRun: false } })).runId);
    const how = async () =>
      (await stage.owner.client.workflows.previewTestRun({ workflowId, body })).nodes.find(({ nodeId }) => nodeId === 'edit')?.how;
    expect(await how()).toBe('reusesResult');
    await set('base', 'seven');
    expect(await how()).toBe('runs');
  });
});

describe('publishing', () => {
  const refusal = async (value: string) => {
    const { id } = await stage.owner.client.workflows.create({ body: { name: 'Refused' } });
    const edit: NodeSketch = ['edit', 'core.editFields', { assignments: [{ name: 'a', value }] }];
    await putSketch(stage.owner, { workflowId: id, name: 'Refused' }, { nodes: [HOOK_NOW, edit], edges: ['hook -> edit'] });
    return stage.owner.client.workflows.publish({ workflowId: id, body: {} }).then(
      () => null,
      (thrown: ApiError) => thrown.problems[0] ?? null,
    );
  };

  it.each([
    ['{{ $vars.bse }}', 'variable_unknown', { name: 'bse', suggestion: 'base' }],
    ['{{ $env.SHOP_SECRET }}', 'env_not_allowed', { name: 'SHOP_SECRET' }],
    ['{{ $env["SHOP_REGON"] }}', 'env_not_allowed', { name: 'SHOP_REGON', suggestion: 'SHOP_REGION' }],
  ])('is refused for %s with the nearest name', async (value, code, values) => {
    expect(await refusal(value)).toMatchObject({ code, values });
  });

  it('takes what is optional, or computed', async () => {
    expect(await refusal("{{ $vars.bse ?? 'x' }} {{ $vars['ba' + 'se'] }}")).toBeNull();
  });
});

describe('the list', () => {
  it('says who uses a variable, and names of the environment without their values', async () => {
    await set('base', 'eight');
    await publishSketch(stage.owner, 'Listed', twice('/listed'));
    await publishSketch(stage.owner, 'Not listed', { nodes: [HOOK_NOW], edges: [] });
    const { items, environment } = await stage.owner.client.variables.list({});
    const uses = items.find(({ key }) => key === 'base')?.usedIn ?? [];
    expect(uses).toContainEqual(expect.objectContaining({ name: 'Listed', inDraft: true, isLive: true }));
    expect(uses.some(({ name }) => name === 'Not listed')).toBe(false);
    expect(environment).toEqual([
      { name: 'SHOP_REGION', isSet: true },
      { name: 'SHOP_UNSET', isSet: false },
    ]);
    const refused = async (call: Promise<unknown>) =>
      call.then(
        () => null,
        (thrown: ApiError) => [thrown.status, thrown.code],
      );
    expect(await refused(stage.owner.client.variables.put({ key: 'base', body: { value: 1, isNew: true } }))).toEqual([
      409,
      'variable_exists',
    ]);
    expect(await refused(set('big', 'x'.repeat(9000)))).toEqual([422, 'variable_too_large']);
    expect(await refused(set('1a', 1))).toEqual([400, 'request_invalid']);
    expect(await refused(stage.owner.client.variables.put({ key: 'nothing', body: {} as never }))).toEqual([422, 'request_invalid']);
    expect(await refused(stage.owner.client.variables.remove({ key: 'never_there' }))).toEqual([404, 'variable_unknown']);
    const log = await queryRows<{ action: string; details: object }>(
      stage.product.databaseUrl,
      "select action, details from audit_log where target_kind = 'variable' order by seq",
    );
    expect(log[0]).toMatchObject({ action: 'variable.set', details: { isNew: true } });
    expect(JSON.stringify(log)).not.toContain('eight');
  });
});
