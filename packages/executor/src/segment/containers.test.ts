import { ConnectorError, newId, systemClock } from '@millwright/core';
import type { Item, Plan, WorkflowDocumentInput } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import type { Crash } from '../testing.ts';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

type Nodes = Parameters<typeof planOf>[0];

/** A plan in which the nodes of a group are inside the container that it is named for. */
function inside(groups: Readonly<Record<string, Nodes>>, edges: readonly string[], settings?: WorkflowDocumentInput['settings']): Plan {
  const nodes: Record<string, Nodes[string]> = {};
  for (const [parent, group] of Object.entries(groups))
    for (const [id, node] of Object.entries(group)) {
      const known = typeof node === 'string' ? { type: node } : node;
      nodes[id] = parent === '' ? known : { ...known, parent };
    }
  return planOf(nodes, edges, settings);
}

const items = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));
const map = (parameters: Readonly<Record<string, string | number>> = {}) => ({ type: 'core.map', parameters });
const byN = { type: 'test.write', parameters: { n: '{{ $json.n }}' } };

function numberOf([first]: readonly Item[]): number {
  const { n } = (first ?? { json: { n: 0 } }).json as { readonly n: number };
  return n;
}

function failing(world: World, nodeId: string, isBad: (n: unknown) => boolean): void {
  world.behaviour[nodeId] = async (call) => {
    if (isBad(call.parameters['n']))
      throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
    return world.usual(call);
  };
}

const delayed = (world: World, nodeId: string, ms: (n: number) => number): void => {
  world.behaviour[nodeId] = async (call) => {
    await new Promise((resolve) => setTimeout(resolve, ms(Number(call.parameters['n']))));
    return world.usual(call);
  };
};

