import { ConnectorError, systemClock, UserError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

describe('a segment', () => {
  it('runs a line of nodes over every item and records what each got and gave', async () => {
    const world = new World(
      planOf(
        { a: { type: 'test.set', parameters: { b: '{{ $json.n + 1 }}' } }, w: { type: 'test.write', parameters: { to: '{{ $json.b }}' } } },
        ['t>a', 'a>w'],
      ),
    );
    expect(await world.drive([{ n: 1 }, { n: 2 }])).toEqual(ended('succeeded'));
    expect(world.output('a')).toEqual([
      { n: 1, b: 2 },
      { n: 2, b: 3 },
    ]);
    expect(world.sent.map((one) => one.parameters)).toEqual([{ to: 2 }, { to: 3 }]);
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({
      status: 'succeeded',
      attempts: 1,
      inputs: { main: { count: 2 } },
      outputs: { main: { count: 2 } },
    });
    expect(world.row.end).toMatchObject({ status: 'succeeded' });
    expect(world.opened).toBe(1);
  });

  it('sends each item the way its condition says; an empty way is not taken', async () => {
    const nodes = {
      i: { type: 'core.if', parameters: { conditions: [{ left: '{{ $json.n }}', operator: 'greater', right: 1 }] } },
      a: 'test.set',
      b: 'test.set',
    };
    const world = new World(planOf(nodes, ['t>i', 'i.true>a', 'i.false>b']));
    await world.drive([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect([world.output('a'), world.output('b')]).toEqual([[{ n: 2 }, { n: 3 }], [{ n: 1 }]]);
    const other = new World(planOf(nodes, ['t>i', 'i.true>a', 'i.false>b']));
    await other.drive([{ n: 1 }]);
    expect(other.story).toEqual(['t:0 succeeded', 'i:0 succeeded', 'b:0 succeeded']);
  });

  it('comes back to wait, and goes on from its state in another process', async () => {
    const world = new World(
      planOf(
        {
          a: 'test.read',
          p: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } },
          b: { type: 'test.set', parameters: { again: "{{ $('a').item.json.read }}" } },
        },
        ['t>a', 'a>p', 'p>b'],
      ),
    );
    const input = world.input([{}]);
    const result = await world.process().executor.runSegment(input);
    expect(result).toMatchObject({ kind: 'waiting', untilMs: expect.any(Number) });
    expect(world.row).toMatchObject({ status: 'waiting', waitsFor: { kind: 'timer' } });
    expect(world.row.nodeRuns.get('p:0')).toMatchObject({ status: 'waiting', waitsFor: { kind: 'timer' } });
    if (result.kind !== 'waiting') throw new Error('it waits');
    expect(JSON.parse(JSON.stringify(result.state))).toStrictEqual(result.state);
    for (const id of world.store.alive) world.store.alive.delete(id);
    const after = await world.process().executor.runSegment({ ...input, state: result.state, segment: 2, openedAtMs: result.untilMs ?? 0 });
    expect(after).toEqual(ended('succeeded'));
    expect(world.output('b')).toEqual([{ read: 1, again: 1 }]);
    expect(world.reads).toEqual(['a:0']);
  });

  it('stays for a short wait', async () => {
    const world = new World(planOf({ p: { type: 'core.wait', parameters: { amount: 0.01, unit: 'seconds' } } }, ['t>p']));
    world.limits = {};
    expect(await world.drive()).toEqual(ended('succeeded'));
    expect(world.opened).toBe(1);
  });

  it('starts nothing new once its time is over, and says that there is more', async () => {
    const world = new World(planOf({ a: 'test.set', b: 'test.write' }, ['t>a', 'a>b']));
    world.limits = { segmentMs: 0 };
    const result = await world.process().executor.runSegment(world.input([{}]));
    expect(result.kind).toBe('more');
    expect(world.sent).toEqual([]);
    expect(world.row.status).toBe('running');
  });

  it('a list that takes longer than one segment goes on where it was, each item once', async () => {
    const world = new World(planOf({ w: { type: 'test.write', parameters: { n: '{{ $json.n }}' } } }, ['t>w']));
    world.clock = { nowMs: systemClock.nowMs, monotonicMs: () => world.sent.length * 6_000 };
    expect(await world.drive([0, 1, 2, 3, 4, 5].map((n) => ({ n })))).toEqual(ended('succeeded'));
    expect(world.sent.map((one) => one.itemIndex)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(world.opened).toBe(3);
    expect(world.output('w')).toEqual([0, 1, 2, 3, 4, 5].map((n) => ({ n, sent: true })));
  });

  it('a second call for the same segment joins the first', async () => {
    const world = new World(planOf({ w: 'test.write' }, ['t>w']));
    const { executor } = world.process();
    const input = world.input([{}]);
    const both = await Promise.all([executor.runSegment(input, { first: true }), executor.runSegment(input)]);
    expect(both).toEqual([ended('succeeded'), ended('succeeded')]);
    expect(world.sent).toHaveLength(1);
    expect(await executor.runSegment(input)).toEqual(ended('succeeded'));
    expect(world.sent).toHaveLength(1);
  });

  it('works on items side by side, never more than the type allows', async () => {
    const world = new World(planOf({ w: 'test.write' }, ['t>w']));
    let now = 0;
    let most = 0;
    world.behaviour['w'] = async (call) => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 2));
      now -= 1;
      return world.usual(call);
    };
    await world.drive([{}, {}, {}, {}, {}]);
    expect(most).toBe(2);
    expect(world.sent).toHaveLength(5);
  });
});

