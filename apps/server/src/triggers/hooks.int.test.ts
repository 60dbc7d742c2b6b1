import { eventually } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShopSubscription } from './testing/shop.ts';
import { startTriggerStand, type TriggerStand } from './testing/stand.ts';

const DAY_MS = 86_400_000;

let stand: TriggerStand;
let credentialId: string;

beforeAll(async () => {
  stand = await startTriggerStand();
  credentialId = await stand.credential();
});
afterAll(async () => {
  await stand?.remove();
});

/** Publishes a workflow that a shelf calls. */
async function listen(shelf: string): Promise<{ readonly workflowId: string; readonly told: ShopSubscription }> {
  const workflowId = await stand.publish('thing.changed', { shelf }, { credentialId });
  await stand.reaches(workflowId, 'listening');
  const [told] = stand.shop.subscriptions(shelf);
  if (told === undefined) throw new Error('nobody subscribed');
  return { workflowId, told };
}

interface Taken {
  readonly runs: readonly { readonly runId: string; readonly duplicate: boolean }[];
}

async function codeOf(response: Response): Promise<unknown> {
  const { code } = (await response.json()) as { readonly code?: string };
  return { status: response.status, code };
}

async function runsOf(workflowId: string): Promise<number> {
  return (await stand.owner.client.runs.list({ workflowId })).items.length;
}

