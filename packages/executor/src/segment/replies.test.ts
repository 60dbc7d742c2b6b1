import { UserError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { OF_NO_NODE } from './testing/outcomes.ts';
import { planOf, World } from './world.ts';

const respond = { type: 'core.respond', parameters: { status: 201, body: { hello: '{{ $json.name }}' } } };
const body = (world: World): unknown => JSON.parse(world.replies[0]?.body ?? 'null');

describe('a reply', () => {
  it('of a respond node reaches the caller and the history; the first one counts', async () => {
    const world = new World(planOf({ r: respond, s: respond }, ['t>r', 'r>s']), { reply: 'respond' });
    await world.drive([{ name: 'Anna' }]);
    expect(world.replies).toEqual([
      { status: 201, headers: { 'content-type': 'application/json; charset=utf-8' }, body: '{"hello":"Anna"}' },
    ]);
    expect(world.row.reply).toEqual(world.replies[0]);
  });

  it('that depends on nothing but pure work leaves without waiting for a commit', async () => {
    const world = new World(planOf({ a: 'test.set', r: respond }, ['t>a', 'a>r']), { reply: 'respond' });
    const commits: number[] = [];
    const push = world.replies.push.bind(world.replies);
    world.replies.push = (...all) => (commits.push(world.store.commits), push(...all));
    await world.process().executor.runSegment(world.input([{ name: 'Anna' }]), { first: true });
    expect(commits).toEqual([0]);
    expect(world.store.commits).toBe(1);
  });

  it('never leaves before every outcome that it depends on is stored', async () => {
    const world = new World(
      planOf({ a: 'test.read', w: 'test.write', r: { ...respond, parameters: { body: '{{ $json }}' } } }, ['t>a', 'a>w', 'w>r']),
      { reply: 'respond' },
    );
    const push = world.replies.push.bind(world.replies);
    const stored: unknown[] = [];
    world.replies.push = (...all) => (stored.push([...world.row.attempts.values()].map((one) => [one.nodeId, one.status])), push(...all));
    await world.drive();
    expect(stored).toEqual([
      [
        ['a', 'done'],
        ['w', 'done'],
      ],
    ]);
  });

  it('does not leave when the run is lost before it is stored', async () => {
    const world = new World(planOf({ a: 'test.read', r: respond }, ['t>a', 'a>r']), { reply: 'respond' });
    const { process, executor } = world.process();
    const other = world.process();
    world.behaviour['a'] = async (call) => {
      process.expire();
      await other.process.ledgerFor(world.header).flush();
      return world.usual(call);
    };
    await expect(executor.runSegment(world.input([{ name: 'x' }]))).rejects.toMatchObject({ code: 'segment_lost' });
    expect(world.replies).toEqual([]);
  });

  it('is left to what is stored when another process had ended the run', async () => {
    for (const status of ['succeeded', 'failed', 'canceled'] as const) {
      const delivery = { endpointId: 'end_1', hash: 'hash', hasId: true };
      const world = new World(planOf({ a: 'test.read' }, ['t>a']), { reply: 'end', delivery });
      world.behaviour['a'] = async (call) => {
        world.row.end = { status, reason: 'error', finishedAtMs: 1 };
        return world.usual(call);
      };
      expect(await world.process().executor.runSegment(world.input([{}]))).toEqual({ kind: 'ended', status });
      // Who cancels a run stores no answer.
      expect(world.replies.map((reply) => reply.status)).toEqual(status === 'canceled' ? [500] : []);
    }
  });

  it('at the end has the status that the webhook step names', async () => {
    const world = new World(planOf({ a: 'test.set' }, ['t>a']), { reply: 'end', replyStatus: 204 });
    await world.drive();
    expect(world.replies).toMatchObject([{ status: 204 }]);
  });

  it('at the end comes after the end is decided, with the last items', async () => {
    const world = new World(planOf({ a: { type: 'test.set', parameters: { x: 1 } } }, ['t>a']), { reply: 'end' });
    const push = world.replies.push.bind(world.replies);
    const statuses: unknown[] = [];
    world.replies.push = (...all) => (statuses.push(world.row.status), push(...all));
    await world.drive([{}]);
    expect(statuses).toEqual(['succeeded']);
    expect(body(world)).toEqual({ runId: world.header.runId, status: 'succeeded', items: [{ x: 1 }] });
  });

  it('of a run that fails says the code and the run, and nothing of what is inside', async () => {
    for (const reply of ['respond', 'end'] as const) {
      const world = new World(planOf({ a: 'test.set' }, ['t>a']), { reply });
      world.behaviour['a'] = async () => Promise.reject(new UserError('invalid', { code: 'no_luck', message: 'secret detail' }));
      await world.drive();
      expect(world.replies[0]).toMatchObject({ status: 500, headers: { 'content-type': 'application/problem+json' } });
      expect(body(world)).toMatchObject({ code: 'no_luck', runId: world.header.runId, status: 500 });
      expect(world.replies[0]?.body).not.toContain('secret');
      expect(world.row.reply).toEqual(world.replies[0]);
    }
  });

  it('of a run that ends without a respond node says so', async () => {
    const world = new World(
      planOf({ i: { type: 'core.if', parameters: { conditions: [{ left: 1, operator: 'equals', right: 2 }] } }, r: respond }, [
        't>i',
        'i.true>r',
      ]),
      { reply: 'respond' },
    );
    await world.drive();
    expect(body(world)).toMatchObject({ code: 'respond_not_reached', status: 500 });
  });

  it('of a run that breaks through a fault of ours comes too', async () => {
    const world = new World(planOf({ w: 'test.write' }, ['t>w']), { reply: 'respond' });
    const ledger = world.process().process.ledgerFor(world.header);
    ledger.record(OF_NO_NODE);
    await ledger.close({ running: true });
    await world.drive();
    expect(body(world)).toMatchObject({ code: 'replay_mismatch', status: 500 });
  });

  it('is not given to a caller who was answered at once, nor twice across segments', async () => {
    const now = new World(planOf({ r: respond }, ['t>r']), { reply: 'none' });
    await now.drive();
    expect(now.replies).toEqual([]);
    const later = new World(
      planOf({ r: respond, p: { type: 'core.wait', parameters: { amount: 1 } }, s: respond }, ['t>r', 'r>p', 'p>s']),
      { reply: 'respond' },
    );
    await later.drive([{ name: 'x' }]);
    expect(later.replies).toHaveLength(1);
  });
});