describe('errors', () => {
  it('of an expression name node, field, item and key, and fail the run', async () => {
    const world = new World(planOf({ a: { type: 'test.set', parameters: { list: [{ v: '{{ $json.user.mail }}' }] } } }, ['t>a']));
    expect(await world.drive([{ user: { mail: 1 } }, { user: null }])).toEqual(ended('failed'));
    expect(world.row.end).toMatchObject({
      reason: 'error',
      error: {
        nodeId: 'a',
        field: 'list[0].v',
        itemIndex: 1,
        code: expect.stringMatching(/^expression_/),
        hint: expect.any(String),
        message: expect.stringContaining('mail'),
      },
    });
  });

  it('continue as items, one by one', async () => {
    const world = new World(planOf({ w: { type: 'test.write', settings: { onError: 'continue' } }, b: 'test.set' }, ['t>w', 'w>b']));
    world.behaviour['w'] = async (call) => {
      if (call.itemIndex === 0) throw new UserError('invalid', { code: 'bad_item', message: 'bad', hint: 'fix it' });
      return world.usual(call);
    };
    expect(await world.drive([{}, {}])).toEqual(ended('succeeded'));
    expect(world.output('b')).toEqual([{ error: { code: 'bad_item', message: 'bad', hint: 'fix it' } }, { sent: true }]);
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({ status: 'failed', error: { code: 'bad_item', itemIndex: 0 } });
  });

  it('branch off with the item that failed', async () => {
    const world = new World(
      planOf({ a: { type: 'test.set', settings: { onError: 'branch' } }, good: 'test.set', bad: 'test.set' }, [
        't>a',
        'a>good',
        'a.error>bad',
      ]),
    );
    world.behaviour['a'] = async (call) => {
      if (call.itemIndex === 1) throw new UserError('invalid', { code: 'odd', message: 'odd' });
      return world.usual(call);
    };
    await world.drive([{ n: 0 }, { n: 1 }, { n: 2 }]);
    expect(world.output('good')).toEqual([{ n: 0 }, { n: 2 }]);
    expect(world.output('bad')).toEqual([{ n: 1, error: { code: 'odd', message: 'odd' } }]);
  });

  it('are tried again as the policy says, only for the items that failed, with the same key', async () => {
    const retry = { maxAttempts: 3, initialMs: 60_000 };
    const world = new World(
      planOf({ w: { type: 'test.write', settings: { retry }, parameters: { at: '{{ $now.toMillis() }}' } } }, ['t>w']),
    );
    let tries = 0;
    world.behaviour['w'] = async (call) => {
      const outcome = await world.usual(call);
      tries += 1;
      if (call.itemIndex === 1 && tries < 4)
        throw new ConnectorError('transient', { code: 'busy', message: 'busy', details: { status: 503 } });
      return outcome;
    };
    expect(await world.drive([{}, {}])).toEqual(ended('succeeded'));
    expect(world.sent.map((one) => one.itemIndex)).toEqual([0, 1, 1, 1]);
    expect(new Set(world.sent.filter((one) => one.itemIndex === 1).map((one) => `${one.key} ${JSON.stringify(one.parameters)}`)).size).toBe(
      1,
    );
    expect(world.opened).toBe(3);
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({ status: 'succeeded', attempts: 3, outputs: { main: { count: 2 } } });
  });

  it('a step that takes too long fails with its timeout', async () => {
    const world = new World(planOf({ a: { type: 'test.read', settings: { timeoutMs: 100 } } }, ['t>a']));
    world.behaviour['a'] = () => new Promise(() => undefined);
    expect(await world.drive()).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'node_timeout', nodeId: 'a' });
  });

  it('a run that takes too long fails, and says so', async () => {
    const world = new World(planOf({ p: { type: 'core.wait', parameters: { amount: 2, unit: 'hours' } } }, ['t>p'], { timeoutMs: 60_000 }));
    expect(await world.drive()).toEqual(ended('failed'));
    expect(world.row.end).toMatchObject({ reason: 'timeout', error: { code: 'run_timeout' } });
  });

  it('a failure lets writes in flight finish, and starts nothing new', async () => {
    const world = new World(planOf({ bad: 'test.read', slow: 'test.write', late: 'test.write' }, ['t>bad', 't>slow', 't>late']));
    const failed = Promise.withResolvers<void>();
    world.behaviour['bad'] = async () => {
      setTimeout(failed.resolve, 20);
      throw new UserError('invalid', { code: 'no', message: 'no' });
    };
    world.behaviour['slow'] = async (call) => {
      const outcome = await world.usual(call);
      await failed.promise;
      return outcome;
    };
    world.behaviour['late'] = async (call) => failed.promise.then(() => world.usual(call));
    expect(await world.drive()).toEqual(ended('failed'));
    expect(world.sent.map((one) => one.nodeId)).toEqual(['slow']);
    expect(world.row.attempts.get('slow:0:0:1')).toMatchObject({ status: 'done' });
    expect(world.row.attempts.get('late:0:0:1')).toMatchObject({ status: 'notSent' });
  });
});
