import { ConnectorError } from '@millwright/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Crash } from '../testing.ts';
import { OF_NO_NODE } from './testing/outcomes.ts';
import { planOf, World, type Sent } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });
const retry = { maxAttempts: 2, initialMs: 1, jitter: 0 };

/** Reads, writes side by side, a retry, a wait and a write after it. */
const plan = planOf(
  {
    r: 'test.read',
    w: { type: 'test.write', parameters: { read: '{{ $json.read }}', at: '{{ $now.toMillis() }}', dice: '{{ Math.random() }}' } },
    flaky: { type: 'test.write', settings: { retry } },
    p: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } },
    last: { type: 'test.write', parameters: { first: "{{ $('r').item.json.read }}" } },
  },
  ['t>r', 'r>w', 't>flaky', 'w>p', 'p>last'],
);

function busyWorld(): World {
  const world = new World(plan);
  let isBusy = true;
  world.behaviour['flaky'] = async (call) => {
    const outcome = await world.usual(call);
    if (!isBusy) return outcome;
    isBusy = false;
    throw new ConnectorError('transient', { code: 'busy', message: 'busy', details: { status: 503 } });
  };
  return world;
}

/** Effects as the outside sees them: each key once, and what was asked for under it. */
function effects(sent: readonly Sent[]): string[] {
  return [...new Set(sent.map((one) => `${one.nodeId}:${one.itemIndex} ${Object.keys(one.parameters).join()}`))].toSorted();
}

async function commitsOf(): Promise<number> {
  const world = busyWorld();
  await world.drive([{}, {}]);
  return world.store.commits;
}