describe('map', () => {
  const plan = inside(
    {
      '': { m: map({ window: 2 }), z: { type: 'test.set', parameters: { z: '{{ $itemIndex }}', back: "{{ $('t').item.json.n }}" } } },
      m: { w: byN, s: { type: 'test.set', parameters: { twice: '{{ $json.n * 2 }}', own: "{{ $('w').item.json.n }}" } } },
    },
    ['t>m', 'm.each>w', 'w>s', 's>m.collect', 'm.main>z'],
  );

  it('gives results in the order of items, each with the item that it came from, however they came back', async () => {
    const world = new World(plan);
    delayed(world, 'w', (n) => (n === 0 ? 20 : 1));
    expect(await world.drive(items(5))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual(items(5).map(({ n }) => ({ n, sent: true, twice: n * 2, own: n, z: n, back: n })));
    expect(world.row.nodeRuns.get('m:0')).toMatchObject({ status: 'succeeded', progress: { done: 5, failed: 0, total: 5 } });
    expect(world.row.nodeRuns.get('m:0')?.outputs['main']?.inline?.map((item) => item.from)).toEqual([[0], [1], [2], [3], [4]]);
  });

  it('works on no more items at once than its window says', async () => {
    const world = new World(plan);
    let now = 0;
    let most = 0;
    world.behaviour['w'] = async (call) => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 2));
      now -= 1;
      return world.usual(call);
    };
    await world.drive(items(6));
    expect(most).toBe(2);
  });

  it('stop: one failed item fails the map, and nothing new is sent', async () => {
    const world = new World(plan);
    failing(world, 'w', (n) => n === 1);
    expect(await world.drive(items(50))).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'refused', nodeId: 'w' });
    expect(world.row.nodeRuns.get('m:0')).toMatchObject({ status: 'failed', progress: { total: 50 } });
    expect(world.sent.length).toBeLessThan(4);
  });

  it('collect: the failed item is an error in its place', async () => {
    const world = new World(inside({ '': { m: map({ onItemError: 'collect' }) }, m: { w: byN } }, ['t>m', 'm.each>w', 'w>m.collect']));
    failing(world, 'w', (n) => n === 1);
    expect(await world.drive(items(3))).toEqual(ended('succeeded'));
    expect(world.output('m')).toEqual([
      { n: 0, sent: true },
      { error: { code: 'refused', message: 'refused', nodeId: 'w' } },
      { n: 2, sent: true },
    ]);
    expect(world.row.nodeRuns.get('m:0')).toMatchObject({ progress: { done: 2, failed: 1, total: 3 } });
  });

  it('with a join inside joins what belongs to one item', async () => {
    const joined = inside(
      {
        '': { m: map({ window: 3 }) },
        m: {
          a: byN,
          b: { type: 'test.read', parameters: { m: '{{ $json.n }}' } },
          j: { type: 'core.merge', parameters: { mode: 'position' } },
        },
      },
      ['t>m', 'm.each>a', 'm.each>b', 'a>j.in1', 'b>j.in2', 'j>m.collect'],
    );
    const world = new World(joined);
    delayed(world, 'a', (n) => 12 - 4 * n);
    expect(await world.drive(items(3))).toEqual(ended('succeeded'));
    expect(world.output('m')).toMatchObject([0, 1, 2].map((n) => ({ n, m: n, sent: true })));
  });

  it('with a loop inside keeps the rounds of items apart', async () => {
    const looped = inside(
      { '': { m: map({ window: 3 }) }, m: { l: { type: 'core.loop', parameters: {} }, w: byN, spread: 'test.whole' } },
      ['t>m', 'm.each>spread', 'spread>l', 'l.loop>w', 'w>l', 'l.done>m.collect'],
    );
    const world = new World(looped);
    world.behaviour['spread'] = async ({ items: given }) => {
      const n = numberOf(given);
      return { items: [0, 1, 2].map((round) => ({ json: { n: n * 10 + round } })) };
    };
    delayed(world, 'w', (n) => n % 4);
    expect(await world.drive(items(3))).toEqual(ended('succeeded'));
    expect(world.output('m')).toEqual([0, 1, 2, 10, 11, 12, 20, 21, 22].map((n) => ({ n, sent: true })));
  });

  it('goes on in another process after waits and retries inside', async () => {
    const waiting = inside(
      {
        '': { m: map({ window: 2 }), z: 'test.set' },
        m: {
          p: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } },
          w: { ...byN, settings: { retry: { maxAttempts: 2, initialMs: 1, jitter: 0 } } },
        },
      },
      ['t>m', 'm.each>p', 'p>w', 'w>m.collect', 'm.main>z'],
    );
    const world = new World(waiting);
    const tried = new Set<unknown>();
    world.behaviour['w'] = async (call) => {
      const { n } = call.parameters;
      if (tried.has(n)) return world.usual(call);
      tried.add(n);
      throw new ConnectorError('transient', { code: 'busy', message: 'busy', details: { status: 503 } });
    };
    expect(await world.drive(items(3))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual(items(3).map((item) => ({ ...item, sent: true })));
    expect(world.row.waitsFor).toBeNull();
  });
});

describe('a process that dies at any commit of a map', () => {
  it('leaves each effect done once, or repeated under the same key with the same request', async () => {
    const plan = inside(
      {
        '': { m: map({ window: 2 }), z: 'test.set' },
        m: { r: 'test.read', w: { type: 'test.write', parameters: { n: "{{ $('m').item.json.n }}", read: '{{ $json.read }}' } } },
      },
      ['t>m', 'm.each>r', 'r>w', 'w>m.collect', 'm.main>z'],
    );
    const calm = new World(plan);
    await calm.drive(items(5));
    expect(calm.store.commits).toBeGreaterThan(4);
    for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++) {
      for (const isStored of [false, true]) {
        const world = new World(plan);
        delayed(world, 'w', (n) => (n * 7) % 5);
        expect(await world.drive(items(5), { atCommit, isStored })).toEqual(ended('succeeded'));
        expect(world.output('z')?.map((one) => (one as { n: number }).n)).toEqual([0, 1, 2, 3, 4]);
        const byKey = Map.groupBy(world.sent, (one) => one.key ?? '');
        expect(byKey.size).toBe(5);
        for (const sends of byKey.values()) expect(new Set(sends.map((one) => JSON.stringify(one.parameters))).size).toBe(1);
        expect([...world.row.attempts.values()].filter((one) => one.class === 'write' && one.status === 'done')).toHaveLength(5);
      }
    }
  });
});

