import { UserError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { refusal, refusing } from './testing/refusing.ts';
import { resumed } from './testing/resumed.ts';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

const list = Array.from({ length: 12 }, (_, n) => ({ n }));

describe('a node that runs several times', () => {
  const fanIn = planOf(
    {
      a: 'test.read',
      b: 'test.read',
      c: { type: 'test.write', parameters: { from: '{{ $json.from }}', dice: '{{ Math.random() }}' } },
      d: { type: 'test.write', parameters: { from: '{{ $json.from }}' } },
    },
    ['t>a', 't>b', 'a>c', 'b>c', 'c>d'],
  );
  const answering = (world: World, order: readonly string[]): void => {
    const turns = new Map(order.map((id) => [id, Promise.withResolvers<void>()]));
    turns.get(order[0] ?? '')?.resolve();
    for (const id of order)
      world.behaviour[id] = async () => {
        await turns.get(id)?.promise;
        setTimeout(() => turns.get(order[order.indexOf(id) + 1] ?? '')?.resolve(), 5);
        return { items: [{ json: { from: id } }] };
      };
  };

  it('is skipped by what it did, whatever its number was when answers came in another order', async () => {
    const first = new World(fanIn);
    answering(first, ['b', 'a']);
    refusing(first, 'd', ({ from }) => from === 'a');
    expect(await first.drive()).toEqual(ended('failed'));
    expect(first.output('c', 'main', 0)).toMatchObject([{ from: 'b' }]);
    const second = resumed(first, fanIn);
    expect(await second.drive()).toEqual(ended('succeeded'));
    expect(second.sent).toEqual(first.sent.filter(({ nodeId, parameters }) => nodeId === 'd' && parameters['from'] === 'a'));
    expect(second.output('c', 'main', 0)).toMatchObject([{ from: 'a' }]);
    expect(second.output('c', 'main', 1)).toMatchObject([{ from: 'b' }]);
  });

  it('sends each of many equal requests once', async () => {
    const plan = planOf(
      {
        m: { type: 'core.map', parameters: { window: 1 } },
        one: { type: 'test.write', parameters: { same: true }, parent: 'm' },
        two: { type: 'test.write', parameters: { n: '{{ $json.same }}' }, parent: 'm' },
      },
      ['t>m', 'm.each>one', 'one>two', 'two>m.collect'],
    );
    const first = new World(plan);
    let left = 9;
    first.behaviour['two'] = async (call) => ((left -= 1) < 0 ? refusal() : first.usual(call));
    expect(await first.drive(list)).toEqual(ended('failed'));
    const second = resumed(first, plan);
    expect(await second.drive(list)).toEqual(ended('succeeded'));
    const counts = Map.groupBy([...first.sent, ...second.sent], ({ nodeId }) => nodeId);
    expect(counts.get('one')).toHaveLength(list.length);
    expect(counts.get('two')).toHaveLength(list.length);
    expect(new Set(counts.get('one')?.map(({ key }) => key)).size).toBe(list.length);
  });

  it('of a section keeps items apart when an earlier one failed', async () => {
    const plan = planOf(
      {
        m: { type: 'core.map', parameters: { window: 1, onItemError: 'collect' } },
        one: { type: 'test.write', parameters: { n: '{{ $json.n }}' }, parent: 'm' },
        two: { type: 'test.write', parameters: { n: '{{ $json.n }}' }, parent: 'm' },
        check: { type: 'test.set', parameters: { ok: '{{ $json.sent }}' } },
      },
      ['t>m', 'm.each>one', 'one>two', 'two>m.collect', 'm>check'],
    );
    const first = new World(plan);
    refusing(first, 'one', ({ n }) => n === 2);
    const how = await first.drive(list);
    const done = first.sent.filter(({ nodeId }) => nodeId === 'two').length;
    expect([how, done]).toEqual([ended('failed'), list.length - 1]);
    const second = resumed(first, plan);
    expect(await second.drive(list)).toEqual(ended('succeeded'));
    expect(second.sent.map(({ nodeId, parameters }) => [nodeId, parameters['n']])).toEqual([
      ['one', 2],
      ['two', 2],
    ]);
    expect(second.sent[0]?.key).toBe(first.sent.find(({ nodeId, parameters }) => nodeId === 'one' && parameters['n'] === 2)?.key);
    expect(first.sent.map(({ key }) => key)).not.toContain(second.sent[1]?.key);
  });
});

describe('time', () => {
  const hour = 3_600_000;
  const plan = planOf(
    {
      a: { type: 'test.write', parameters: { at: '{{ $now.toMillis() }}', run: '{{ $run.id }}', since: '{{ $run.startedAt }}' } },
      p: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } },
      s: { type: 'test.set', parameters: { at: '{{ $now.toMillis() }}' } },
      b: { type: 'test.write', parameters: { at: '{{ $json.at }}' } },
      c: { type: 'test.write', parameters: { at: '{{ $now.toMillis() }}' } },
      d: { type: 'test.write', parameters: { at: '{{ $now.toMillis() }}' } },
    },
    ['t>a', 'a>p', 'p>s', 's>b', 'b>c', 'c>d'],
  );

  it('flows from what was stored until the run does something of its own; waits that are over are over', async () => {
    let now = Date.UTC(2026, 10, 1);
    const first = new World(plan);
    first.clock = { nowMs: () => now, monotonicMs: () => performance.now() };
    first.behaviour['c'] = async () => {
      throw new UserError('invalid', { code: 'broken', message: 'broken' });
    };
    const begin = first.input([{}], { openedAtMs: now });
    const waiting = await first.process().executor.runSegment(begin);
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    now += hour;
    const next = { ...begin, state: waiting.state, segment: 2, openedAtMs: now };
    expect(await first.process().executor.runSegment(next)).toEqual(ended('failed'));
    const second = resumed(first, plan, { onChanged: 'resend' });
    now += 24 * hour;
    second.clock = { nowMs: () => now, monotonicMs: () => performance.now() };
    expect(await second.process().executor.runSegment(second.input([{}], { openedAtMs: now }))).toEqual(ended('succeeded'));
    expect(second.story).toEqual([
      't:0 succeeded',
      'a:0 skipped',
      'p:0 skipped',
      's:0 succeeded',
      'b:0 skipped',
      'c:0 succeeded',
      'd:0 succeeded',
    ]);
    expect(second.output('s')).toEqual(first.output('s'));
    // What was begun keeps its time: under its key goes the same request, whenever.
    expect(second.sent.map(({ parameters }) => parameters['at'])).toEqual([now - 24 * hour, now]);
  });
});