describe('a process that dies at any commit', () => {
  it('leaves a run that ends with the same effects, each key always with the same request, and nothing done sent again', async () => {
    const commits = await commitsOf();
    const calm = busyWorld();
    await calm.drive([{}, {}]);
    expect(commits).toBeGreaterThan(8);
    for (let atCommit = 1; atCommit <= commits; atCommit++) {
      for (const isStored of [false, true]) {
        const world = busyWorld();
        const doneBefore = watchDone(world);
        expect(await world.drive([{}, {}], { atCommit, isStored })).toEqual(ended('succeeded'));
        expect(effects(world.sent)).toEqual(effects(calm.sent));
        for (const sends of Map.groupBy(world.sent, (one) => one.key ?? '').values()) {
          expect(new Set(sends.map((one) => JSON.stringify(one.parameters))).size).toBe(1);
        }
        expect(doneBefore()).toEqual([]);
        expect(
          [...world.row.attempts.values()]
            .filter((one) => one.status === 'done' && one.class === 'write')
            .map((one) => `${one.nodeId}:${one.itemIndex}`)
            .toSorted(),
        ).toEqual(['flaky:0', 'flaky:1', 'last:0', 'last:1', 'w:0', 'w:1']);
      }
    }
  });

  it('takes stored outcomes in their order, whatever a read says the second time', async () => {
    const branching = planOf(
      {
        r: 'test.read',
        i: { type: 'core.if', parameters: { conditions: [{ left: '{{ $json.read }}', operator: 'equals', right: 1 }] } },
        one: 'test.write',
        other: 'test.write',
        tail: 'test.write',
      },
      ['t>r', 'r>i', 'i.true>one', 'i.false>other', 'one>tail', 'other>tail'],
    );
    for (const crash of [
      { atCommit: 1, isStored: true },
      { atCommit: 2, isStored: false },
      { atCommit: 2, isStored: true },
    ] satisfies Crash[]) {
      const world = new World(branching);
      expect(await world.drive([{}], crash)).toEqual(ended('succeeded'));
      expect(world.sent.map((one) => one.nodeId).filter((id) => id === 'other')).toEqual([]);
      expect(world.reads).toEqual(['r:0']);
    }
  });

  it('in any branching graph every effect happens, none after it is stored as done', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.constantFrom('test.set', 'test.read', 'test.write')), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        async (drawn, atCommit, isStored) => {
          const nodes = Object.fromEntries(drawn.map(([, type], index) => [`n${index}`, type]));
          const graph = planOf(
            nodes,
            drawn.map(([parent], index) => `${parent % (index + 1) === 0 ? 't' : `n${(parent % (index + 1)) - 1}`}>n${index}`),
          );
          const world = new World(graph);
          const doneBefore = watchDone(world);
          expect(await world.drive([{}, {}], { atCommit, isStored })).toEqual(ended('succeeded'));
          expect(new Set(world.sent.map((one) => one.key)).size).toBe(drawn.filter(([, type]) => type === 'test.write').length * 2);
          expect(doneBefore()).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** Notes sends of keys that the ledger already had as done. */
function watchDone(world: World): () => readonly string[] {
  const wrong: string[] = [];
  const push = world.sent.push.bind(world.sent);
  world.sent.push = (...sends) => {
    for (const { nodeId, itemIndex } of sends) {
      if ([...world.row.attempts.values()].some((one) => one.nodeId === nodeId && one.itemIndex === itemIndex && one.status === 'done'))
        wrong.push(`${nodeId}:${itemIndex}`);
    }
    return push(...sends);
  };
  return () => wrong;
}

describe('an answer that was lost', () => {
  const crash: Crash = { atCommit: 2, isStored: false };

  it('is sent again with the same key where the node says so', async () => {
    const world = new World(planOf({ w: { type: 'test.write', parameters: { x: 1 } } }, ['t>w']));
    expect(await world.drive([{}], crash)).toEqual(ended('succeeded'));
    expect(world.sent).toHaveLength(2);
    expect(new Set(world.sent.map((one) => one.key)).size).toBe(1);
    expect([...world.row.attempts.values()].map((one) => [one.attempt, one.status])).toEqual([
      [1, 'started'],
      [2, 'done'],
    ]);
  });

  it('makes the run wait for a person where the node says so', async () => {
    const world = new World(planOf({ w: 'test.ask', side: 'test.set' }, ['t>w', 't>side']));
    expect(await world.drive([{}, {}], crash)).toMatchObject({ kind: 'waiting', untilMs: null });
    expect(world.sent).toHaveLength(2);
    expect(world.row).toMatchObject({ status: 'waiting', waitsFor: { kind: 'outcome' }, end: null });
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({ status: 'waiting', waitsFor: { kind: 'outcome' } });
    expect(world.row.nodeRuns.get('side:0')).toMatchObject({ status: 'succeeded' });
  });

  it('settles the question when it comes after all', async () => {
    const world = new World(planOf({ w: 'test.ask', b: 'test.set' }, ['t>w', 'w>b']));
    const waiting = await world.drive([{}], crash);
    if (waiting.kind !== 'waiting') throw new Error('it waits');
    const row = world.row.attempts.get('w:0:0:1');
    if (row === undefined) throw new Error('it was sent');
    world.row.attempts.set('w:0:0:1', { ...row, status: 'done', response: { main: [{ json: { late: true } }] }, finishedAtMs: 1 });
    for (const owner of world.store.alive) world.store.alive.delete(owner);
    expect(await world.process().executor.runSegment(world.input([{}], { state: waiting.state, segment: 2 }))).toEqual(ended('succeeded'));
    expect(world.output('b')).toEqual([{ late: true }]);
    expect(world.sent).toHaveLength(1);
  });

  it('is not answered with another request under the same key', async () => {
    const world = new World(planOf({ w: { type: 'test.write', parameters: { x: 1 } } }, ['t>w']));
    let tries = 0;
    world.behaviour['w'] = async (call) => world.usual({ ...call, parameters: { x: (tries += 1) } });
    expect(await world.drive([{}], crash)).toEqual(ended('failed'));
    expect(world.sent).toHaveLength(1);
    expect(world.row.end?.error).toMatchObject({ code: 'effect_changed', nodeId: 'w' });
  });

  it('of a write in this process fails the step, and is tried again only where that is allowed', async () => {
    for (const [type, sends] of [
      ['test.ask', 1],
      ['test.write', 2],
    ] as const) {
      const world = new World(planOf({ w: { type, settings: { retry } } }, ['t>w']));
      world.behaviour['w'] = async (call) => {
        await world.usual(call);
        throw new ConnectorError('transient', { code: 'reset', message: 'reset', details: { sent: true } });
      };
      expect(await world.drive()).toEqual(ended('failed'));
      expect(world.sent).toHaveLength(sends);
      expect([...world.row.attempts.values()].filter((one) => one.class === 'write').map((one) => one.status)).toEqual(
        Array.from({ length: sends }, () => 'unknown'),
      );
    }
  });
});

describe('a cancel', () => {
  it('aborts a request in flight; what it did is unknown and shown', async () => {
    const world = new World(planOf({ w: 'test.write', b: 'test.set' }, ['t>w', 'w>b']));
    world.behaviour['w'] = async (call) => {
      await world.usual(call);
      world.cancel();
      return new Promise(() => undefined);
    };
    expect(await world.drive()).toEqual(ended('canceled'));
    expect(world.row.end).toMatchObject({ status: 'canceled', reason: 'user' });
    expect(world.row.attempts.get('w:0:0:1')).toMatchObject({ status: 'unknown', error: { code: 'canceled' } });
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({ status: 'canceled', reason: 'user' });
  });

  it('that was requested before the segment opened starts nothing', async () => {
    const world = new World(planOf({ w: 'test.write' }, ['t>w']));
    world.row.cancelRequested = true;
    expect(await world.drive()).toEqual(ended('canceled'));
    expect(world.sent).toEqual([]);
  });
});

describe('the engine and the ledger', () => {
  it('a stored outcome that fits nothing ends the run with a clear fault', async () => {
    const world = new World(planOf({ w: 'test.write' }, ['t>w']));
    const ledger = world.process().process.ledgerFor(world.header);
    ledger.record(OF_NO_NODE);
    await ledger.flush();
    for (const owner of world.store.alive) world.store.alive.delete(owner);
    expect(await world.drive()).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'replay_mismatch' });
  });

  it('a request has one key per run, node run and item', async () => {
    const world = new World(planOf({ w: 'test.write' }, ['t>w']));
    await world.drive([{}, {}]);
    expect(new Set(world.sent.map((one) => one.key)).size).toBe(2);
    for (const { key } of world.sent) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