describe('try', () => {
  const plan = inside(
    {
      '': { y: 'core.try', z: { type: 'test.set', parameters: { z: 1 } } },
      y: {
        w: byN,
        c: { type: 'test.set', parameters: { code: '{{ $json.error.code }}', at: '{{ $json.error.nodeId }}' } },
        f: { type: 'test.write', parameters: { f: '{{ $items.length }}' } },
      },
    },
    ['t>y', 'y.try>w', 'w>y.result', 'y.catch>c', 'c>y.result', 'y.finally>f', 'y.main>z'],
  );

  it('goes on with the result; finally has run', async () => {
    const world = new World(plan);
    expect(await world.drive(items(2))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual([0, 1].map((n) => ({ n, sent: true, z: 1 })));
    expect(world.story.filter((line) => line.startsWith('c') || line.startsWith('f'))).toEqual(['f:0 succeeded']);
  });

  it('on error goes on with what catch gives for the items that came in', async () => {
    const world = new World(plan);
    failing(world, 'w', (n) => n === 1);
    expect(await world.drive(items(2))).toEqual(ended('succeeded'));
    expect(world.output('z')).toMatchObject([0, 1].map((n) => ({ n, code: 'refused', at: 'w', z: 1, error: { message: 'refused' } })));
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({ status: 'failed' });
    expect(world.row.nodeRuns.get('y:0')).toMatchObject({ status: 'succeeded' });
  });

  it('keeps the answer of a write that was under way when something beside it failed', async () => {
    const world = new World(
      inside({ '': { y: 'core.try', z: 'test.set' }, y: { slow: byN, bad: byN, c: 'test.read' } }, [
        't>y',
        'y.try>slow',
        'y.try>bad',
        'y.catch>c',
        'c>y.result',
        'y.main>z',
      ]),
    );
    world.behaviour['slow'] = async (call) => {
      const outcome = await world.usual(call);
      await new Promise((resolve) => setTimeout(resolve, 15));
      return outcome;
    };
    world.behaviour['bad'] = async () => {
      while (world.sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
    };
    expect(await world.drive(items(1))).toEqual(ended('succeeded'));
    expect(world.row.nodeRuns.get('slow:0')).toMatchObject({ status: 'canceled' });
    expect(world.row.attempts.get('slow:0:0:1')).toMatchObject({ status: 'done', seq: 0 });
    expect(world.output('z')).toHaveLength(1);
  });

  it('a map in a try in a map: the inner failure is caught per outer item', async () => {
    const nested = inside(
      {
        '': { o: map({ window: 2 }), z: 'test.set' },
        o: { y: 'core.try' },
        y: { split: 'test.whole', i: map({ window: 2 }), c: { type: 'test.set', parameters: { caught: '{{ $json.error.code }}' } } },
        i: { w: byN },
      },
      [
        't>o',
        'o.each>y',
        'y.try>split',
        'split>i',
        'i.each>w',
        'w>i.collect',
        'i.main>y.result',
        'y.catch>c',
        'c>y.result',
        'y.main>o.collect',
        'o.main>z',
      ],
    );
    const world = new World(nested);
    world.behaviour['split'] = async ({ items: given }) => {
      const n = numberOf(given);
      return { items: [0, 1, 2].map((k) => ({ json: { n: n * 10 + k } })) };
    };
    failing(world, 'w', (n) => n === 11);
    expect(await world.drive(items(3))).toEqual(ended('succeeded'));
    expect(world.output('z')).toMatchObject([{ n: 0 }, { n: 1 }, { n: 2 }, { n: 1, caught: 'refused' }, { n: 20 }, { n: 21 }, { n: 22 }]);
  });

  it('a process that dies at any commit: what is caught is caught again, finally runs', async () => {
    const worldOf = (): World => {
      const world = new World(plan);
      failing(world, 'w', (n) => n === 1);
      return world;
    };
    const calm = worldOf();
    await calm.drive(items(2));
    for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++) {
      for (const isStored of [false, true]) {
        const world = worldOf();
        expect(await world.drive(items(2), { atCommit, isStored })).toEqual(ended('succeeded'));
        expect(world.output('z')).toEqual(calm.output('z'));
        expect(new Set(world.sent.map((one) => one.key)).size).toBe(3);
      }
    }
  });
});

describe('compensate', () => {
  const plan = inside(
    {
      '': { p: 'core.compensate', q: 'core.compensate', z: byN },
      p: { a: byN, ua: { type: 'test.write', parameters: { undo: '{{ $json.n }}', was: '{{ $json.sent }}' } } },
      q: { b: byN, ub: { type: 'test.write', parameters: { undo: '{{ $json.n }}' } } },
    },
    ['t>p', 'p.do>a', 'a>p.result', 'p.undo>ua', 'p.main>q', 'q.do>b', 'b>q.result', 'q.undo>ub', 'q.main>z'],
    { timeoutMs: 60_000 },
  );
  const order = (world: World) => world.sent.map((one) => `${one.nodeId}:${one.itemIndex}`);

  it('undoes what was done, the last first, and then the run has failed', async () => {
    const world = new World(plan);
    failing(world, 'z', () => true);
    expect(await world.drive(items(1))).toEqual(ended('failed'));
    expect(order(world)).toEqual(['a:0', 'b:0', 'ub:0', 'ua:0']);
    expect(world.sent.at(-1)?.parameters).toEqual({ undo: 0, was: true });
    expect(world.row.end?.error).toMatchObject({ code: 'refused', nodeId: 'z' });
  });

  it('undoes nothing of a run that succeeds, or that is canceled', async () => {
    const world = new World(plan);
    expect(await world.drive(items(1))).toEqual(ended('succeeded'));
    expect(order(world)).toEqual(['a:0', 'b:0', 'z:0']);
    const canceled = new World(plan);
    canceled.behaviour['z'] = async (call) => {
      canceled.cancel();
      return canceled.usual(call);
    };
    expect(await canceled.drive(items(1))).toEqual(ended('canceled'));
    expect(order(canceled)).not.toContain('ua:0');
  });

  it('undoes when the time of the run is over, and takes its time for that', async () => {
    const world = new World(plan);
    let shiftMs = 0;
    world.clock = { nowMs: () => systemClock.nowMs() + shiftMs, monotonicMs: systemClock.monotonicMs };
    world.behaviour['b'] = async (call) => {
      shiftMs = 120_000;
      return world.usual(call);
    };
    expect(await world.drive(items(1))).toEqual(ended('failed'));
    expect(world.row.end).toMatchObject({ reason: 'timeout', error: { code: 'run_timeout' } });
    expect(order(world)).toContain('ua:0');
  });

  it.each(['fails', 'is late'])('a process that dies at any commit of a run that %s undoes each section that was done', async (how) => {
    const worldOf = (): World => {
      const world = new World(plan);
      let shiftMs = 0;
      world.clock = { nowMs: () => systemClock.nowMs() + shiftMs, monotonicMs: systemClock.monotonicMs };
      world.behaviour['z'] = async (call) => {
        if (how === 'is late') shiftMs = 120_000;
        if (how === 'is late') return world.usual(call);
        throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
      };
      return world;
    };
    const calm = worldOf();
    await calm.drive(items(1));
    const undone = (world: World) => [...world.row.attempts.values()].filter((one) => one.nodeId.startsWith('u') && one.status === 'done');
    expect(undone(calm)).toHaveLength(2);
    for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++) {
      for (const isStored of [false, true]) {
        const crash: Crash = { atCommit, isStored };
        const world = worldOf();
        expect(await world.drive(items(1), crash)).toEqual(ended('failed'));
        expect(world.row.end?.error?.code).toBe(how === 'fails' ? 'refused' : 'run_timeout');
        // A section whose last answer was lost and not asked for again was not done.
        const done = ['p', 'q'].filter((id) => world.row.nodeRuns.get(`${id}:0`)?.status === 'succeeded');
        expect(
          undone(world)
            .map((one) => one.nodeId)
            .toSorted(),
        ).toEqual(done.map((id) => (id === 'p' ? 'ua' : 'ub')));
        expect(done.length).toBeGreaterThanOrEqual(how === 'fails' ? 2 : 1);
        for (const sends of Map.groupBy(world.sent, (one) => one.key ?? '').values())
          expect(new Set(sends.map((one) => JSON.stringify(one.parameters))).size).toBe(1);
      }
    }
  });
});

