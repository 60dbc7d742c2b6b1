import type { ApiError } from '@millwright/client';
import { createOwner, eventually, publishSketch, queryRows, sketchDocument, startEcho, startProduct } from '@millwright/testing';
import type { Echo, EdgeSketch, NodeSketch, Product, Published, SignedIn } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let product: Product;
let owner: SignedIn;
let echo: Echo;

beforeAll(async () => {
  echo = await startEcho();
  const env = {
    MILLWRIGHT_EGRESS_ALLOW: echo.host,
    MILLWRIGHT_EXPRESSION_ENV: 'SHOP_REGION,SHOP_UNSET',
    SHOP_REGION: 'eu',
    SHOP_SECRET: 'x',
  };
  product = await startProduct({ env: { ...env, MILLWRIGHT_TEST_NODES: '1', NODE_ENV: 'development' } });
  owner = await createOwner(product);
});
afterAll(async () => {
  await product?.remove();
  echo?.stop();
});

const ENDED = new Set(['succeeded', 'failed', 'canceled']);

async function ended(runId: string) {
  return eventually(async () => {
    const run = await owner.client.runs.get({ runId });
    return ENDED.has(run.status) ? run : null;
  }, 90_000);
}

async function deliver({ url }: Published): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  return ((await response.json()) as { runId: string }).runId;
}

const set = (key: string, value: unknown) => owner.client.variables.put({ key, body: { value: value as never } });
const paths = async (below: string): Promise<readonly string[]> => (await echo.records(below)).map(({ path }) => path);

const hook: NodeSketch = ['hook', 'core.webhook', { answer: 'now' }];
const post = (id: string, path: string, settings: Record<string, unknown> = {}): NodeSketch => [
  id,
  'http.request',
  { method: 'POST', url: `${echo.url}${path}`, bodyType: 'json', body: '{{ { base: $vars.base, region: $env.SHOP_REGION } }}' },
  settings,
];
const twice = (path: string): { readonly nodes: readonly NodeSketch[]; readonly edges: readonly EdgeSketch[] } => ({
  nodes: [
    hook,
    post('first', `${path}/first/{{ $vars.base }}`, { onLostAnswer: 'resend' }),
    post('last', `${path}/last/{{ $vars.base }}/{{ $env.SHOP_REGION }}`),
  ],
  edges: ['hook -> first', 'first -> last'],
});

