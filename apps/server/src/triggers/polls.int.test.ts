import { eventually, queryRows } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTriggerStand, type TriggerStand } from './testing/stand.ts';

let stand: TriggerStand;
let credentialId: string;

beforeAll(async () => {
  stand = await startTriggerStand();
  credentialId = await stand.credential();
});
afterAll(async () => {
  await stand?.remove();
});

/** Resolves when a shelf was asked for some more times. */
async function askedAgain(shelf: string, times = 2): Promise<void> {
  const before = stand.shop.asked(shelf);
  await eventually(() => stand.shop.asked(shelf) >= before + times);
}

async function pending(): Promise<number> {
  const sql = `select count(*)::int as n from deliveries where status = 'pending'`;
  return (await queryRows<{ n: number }>(stand.product.databaseUrl, sql))[0]?.n ?? 0;
}

describe('a service that is asked', () => {
  it('starts one run for each thing that is new from now on, however often it is seen', async () => {
    stand.shop.put('top', 'old');
    const workflowId = await stand.publish('thing.added', { shelf: 'top' }, { credentialId });
    await stand.reaches(workflowId, 'listening');
    stand.shop.put('top', 'a', 'b');
    expect(await stand.started(workflowId, 2)).toEqual(['a', 'b']);
    await askedAgain('top', 3);
    expect(await stand.started(workflowId, 2)).toEqual(['a', 'b']);
    const state = await stand.state(workflowId);
    expect(state).toMatchObject({ nodeId: 'begin', way: 'poll', status: 'listening', error: null, url: null });
    expect([state.lastEventAt, state.lastPolledAt, state.nextAt]).not.toContain(null);
  });

  it('begins with what is there already where that is asked for', async () => {
    stand.shop.put('all', 'one', 'two');
    const workflowId = await stand.publish('thing.added', { shelf: 'all', first: 'all' }, { credentialId });
    expect(await stand.started(workflowId, 2)).toEqual(['one', 'two']);
  });

  it('is not asked any more when the workflow is switched off, and begins anew when it is switched on', async () => {
    const workflowId = await stand.publish('thing.added', { shelf: 'off' }, { credentialId });
    await stand.reaches(workflowId, 'listening');
    await stand.owner.client.workflows.update({ workflowId, body: { active: false } });
    await stand.reaches(workflowId, 'off');
    const before = stand.shop.asked('off');
    stand.shop.put('off', 'missed');
    await askedAgain('top', 3);
    expect(stand.shop.asked('off')).toBe(before);
    await stand.owner.client.workflows.update({ workflowId, body: { active: true } });
    await stand.reaches(workflowId, 'listening');
    stand.shop.put('off', 'seen');
    expect(await stand.started(workflowId, 1)).toEqual(['seen']);
  });

  it('with another shelf begins anew there', async () => {
    const workflowId = await stand.publish('thing.added', { shelf: 'left' }, { credentialId });
    await stand.reaches(workflowId, 'listening');
    stand.shop.put('right', 'before');
    await stand.publish('thing.added', { shelf: 'right' }, { credentialId, workflowId });
    await askedAgain('right');
    stand.shop.put('left', 'no');
    stand.shop.put('right', 'yes');
    expect(await stand.started(workflowId, 1)).toEqual(['yes']);
  });

  it('that refuses says so, waits for whoever reconnects, and then goes on without losing anything', async () => {
    const own = await stand.credential();
    const workflowId = await stand.publish('thing.added', { shelf: 'dead' }, { credentialId: own });
    await stand.reaches(workflowId, 'listening');
    stand.shop.answer('dead', 401);
    await stand.reaches(workflowId, 'needsReconnect');
    expect((await stand.state(workflowId)).error?.text).not.toBe('');
    stand.shop.put('dead', 'meanwhile');
    stand.shop.answer('dead', 200);
    await stand.owner.client.credentials.update({ credentialId: own, body: { fields: { token: 'fresh' } } });
    expect(await stand.started(workflowId, 1)).toEqual(['meanwhile']);
    expect(await stand.state(workflowId)).toMatchObject({ status: 'listening', error: null });
  });
});

describe('a server that is killed', () => {
  it('between the answer of the service and storing it starts one run for each thing after it is back', async () => {
    const workflowId = await stand.publish('thing.added', { shelf: 'kill' }, { credentialId });
    await stand.reaches(workflowId, 'listening');
    stand.shop.put('kill', 'k1', 'k2', 'k3');
    const killed = Promise.withResolvers<undefined>();
    stand.shop.onAsked(async () => {
      stand.shop.onAsked(null);
      await stand.product.kill();
      killed.resolve(undefined);
    });
    await killed.promise;
    await stand.product.start();
    expect(await stand.started(workflowId, 3)).toEqual(['k1', 'k2', 'k3']);
    await askedAgain('kill', 2);
    expect(await stand.started(workflowId, 3)).toEqual(['k1', 'k2', 'k3']);
  });

  it('between storing what came and starting it starts one run for each thing after it is back', async () => {
    const workflowId = await stand.publish('thing.added', { shelf: 'late' }, { credentialId });
    await stand.reaches(workflowId, 'listening');
    stand.shop.put('late', 'l1', 'l2', 'l3', 'l4');
    await eventually(async () => (await pending()) === 4);
    await stand.product.kill();
    expect(await pending()).toBe(4);
    await stand.product.start();
    expect(await stand.started(workflowId, 4)).toEqual(['l1', 'l2', 'l3', 'l4']);
    await askedAgain('late', 2);
    expect(await stand.started(workflowId, 4)).toEqual(['l1', 'l2', 'l3', 'l4']);
  });
});