/** A run that goes on with another one, over the same database and outside. */
function resumed(before: World, plan: Plan): World {
  const { runId, originDay, startedAtMs, workspaceId, resumes: origin } = before.header;
  const resumes = { runId, originRunId: origin?.originRunId ?? runId, originStartedAtMs: origin?.originStartedAtMs ?? startedAtMs };
  const world = new World(plan, { runId: newId('run'), workspaceId, originDay, resumes });
  return Object.assign(world, { store: before.store, blobs: before.blobs });
}

describe('a resumed run', () => {
  it('does in a map what is left, whatever the order in which items came back', async () => {
    const plan = inside({ '': { m: map({ window: 3 }) }, m: { a: byN, b: { type: 'test.write', parameters: { n: '{{ $json.n }}' } } } }, [
      't>m',
      'm.each>a',
      'a>b',
      'b>m.collect',
    ]);
    const first = new World(plan);
    delayed(first, 'a', (n) => 12 - 2 * n);
    failing(first, 'b', (n) => n === 4);
    expect(await first.drive(items(6))).toEqual(ended('failed'));
    const second = resumed(first, plan);
    expect(await second.drive(items(6))).toEqual(ended('succeeded'));
    const doneTwice = second.sent.filter((one) => first.sent.some((sent) => sent.key === one.key));
    expect(doneTwice.map((one) => one.nodeId)).not.toContain('a');
    expect(
      [...first.sent, ...second.sent]
        .filter((one) => one.nodeId === 'a')
        .map((one) => Number(one.parameters['n']))
        .toSorted((a, b) => a - b),
    ).toEqual([0, 1, 2, 3, 4, 5]);
    expect(second.output('m')).toEqual(items(6).map((item) => ({ ...item, sent: true })));
  });

  it('does anew, under another key, what was undone', async () => {
    const plan = inside({ '': { p: 'core.compensate', z: byN }, p: { a: byN, ua: { type: 'test.write', parameters: { undo: 1 } } } }, [
      't>p',
      'p.do>a',
      'a>p.result',
      'p.undo>ua',
      'p.main>z',
    ]);
    const first = new World(plan);
    failing(first, 'z', () => true);
    expect(await first.drive(items(1))).toEqual(ended('failed'));
    const second = resumed(first, plan);
    failing(second, 'z', () => true);
    expect(await second.drive(items(1))).toEqual(ended('failed'));
    expect(second.sent.map((one) => one.nodeId)).toEqual(['a', 'ua']);
    expect(new Set([...first.sent, ...second.sent].map((one) => one.key)).size).toBe(4);
  });

  const undoN = { type: 'test.write', parameters: { undo: '{{ $json.n }}' } };
  const inLoop = ['t>l', 'l.loop>p', 'p.do>a', 'a>p.result', 'p.undo>ua', 'p.main>l.back', 'l.done>z'];
  const inMap = ['t>l', 'l.each>p', 'p.do>a', 'a>p.result', 'p.undo>ua', 'p.main>l.collect', 'l.main>z'];
  const sections = (type: 'core.loop' | 'core.map', section: Nodes = { a: byN, ua: undoN }, more: readonly string[] = []): Plan =>
    type === 'core.loop'
      ? inside({ '': { l: 'core.loop', p: 'core.compensate', z: byN }, p: section }, [...inLoop, ...more])
      : inside({ '': { l: map(), z: byN }, l: { p: 'core.compensate' }, p: section }, [...inMap, ...more]);
  const sentOf = (world: World, nodeId: string, name = 'n') =>
    world.sent
      .filter((one) => one.nodeId === nodeId)
      .map((one) => Number(one.parameters[name]))
      .toSorted((a, b) => a - b);
  /** What an undo of one section does instead: refused, or sent with its answer lost. */
  const badUndo = (world: World, of: number, status: string): void => {
    world.behaviour['ua'] = async (call) => {
      if (call.parameters['undo'] !== of) return world.usual(call);
      if (status !== 'notSent') await call.beforeSend('h');
      const details = status === 'unknown' ? { sent: true } : { status: 422 };
      throw new ConnectorError(status === 'unknown' ? 'transient' : 'permanent', { code: 'refused', message: 'refused', details });
    };
  };

  describe.each(['core.loop', 'core.map'] as const)('with sections in a %s', (type) => {
    it.each(['notSent', 'failed', 'unknown'])('does anew those that were undone and no others: one undo is %s', async (status) => {
      for (const bad of [0, 1, 2]) {
        const plan = sections(type);
        const first = new World(plan);
        failing(first, 'z', () => true);
        badUndo(first, bad, status);
        expect(await first.drive(items(3))).toEqual(ended('failed'));
        expect(sentOf(first, 'ua', 'undo')).toEqual([0, 1, 2].filter((n) => n !== bad));
        const second = resumed(first, plan);
        expect(await second.drive(items(3))).toEqual(ended('succeeded'));
        expect(sentOf(second, 'a')).toEqual([0, 1, 2].filter((n) => n !== bad));
        const keys = [...first.sent, ...second.sent].map((one) => one.key);
        expect(new Set(keys).size).toBe(keys.length);
      }
    });

    it('leaves each section done once, wherever a process of either run died', async () => {
      const plan = sections(type);
      const worldOf = (): World => {
        const world = new World(plan);
        failing(world, 'z', () => true);
        badUndo(world, 1, 'failed');
        return world;
      };
      const calm = worldOf();
      await calm.drive(items(3));
      const keysOf = (worlds: readonly World[], nodeId: string, [name, n]: readonly [string, number]) =>
        new Set(
          worlds.flatMap(({ sent }) => sent.filter((one) => one.nodeId === nodeId && one.parameters[name] === n)).map(({ key }) => key),
        );
      for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++) {
        for (const isStored of [false, true]) {
          const first = worldOf();
          expect(await first.drive(items(3), { atCommit, isStored })).toEqual(ended('failed'));
          const second = resumed(first, plan);
          expect(await second.drive(items(3), { atCommit: Math.ceil(atCommit / 2), isStored })).toEqual(ended('succeeded'));
          for (const n of [0, 1, 2])
            expect(keysOf([first, second], 'a', ['n', n]).size - keysOf([first, second], 'ua', ['undo', n]).size).toBe(1);
        }
      }
    });

    it('does what is undone twice anew twice, and what stands never', async () => {
      const plan = sections(type);
      const first = new World(plan);
      failing(first, 'z', () => true);
      badUndo(first, 1, 'failed');
      await first.drive(items(3));
      const second = resumed(first, plan);
      failing(second, 'z', () => true);
      badUndo(second, 0, 'failed');
      expect(await second.drive(items(3))).toEqual(ended('failed'));
      expect(sentOf(second, 'a')).toEqual([0, 2]);
      const third = resumed(second, plan);
      expect(await third.drive(items(3))).toEqual(ended('succeeded'));
      expect(sentOf(third, 'a')).toEqual([1, 2]);
      const keys = [...first.sent, ...second.sent, ...third.sent].map((one) => one.key);
      expect(new Set(keys).size).toBe(keys.length);
    });

    it('does not do anew a section of which one of two undos was refused', async () => {
      const plan = sections(type, { a: byN, ua: undoN, ub: { type: 'test.write', parameters: { undo: '{{ $json.undo }}' } } }, ['ua>ub']);
      const first = new World(plan);
      failing(first, 'z', () => true);
      first.behaviour['ub'] = async (call) => {
        if (call.parameters['undo'] !== 2) return first.usual(call);
        await call.beforeSend('h');
        throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
      };
      await first.drive(items(3));
      const second = resumed(first, plan);
      expect(await second.drive(items(3))).toEqual(ended('succeeded'));
      expect(sentOf(second, 'a')).toEqual([0, 1]);
    });

    it('does anew nothing of sections that nobody can match with what was undone, unless all was', async () => {
      // Each section does its step twice: its node runs have other numbers than the section.
      const plan = sections(type, { a: byN, b: byN, c: 'test.set', ua: undoN }, ['p.do>b', 'a>c', 'b>c', 'c>p.result']);
      const first = new World(plan);
      failing(first, 'z', () => true);
      badUndo(first, 2, 'failed');
      await first.drive(items(3));
      const second = resumed(first, plan);
      expect(await second.drive(items(3))).toEqual(ended('succeeded'));
      expect(sentOf(second, 'a')).not.toContain(2);
    });
  });

  it.each([0, -60_000])('undoes again what was done anew after it was undone, where that undo was refused (clock %i ms)', async (ms) => {
    const plan = inside({ '': { p: 'core.compensate', z: byN }, p: { a: byN, ua: undoN } }, [
      't>p',
      'p.do>a',
      'a>p.result',
      'p.undo>ua',
      'p.main>z',
    ]);
    const first = new World(plan);
    failing(first, 'z', () => true);
    await first.drive(items(1));
    const second = resumed(first, plan);
    // Order is the chain's, never a clock's: processes have clocks of their own.
    second.clock = { ...systemClock, nowMs: () => systemClock.nowMs() + ms };
    failing(second, 'z', () => true);
    badUndo(second, 0, 'failed');
    await second.drive(items(1));
    expect(second.sent.map((one) => one.nodeId)).toEqual(['a']);
    const third = resumed(second, plan);
    failing(third, 'z', () => true);
    await third.drive(items(1));
    expect(third.sent.map((one) => one.nodeId)).toEqual(['ua']);
    const keys = [...first.sent, ...second.sent, ...third.sent].map((one) => one.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does anew all that a section did over a map, once it is undone', async () => {
    const plan = inside(
      { '': { p: 'core.compensate', z: byN }, p: { m: map(), ua: { type: 'test.write', parameters: { undo: 1 } } }, m: { a: byN } },
      ['t>p', 'p.do>m', 'm.each>a', 'a>m.collect', 'm.main>p.result', 'p.undo>ua', 'p.main>z'],
    );
    const first = new World(plan);
    failing(first, 'z', () => true);
    expect(await first.drive(items(3))).toEqual(ended('failed'));
    const second = resumed(first, plan);
    expect(await second.drive(items(3))).toEqual(ended('succeeded'));
    expect(sentOf(second, 'a')).toEqual([0, 1, 2]);
  });

  it.each(['notSent', 'failed'])('does not do anew what could not be undone: the undo is %s', async (status) => {
    const section = { a: byN, look: 'test.read', ua: { type: 'test.write', parameters: { undo: 1 } } };
    const plan = inside({ '': { p: 'core.compensate', z: byN }, p: section }, [
      't>p',
      'p.do>a',
      'a>p.result',
      'p.undo>look',
      'look>ua',
      'p.main>z',
    ]);
    const first = new World(plan);
    failing(first, 'z', () => true);
    first.behaviour['ua'] = async (call) => {
      if (status === 'failed') await call.beforeSend('h');
      throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
    };
    expect(await first.drive(items(1))).toEqual(ended('failed'));
    expect([...first.row.attempts.values()].find((one) => one.nodeId === 'ua')?.status).toBe(status);
    const second = resumed(first, plan);
    expect(await second.drive(items(1))).toEqual(ended('succeeded'));
    expect(second.sent.map((one) => one.nodeId)).toEqual(['z']);
  });
});