describe('the variables of a run', () => {
  it('stay what they were when it was started: a second try of a killed run builds the same requests', async () => {
    await set('base', 'one');
    const workflow = await publishSketch(owner, 'Killed', twice('/killed'));
    await echo.rule({ path: '/killed/first', isHeld: true });
    const runId = await deliver(workflow);
    await eventually(async () => (await paths('/killed/first')).length === 1);
    await set('base', 'two');
    await product.kill();
    await echo.release('/killed/first');
    await product.start();
    expect((await ended(runId)).status).toBe('succeeded');
    const first = await echo.records('/killed/first');
    expect(first.length).toBeGreaterThanOrEqual(2);
    expect(new Set(first.map(({ path, key, bodyHash }) => `${path} ${key} ${bodyHash}`)).size).toBe(1);
    expect(await paths('/killed/last')).toEqual(['/killed/last/one/eu']);
    await ended(await deliver(workflow));
    expect(await paths('/killed/last')).toEqual(['/killed/last/one/eu', '/killed/last/two/eu']);
  });

  it('are what an earlier run had where one goes on with it, and new where it is done again', async () => {
    await set('base', 'three');
    const workflow = await publishSketch(owner, 'Resumed', twice('/resumed'));
    await echo.rule({ path: '/resumed/last', status: 422, times: 1 });
    const runId = await deliver(workflow);
    expect((await ended(runId)).status).toBe('failed');
    await set('base', 'four');
    const { runId: next } = await owner.client.runs.resume({ runId, body: { version: 'same' } });
    expect((await ended(next)).status).toBe('succeeded');
    expect(await paths('/resumed/')).toEqual(['/resumed/first/three', '/resumed/last/three/eu', '/resumed/last/three/eu']);
    const { runId: anew } = await owner.client.runs.rerun({ runId, body: { version: 'same' } });
    expect((await ended(anew)).status).toBe('succeeded');
    expect((await paths('/resumed/')).slice(3)).toEqual(['/resumed/first/four', '/resumed/last/four/eu']);
  });

  it('only those that the plan mentions are carried, and nothing where it mentions none', async () => {
    await set('base', 'five');
    await set('other', { not: 'carried' });
    const [one, none] = [
      await publishSketch(owner, 'Carried', twice('/carried')),
      await publishSketch(owner, 'Plain', {
        nodes: [hook, ['edit', 'core.editFields', { assignments: [{ name: 'a', value: 1 }] }]],
        edges: ['hook -> edit'],
      }),
    ];
    const runIds = [await deliver(one), await deliver(none)];
    for (const runId of runIds) await ended(runId);
    const rows = await queryRows<{ fixed: unknown }>(
      product.databaseUrl,
      'select fixed from runs where run_id = any($1) order by array_position($1, run_id)',
      [runIds],
    );
    expect(rows.map(({ fixed }) => fixed)).toEqual([{ vars: { base: 'five' }, env: { SHOP_REGION: 'eu' } }, null]);
  });

  it('a variable that was removed fails the step, and a resume reads it once it is there again', async () => {
    await set('gone', 'here');
    const edit: NodeSketch = ['edit', 'core.editFields', { assignments: [{ name: 'a', value: '{{ $vars.gone }}' }] }];
    const workflow = await publishSketch(owner, 'Removed', { nodes: [hook, edit], edges: ['hook -> edit'] });
    await owner.client.variables.remove({ key: 'gone' });
    const run = await ended(await deliver(workflow));
    expect(run.error).toMatchObject({
      code: 'expression_missing_key',
      nodeId: 'edit',
      hint: expect.stringContaining('Settings › Variables'),
    });
    await set('gone', 'back');
    const { runId } = await owner.client.runs.resume({ runId: run.id, body: { version: 'same' } });
    expect((await ended(runId)).status).toBe('succeeded');
  });

  it('count among what a test run may reuse a result for', async () => {
    await set('base', 'six');
    const workflow = await publishSketch(owner, 'Tested', {
      nodes: [
        hook,
        ['edit', 'core.editFields', { assignments: [{ name: 'a', value: '{{ $vars.base }}' }] }],
        ['after', 'core.editFields', { assignments: [{ name: 'b', value: '{{ $json.a }}' }] }],
      ],
      edges: ['hook -> edit', 'edit -> after'],
    });
    const body = { mode: 'toHere', nodeId: 'after', dryRun: false } as const;
    const { workflowId } = workflow;
    await ended((await owner.client.workflows.startTestRun({ workflowId, body: { mode: 'whole', dryRun: false } })).runId);
    const how = async () =>
      (await owner.client.workflows.previewTestRun({ workflowId, body })).nodes.find(({ nodeId }) => nodeId === 'edit')?.how;
    expect(await how()).toBe('reusesResult');
    await set('base', 'seven');
    expect(await how()).toBe('runs');
  });
});

describe('publishing', () => {
  const refusal = async (value: string) => {
    const { id } = await owner.client.workflows.create({ body: { name: 'Refused' } });
    const { revision } = await owner.client.drafts.get({ workflowId: id });
    const edit: NodeSketch = ['edit', 'core.editFields', { assignments: [{ name: 'a', value }] }];
    await owner.client.drafts.put({ workflowId: id, revision, body: sketchDocument('Refused', [hook, edit], ['hook -> edit']) });
    return owner.client.workflows.publish({ workflowId: id, body: {} }).then(
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
    await publishSketch(owner, 'Listed', twice('/listed'));
    await publishSketch(owner, 'Not listed', { nodes: [hook], edges: [] });
    const { items, environment } = await owner.client.variables.list({});
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
    expect(await refused(owner.client.variables.put({ key: 'base', body: { value: 1, isNew: true } }))).toEqual([409, 'variable_exists']);
    expect(await refused(set('big', 'x'.repeat(9000)))).toEqual([422, 'variable_too_large']);
    expect(await refused(set('1a', 1))).toEqual([400, 'request_invalid']);
    expect(await refused(owner.client.variables.put({ key: 'nothing', body: {} as never }))).toEqual([422, 'request_invalid']);
    expect(await refused(owner.client.variables.remove({ key: 'never_there' }))).toEqual([404, 'variable_unknown']);
    const log = await queryRows<{ action: string; details: object }>(
      product.databaseUrl,
      "select action, details from audit_log where target_kind = 'variable' order by seq",
    );
    expect(log[0]).toMatchObject({ action: 'variable.set', details: { isNew: true } });
    expect(JSON.stringify(log)).not.toContain('eight');
  });
});
