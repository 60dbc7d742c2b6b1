import { hashHex } from '@millwright/core/hash';
import { createOwner, dropClients, eventually, lockRow, queryRows, startProduct, triggerDesk, WITH_TEST_NODES } from '@millwright/testing';
import type { Product, RowLock, SignedIn, TriggerDesk } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAppVendor, type AppEvent, type AppVendor } from './testing/app-vendor.ts';

const DAY_MS = 86_400_000;

let product: Product;
let owner: SignedIn;
let desk: TriggerDesk;
let vendor: AppVendor;
let address: string;

beforeAll(async () => {
  vendor = await startAppVendor();
  product = await startProduct({ env: { ...WITH_TEST_NODES, MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32' } });
  owner = await createOwner(product);
  desk = triggerDesk(owner);
  address = (await shown()).url;
});
afterAll(async () => {
  await product?.remove();
  await vendor?.stop();
});

/** What Settings › Apps shows of the address. */
async function shown() {
  const { items } = await owner.client.clientApps.list();
  const events = items.find(({ connectorKey }) => connectorKey === 'testapp')?.events;
  if (!events) throw new Error('the app has no address');
  return events;
}

async function enter(signingSecret = vendor.signingSecret) {
  const body = { clientId: 'the-install', clientSecret: 'known-to-both', signingSecret };
  return owner.client.clientApps.put({ connectorKey: 'testapp', body });
}

/** A connection that signed in to an account. */
async function connected(account: string): Promise<string> {
  const { id: credentialId } = await owner.client.credentials.create({
    body: { type: 'testapp.oauth', name: `${account} ${Math.random()}` },
  });
  const { authorizeUrl } = await owner.client.credentials.startOauth({ credentialId, body: {} });
  const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
  await owner.client.credentials.finishOauth({ body: { state, code: account } });
  return credentialId;
}

/** @param channel null: any */
function publish(credentialId: string, channel: string | null = 'news', trigger = 'message'): Promise<string> {
  return desk.publish({ type: `testapp.${trigger}`, parameters: channel === null ? {} : { channel }, credentialId });
}

async function listening(credentialId: string, channel: string | null = 'news', trigger = 'message'): Promise<string> {
  const workflowId = await publish(credentialId, channel, trigger);
  await desk.reaches(workflowId, 'listening');
  return workflowId;
}

const message = (id: string, channel = 'news'): AppEvent => ({ id, kind: 'message', channel });

interface Taken {
  readonly runs: readonly { readonly runId: string; readonly duplicate: boolean }[];
  readonly dropped: number;
}

/** What the vendor hears of a delivery that is taken. */
async function taken(account: string, ...events: readonly AppEvent[]): Promise<Taken> {
  const response = await vendor.deliver(address, { account, events });
  expect(response.status).toBe(202);
  return (await response.json()) as Taken;
}

async function refused(response: Response): Promise<unknown> {
  const { code } = (await response.json()) as { readonly code?: string };
  return { status: response.status, code };
}

/** The trigger of a workflow, and how many of its events are kept. */
async function bindingOf(workflowId: string) {
  const [row] = await queryRows<{ endpoint_id: string; setting_hash: string; kept: number }>(
    product.databaseUrl,
    `select endpoint_id, setting_hash, (select count(*)::int from deliveries d where d.endpoint_id = b.endpoint_id) as kept
     from trigger_bindings b where workflow_id = $1`,
    [workflowId],
  );
  if (!row) throw new Error('no trigger');
  return row;
}

/** Lets nobody keep an event of a workflow until it is released. */
async function holdBack(workflowId: string, eventId: string): Promise<RowLock> {
  const { endpoint_id: endpointId, setting_hash: settingHash } = await bindingOf(workflowId);
  const insert = `insert into deliveries (workspace_id, endpoint_id, delivery_hash, run_id, status)
    select workspace_id, endpoint_id, $2, 'run_held', 'pending' from trigger_bindings where endpoint_id = $1`;
  return lockRow(product.databaseUrl, insert, [endpointId, hashHex(`${endpointId}\n${settingHash}/${eventId}`)]);
}

async function runsOf(workflowId: string): Promise<number> {
  return (await owner.client.runs.list({ workflowId })).items.length;
}

describe('one address of a whole app', () => {
  it('is shown before the app is entered, answers the vendor’s question, and takes nothing yet', async () => {
    expect(address.startsWith(`${product.url}/hooks/apps/ws_`)).toBe(true);
    expect(await shown()).toMatchObject({
      place: 'Events › Address',
      signingSecret: { label: 'Signing secret', isEntered: false },
      taken: 0,
    });
    const asked = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1aB' }),
    });
    expect({ status: asked.status, body: await asked.text() }).toEqual({ status: 200, body: '3eZbrw1aB' });
    const unsigned = { account: 'acme', events: [message('early')] };
    expect(await refused(await vendor.deliver(address, unsigned, { secret: '' }))).toEqual({ status: 401, code: 'delivery_forged' });
    for (const unknown of [
      address.replace('testapp', 'github'),
      address.replace('testapp', 'nobody'),
      address.replace(/ws_.{26}/, `ws_${'0'.repeat(26)}`),
    ])
      expect(await refused(await vendor.deliver(unknown, unsigned))).toEqual({ status: 404, code: 'webhook_unknown' });
  });

  it('says what is missing until an admin has entered the signing secret; then the trigger listens by itself', async () => {
    await enter('');
    const workflowId = await publish(await connected('soon'));
    await desk.reaches(workflowId, 'failing');
    expect(await desk.state(workflowId)).toMatchObject({ way: 'webhook', error: { code: 'trigger_app_unready' } });
    expect((await enter()).events?.signingSecret?.isEntered).toBe(true);
    await desk.reaches(workflowId, 'listening');
    expect(await desk.state(workflowId)).toMatchObject({ error: null });
    expect([...vendor.clients]).toEqual(['the-install']);
    const stored = await queryRows(product.databaseUrl, 'select t::text from client_apps t');
    expect(`${JSON.stringify([stored, await owner.client.clientApps.list()])}${product.log()}`).not.toContain(vendor.signingSecret);
    await taken('soon', message('first'));
    expect(await desk.started(workflowId, 1, 'id')).toEqual(['first']);
  });

  it('starts one run of each workflow that is about an event of its own account, however often it comes', async () => {
    const acme = await connected('acme');
    const [news, all, reactions, chat] = [
      await listening(acme),
      await listening(acme, null),
      await listening(acme, 'news', 'reaction'),
      await listening(await connected('acme'), 'chat'),
    ];
    const other = await listening(await connected('other'));
    const first = await taken('acme', message('m1'), message('m2', 'chat'));
    expect(first.runs).toHaveLength(4);
    expect(first.runs.some(({ duplicate }) => duplicate)).toBe(false);
    const again = await Promise.all([1, 2, 3].map(async () => taken('acme', message('m1'), message('m2', 'chat'))));
    for (const { runs } of again) expect(runs).toEqual(first.runs.map(({ runId }) => ({ runId, duplicate: true })));
    await taken('acme', { id: 'r1', kind: 'reaction', channel: 'news' });
    expect(await desk.started(news, 1, 'id')).toEqual(['m1']);
    expect(await desk.started(all, 2, 'id')).toEqual(['m1', 'm2']);
    expect(await desk.started(chat, 1, 'id')).toEqual(['m2']);
    expect(await desk.started(reactions, 1, 'id')).toEqual(['r1']);
    await taken('other', message('m1'));
    expect(await desk.started(other, 1, 'id')).toEqual(['m1']);
    const mixed = await taken('acme', { ...message('n1'), account: 'other' }, message('n2'), { ...message('n3'), account: 'nobody' });
    expect(mixed).toMatchObject({ runs: [{ duplicate: false }, { duplicate: false }, { duplicate: false }], dropped: 1 });
    expect(await desk.started(other, 2, 'id')).toEqual(['m1', 'n1']);
    expect(await desk.started(news, 2, 'id')).toEqual(['m1', 'n2']);
    expect((await desk.state(news)).lastEventAt).not.toBeNull();
    await owner.client.workflows.update({ workflowId: all, body: { active: false } });
    expect((await taken('acme', message('m3'))).runs).toHaveLength(1);
  });

  it('takes and drops what is of accounts to which nobody listens, refuses what is forged or a day old, and counts both', async () => {
    // One of another test's: counts are stored a moment later.
    const before = await eventually(async () => {
      const now = await shown();
      return now.dropped === 1 ? now : null;
    });
    expect(await taken('nobody', message('x'), message('y'))).toEqual({ runs: [], dropped: 2 });
    const honest = { account: 'acme', events: [message('late')] };
    expect(await refused(await vendor.deliver(address, honest, { secret: 'guessed' }))).toEqual({ status: 401, code: 'delivery_forged' });
    expect(await refused(await vendor.deliver(address, honest, { agoMs: DAY_MS }))).toEqual({ status: 401, code: 'delivery_late' });
    expect(await refused(await fetch(address, { method: 'DELETE' }))).toMatchObject({ status: 405 });
    const after = await eventually(async () => {
      const now = await shown();
      return now.dropped === before.dropped + 2 && now.refused === before.refused + 2 ? now : null;
    });
    expect([after.lastAt, after.lastRefusedAt]).not.toContain(null);
  });

  it('has every run once where the server is killed in between and the vendor sends again', async () => {
    const credentialId = await connected('killed');
    const workflows = [await listening(credentialId), await listening(credentialId), await listening(credentialId, null)];
    const delivery = { account: 'killed', events: [message('k1'), message('k2')] };
    const [first = '', second = ''] = workflows;
    const held = await holdBack(second, 'k1');
    const under = vendor.deliver(address, delivery).catch(() => null);
    await eventually(async () => (await bindingOf(first)).kept === 1);
    await product.kill();
    await dropClients(product.databaseUrl);
    await held.release();
    expect(await under).toBeNull();
    expect((await bindingOf(second)).kept).toBe(0);
    await product.start();
    const sentAgain = (await (await vendor.deliver(address, delivery)).json()) as Taken;
    expect(sentAgain.runs.map(({ duplicate }) => duplicate)).toEqual([true, false, false, false, false, false]);
    for (const workflowId of workflows) expect(await desk.started(workflowId, 2, 'id')).toEqual(['k1', 'k2']);
    const { runs } = await taken('killed', ...delivery.events);
    expect(runs.map(({ duplicate }) => duplicate)).toEqual(Array.from({ length: 6 }, () => true));
    for (const workflowId of workflows) expect(await runsOf(workflowId)).toBe(2);
  });

  it('is not heard by a token that was pasted: such an app has an address of its own, and its own secret', async () => {
    const pasted = async (signingSecret: string): Promise<string> =>
      (
        await owner.client.credentials.create({
          body: { type: 'testapp.token', name: `Pasted ${signingSecret}`, fields: { token: 'token-of-acme', signingSecret } },
        })
      ).id;
    const foreign = await publish(await pasted(''));
    await desk.reaches(foreign, 'failing');
    expect(await desk.state(foreign)).toMatchObject({ error: { code: 'trigger_app_foreign' } });
    const own = await listening(await pasted('of-my-own-app'));
    const { url } = await desk.state(own);
    const delivery = { account: 'acme', events: [message('own')] };
    expect(await refused(await vendor.deliver(url ?? '', delivery))).toEqual({ status: 401, code: 'delivery_forged' });
    expect((await vendor.deliver(url ?? '', delivery, { secret: 'of-my-own-app' })).status).toBe(202);
    expect(await desk.started(own, 1, 'id')).toEqual(['own']);
    await taken('acme', message('of the app'));
    expect(await runsOf(own)).toBe(1);
    expect(await runsOf(foreign)).toBe(0);
  });

  it('follows a connection to another account, and stops with its app', async () => {
    const credentialId = await connected('before');
    const workflowId = await listening(credentialId);
    const { authorizeUrl } = await owner.client.credentials.startOauth({ credentialId, body: { anyAccount: true } });
    const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
    await owner.client.credentials.finishOauth({ body: { state, code: 'after' } });
    await eventually(async () => (await taken('after', message('a'))).runs.length === 1);
    expect(await taken('before', message('b'))).toEqual({ runs: [], dropped: 1 });
    expect(await desk.started(workflowId, 1, 'id')).toEqual(['a']);
    await owner.client.clientApps.remove({ connectorKey: 'testapp' });
    expect(await refused(await vendor.deliver(address, { account: 'after', events: [message('c')] }))).toMatchObject({ status: 401 });
    await desk.reaches(workflowId, 'failing');
    expect(await runsOf(workflowId)).toBe(1);
  });
});
