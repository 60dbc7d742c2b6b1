import { UserError, ConnectorError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

describe('a segment', () => {
  it('runs a line of nodes over every item and records what each got and gave', async () => {
    const world = new World(planOf({ a: { type: 'test.set', parameters: { b: '{{ $json.n + 1 }}' } }, w: { type: 'test.write', parameters: { to: '{{ $json.b }}' } } }, ['t>a', 'a>w']));
    expect(await world.drive([{ n: 1 }, { n: 2 }])).toEqual(ended('succeeded'));
    expect(world.output('a')).toEqual([{ n: 1, b: 2 }, { n: 2, b: 3 }]);
    expect(world.sent.map((one) => one.parameters)).toEqual([{ to: 2 }, { to: 3 }]);
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({ status: 'succeeded', attempts: 1, inputs: { main: { count: 2 } }, outputs: { main: { count: 2 } } });
    expect(world.row.end).toMatchObject({ status: 'succeeded' });
    expect(world.opened).toBe(1);
  });

  it('sends each item the way its condition says; an empty way is not taken', async () => {
    const nodes = { i: { type: 'core.if', parameters: { conditions: [{ left: '{{ $json.n }}', operator: 'greater', right: 1 }] } }, a: 'test.set', b: 'test.set' };
    const world = new World(planOf(nodes, ['t>i', 'i.true>a', 'i.false>b']));
    await world.drive([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect([world.output('a'), world.output('b')]).toEqual([[{ n: 2 }, { n: 3 }], [{ n: 1 }]]);
    const other = new World(planOf(nodes, ['t>i', 'i.true>a', 'i.false>b']));
    await other.drive([{ n: 1 }]);
    expect(other.story).toEqual(['t:0 succeeded', 'i:0 succeeded', 'b:0 succeeded']);
  });

  it('comes back to wait, and goes on from its state in another process', async () => {
    const world = new World(planOf({ a: 'test.read', p: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } }, b: { type: 'test.set', parameters: { again: "{{ $('a').item.json.read }}" } } }, ['t>a', 'a>p', 'p>b']));
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
    expect(world.row.end).toMatchObject({ reason: 'error', error: { nodeId: 'a', field: 'list[0].v', itemIndex: 1, code: expect.stringMatching(/^expression_/), hint: expect.any(String), message: expect.stringContaining('mail') } });
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
    const world = new World(planOf({ a: { type: 'test.set', settings: { onError: 'branch' } }, good: 'test.set', bad: 'test.set' }, ['t>a', 'a>good', 'a.error>bad']));
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
    const world = new World(planOf({ w: { type: 'test.write', settings: { retry }, parameters: { at: '{{ $now.toMillis() }}' } } }, ['t>w']));
    let tries = 0;
    world.behaviour['w'] = async (call) => {
      const outcome = await world.usual(call);
      tries += 1;
      if (call.itemIndex === 1 && tries < 4) throw new ConnectorError('transient', { code: 'busy', message: 'busy', details: { status: 503 } });
      return outcome;
    };
    expect(await world.drive([{}, {}])).toEqual(ended('succeeded'));
    expect(world.sent.map((one) => one.itemIndex)).toEqual([0, 1, 1, 1]);
    expect(new Set(world.sent.filter((one) => one.itemIndex === 1).map((one) => `${one.key} ${JSON.stringify(one.parameters)}`)).size).toBe(1);
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

describe('data', () => {
  const big = (letter: string, kilobytes: number) => ({ text: letter.repeat(kilobytes * 1024) });

  it('keeps a state small: large lists go to blobs, and come back', async () => {
    const world = new World(planOf({ p: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } }, b: 'test.set' }, ['t>p', 'p>b']));
    const result = await world.process().executor.runSegment(world.input([big('x', 20)]));
    expect(JSON.stringify(result).length).toBeLessThan(16_000);
    expect(world.blobs.stored.size).toBe(1);
    for (const owner of world.store.alive) world.store.alive.delete(owner);
    expect(await world.drive([big('x', 20)])).toEqual(ended('succeeded'));
    expect(world.row.nodeRuns.get('b:0')?.outputs['main']).toMatchObject({ count: 1, blobId: expect.any(String) });
  });

  it('keeps all inline lists of a state below 48 KiB, the largest leave first', async () => {
    const waits = Object.fromEntries(['a', 'b', 'c', 'd'].flatMap((id, index) => [
      [`s${id}`, { type: 'test.set', parameters: { text: id.repeat((12 + index) * 1024) } }],
      [`p${id}`, { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } }],
    ]));
    const world = new World(planOf(waits, ['a', 'b', 'c', 'd'].flatMap((id) => [`t>s${id}`, `s${id}>p${id}`])));
    const result = await world.process().executor.runSegment(world.input([{}]));
    if (result.kind !== 'waiting') throw new Error('it waits');
    const refs = result.state.active.map((one) => one.inputs['main']);
    expect(refs.map((ref) => ref?.blobId === undefined)).toEqual([true, true, true, false]);
    expect(refs.reduce((sum, ref) => sum + (ref?.inline === undefined ? 0 : ref.sizeBytes), 0)).toBeLessThanOrEqual(48 * 1024);
  });

  it('is not kept in history when the workflow says so, but the facts are', async () => {
    for (const save of ['none', 'failures'] as const) {
      const world = new World(planOf({ a: 'test.set' }, ['t>a']), { save });
      await world.drive([{ secret: 1 }]);
      expect(JSON.stringify([...world.row.nodeRuns.values()])).not.toContain('secret');
      expect(world.row.nodeRuns.get('a:0')).toMatchObject({ status: 'succeeded', outputs: { main: { count: 1 } } });
    }
  });

  it('executeOnce takes the first item, alwaysOutput gives an empty one, disabled hands on', async () => {
    const world = new World(planOf({ a: { type: 'test.set', settings: { executeOnce: true } }, d: { type: 'test.set', settings: { disabled: true } }, e: { type: 'test.set', settings: { alwaysOutput: true } }, z: 'test.set' }, ['t>a', 'a>d', 'd>e', 'e>z']));
    world.behaviour['e'] = async () => ({ items: [] });
    await world.drive([{ n: 1 }, { n: 2 }]);
    expect(world.output('a')).toEqual([{ n: 1 }]);
    expect(world.row.nodeRuns.get('d:0')).toMatchObject({ status: 'skipped', reason: 'disabled' });
    expect(world.output('z')).toEqual([{}]);
  });

  it('lineage is walked back through one-to-one, one-to-many, routing, and disabled nodes', async () => {
    const nodes = {
      many: 'test.set',
      i: { type: 'core.if', parameters: { conditions: [{ left: '{{ $json.k }}', operator: 'equals', right: 1 }] } },
      off: { type: 'test.set', settings: { disabled: true } },
      z: { type: 'test.set', parameters: { name: "{{ $('Step t').item.json.name }}", k: "{{ $('many').item.json.k }}" } },
    };
    const world = new World(planOf(nodes, ['t>many', 'many>i', 'i.true>off', 'off>z']));
    world.behaviour['many'] = async () => ({ items: [{ json: { k: 0 } }, { json: { k: 1 } }] });
    await world.drive([{ name: 'a' }, { name: 'b' }]);
    expect(world.output('z')).toEqual([{ k: 1, name: 'a' }, { k: 1, name: 'b' }]);
  });

  it('lineage that cannot be told is an error that says what to do', async () => {
    const world = new World(planOf({ mix: 'test.whole', z: { type: 'test.set', parameters: { name: "{{ $('t').item.json.name }}" } } }, ['t>mix', 'mix>z']));
    world.behaviour['mix'] = async (call) => ({ items: call.items.toReversed() });
    expect(await world.drive([{ name: 'a' }, { name: 'b' }])).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'expression_lineage', hint: expect.stringContaining('.first()') });
  });
});