describe('a service that delivers', () => {
  it('is told our address on publish, and each event starts one run, however often it is delivered', async () => {
    const { workflowId, told } = await listen('twice');
    expect(told.url).toBe((await stand.state(workflowId)).url);
    const [first, again] = [
      (await (await stand.shop.deliver(told, { id: 'e1', n: 1 })).json()) as Taken,
      (await (await stand.shop.deliver(told, { id: 'e1', n: 1 })).json()) as Taken,
    ];
    expect(first.runs[0]?.duplicate).toBe(false);
    expect(again.runs).toEqual([{ runId: first.runs[0]?.runId, duplicate: true }]);
    const together = await Promise.all([1, 2, 3].map(async () => stand.shop.deliver(told, { id: 'e2', n: 2 })));
    expect(together.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(await stand.started(workflowId, 2)).toEqual(['e1', 'e2']);
    expect(await stand.state(workflowId)).toMatchObject({ way: 'webhook', status: 'listening', error: null });
    expect((await stand.state(workflowId)).lastEventAt).not.toBeNull();
  });

  it('is answered when it asks whether we are here', async () => {
    const { told } = await listen('asks');
    const answer = await fetch(`${told.url}?challenge=abc`);
    expect({ status: answer.status, body: await answer.text() }).toEqual({ status: 200, body: 'abc' });
  });

  it('starts nothing with what is forged, unsigned or a day old, and is told why', async () => {
    const { workflowId, told } = await listen('forged');
    const event = { id: 'f', n: 1 };
    expect(await codeOf(await stand.shop.deliver(told, event, { secret: 'guessed' }))).toEqual({ status: 401, code: 'delivery_forged' });
    expect(await codeOf(await stand.shop.deliver(told, event, { agoMs: DAY_MS }))).toEqual({ status: 401, code: 'delivery_late' });
    const unsigned = await fetch(told.url, { method: 'POST', body: JSON.stringify(event) });
    expect(await codeOf(unsigned)).toEqual({ status: 401, code: 'delivery_forged' });
    expect(await runsOf(workflowId)).toBe(0);
    await stand.shop.deliver(told, event);
    expect(await stand.started(workflowId, 1)).toEqual(['f']);
  });

  it('has its subscription renewed in time, and made again where it was over', async () => {
    const { workflowId } = await listen('leased');
    await eventually(() => stand.shop.renewed('leased') >= 2);
    stand.shop.expire();
    const [again] = await eventually(() => {
      const found = stand.shop.subscriptions('leased');
      return found.length === 1 ? found : null;
    });
    await stand.reaches(workflowId, 'listening');
    if (again !== undefined) await stand.shop.deliver(again, { id: 'after', n: 1 });
    expect(await stand.started(workflowId, 1)).toEqual(['after']);
  });

  it('hears of another setting, and calls no more for the old one', async () => {
    const { workflowId, told } = await listen('old');
    await stand.publish('thing.changed', { shelf: 'new' }, { credentialId, workflowId });
    const [next] = await eventually(() => {
      const found = stand.shop.subscriptions('new');
      return found.length === 1 ? found : null;
    });
    expect(stand.shop.subscriptions('old')).toEqual([]);
    await stand.reaches(workflowId, 'listening');
    expect(next?.url).toBe(told.url);
    expect(await codeOf(await stand.shop.deliver(told, { id: 'stale', n: 1 }))).toMatchObject({ code: 'delivery_forged' });
    if (next !== undefined) await stand.shop.deliver(next, { id: 'fresh', n: 1 });
    expect(await stand.started(workflowId, 1)).toEqual(['fresh']);
  });

  it('is told to stop when the workflow is switched off or archived, and to begin again', async () => {
    const { workflowId, told } = await listen('stops');
    await stand.owner.client.workflows.update({ workflowId, body: { active: false } });
    await eventually(() => stand.shop.subscriptions('stops').length === 0);
    expect(await codeOf(await stand.shop.deliver(told, { id: 'late', n: 1 }))).toEqual({ status: 404, code: 'webhook_off' });
    await stand.owner.client.workflows.update({ workflowId, body: { active: true } });
    await eventually(() => stand.shop.subscriptions('stops').length === 1);
    await stand.owner.client.workflows.remove({ workflowId });
    await eventually(() => stand.shop.subscriptions('stops').length === 0);
    expect(await runsOf(workflowId)).toBe(0);
  });

  it('that refuses our address for good is asked instead, and says why; switched off and on, it is told again', async () => {
    stand.shop.refuse('shy', true);
    stand.shop.put('shy', 'old');
    const workflowId = await stand.publish('thing.moved', { shelf: 'shy' }, { credentialId });
    await stand.reaches(workflowId, 'listening');
    stand.shop.put('shy', 'a', 'b');
    expect(await stand.started(workflowId, 2)).toEqual(['a', 'b']);
    expect(await stand.state(workflowId)).toMatchObject({
      way: 'poll',
      status: 'listening',
      url: null,
      error: { text: expect.stringContaining('not reachable over the internet') },
      refusal: { text: expect.stringContaining('not reachable over the internet') },
    });
    stand.shop.answer('shy', 404);
    await stand.reaches(workflowId, 'failing');
    const inTrouble = await stand.state(workflowId);
    expect(inTrouble.error?.text).not.toContain('not reachable');
    expect(inTrouble.refusal?.text).toContain('not reachable');
    stand.shop.answer('shy', 200);
    await stand.reaches(workflowId, 'listening');
    expect((await stand.state(workflowId)).error?.text).toContain('not reachable');
    await stand.product.kill();
    await stand.product.start();
    stand.shop.put('shy', 'c');
    expect(await stand.started(workflowId, 3)).toEqual(['a', 'b', 'c']);
    expect(stand.shop.subscriptions('shy')).toEqual([]);

    stand.shop.refuse('shy', false);
    await stand.owner.client.workflows.update({ workflowId, body: { active: false } });
    await stand.reaches(workflowId, 'off');
    await stand.owner.client.workflows.update({ workflowId, body: { active: true } });
    const [told] = await eventually(() => {
      const found = stand.shop.subscriptions('shy');
      return found.length === 1 ? found : null;
    });
    if (told !== undefined) await stand.shop.deliver(told, { id: 'd', n: 9 });
    expect(await stand.started(workflowId, 4)).toEqual(['a', 'b', 'c', 'd']);
    expect(await stand.state(workflowId)).toMatchObject({ way: 'webhook', error: null, refusal: null });
  });

  it('is heard again after the server was killed, with the same subscription', async () => {
    const { workflowId, told } = await listen('killed');
    await stand.product.kill();
    await stand.product.start();
    expect((await stand.shop.deliver(told, { id: 'k', n: 1 })).status).toBe(202);
    expect(await stand.started(workflowId, 1)).toEqual(['k']);
    expect(stand.shop.subscriptions('killed')).toEqual([told]);
  });
});
