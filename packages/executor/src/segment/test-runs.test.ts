import type { JsonValue } from '@millwright/core';
import { withTests } from '@millwright/engine/compile';
import type { DataRef, NodeTest, Plan } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { planOf, World } from './world.ts';

const ended = (status: string) => expect.objectContaining({ kind: 'ended', status });

function ref(nodeId: string, items: readonly JsonValue[], more: Partial<DataRef> = {}): DataRef {
  return { id: `${nodeId}:0:main`, count: items.length, sizeBytes: 0, inline: items.map((json) => ({ json })), ...more };
}

function dry(plan: Plan, tests: Readonly<Record<string, NodeTest>> = {}): World {
  return new World(withTests(plan, tests, true), { mode: 'test' });
}

const intended = (world: World, nodeId: string) => world.output(nodeId, '~intended');

describe('a dry run', () => {
  const write = {
    type: 'test.write',
    parameters: {
      method: 'POST',
      url: 'https://u:p@crm.test/{{ $json.n }}?token=abc&q=1',
      headers: [{ name: 'Authorization', value: 'Bearer x' }],
    },
  };

  it('reads, runs no code of what writes, gives the sample, and lists what each item would do without secrets', async () => {
    const plan = planOf({ r: 'test.read', w: write, after: 'test.set' }, ['t>r', 't>w', 'w>after']);
    const world = dry(plan, { w: { how: 'simulated', sample: { id: 42 } } });
    world.behaviour['w'] = () => Promise.reject(new Error('its code must not run'));
    expect(await world.drive([{ n: 1 }, { n: 2 }])).toEqual(ended('succeeded'));
    expect(world.reads).toHaveLength(2);
    expect(world.sent).toEqual([]);
    expect(world.output('after')).toEqual([{ id: 42 }, { id: 42 }]);
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({ status: 'skipped', reason: 'simulated' });
    expect(intended(world, 'w')).toEqual(
      [1, 2].map((n, itemIndex) => {
        const url = `https://[hidden]@crm.test/${n}?token=[hidden]&q=1`;
        return {
          itemIndex,
          method: 'POST',
          url,
          parameters: { method: 'POST', url, headers: [{ name: 'Authorization', value: '[hidden]' }] },
          idempotencyKey: null,
        };
      }),
    );
    expect([...world.row.attempts.values()].map((one) => one.class)).toEqual(['read', 'read']);
  });

  it('gives what was pinned to a write instead of its sample, and still lists what it would do', async () => {
    const plan = planOf({ w: write, after: 'test.set' }, ['t>w', 'w>after']);
    const world = dry(plan, { w: { how: 'simulated', sample: {}, outputs: { main: ref('w', [{ pinned: 1 }]) } } });
    await world.drive([{ n: 1 }]);
    expect(world.output('after')).toEqual([{ pinned: 1 }]);
    expect(intended(world, 'w')).toHaveLength(1);
  });

  it('calls no workflow and waits for nothing', async () => {
    const plan = planOf(
      {
        wait: { type: 'core.wait', parameters: { amount: 5, unit: 'days' } },
        call: { type: 'core.callWorkflow', parameters: { workflow: 'wf_x' } },
        after: 'test.set',
      },
      ['t>wait', 'wait>call', 'call>after'],
    );
    const world = dry(plan);
    expect(await world.drive([{ a: 1 }])).toEqual(ended('succeeded'));
    expect(world.row.nodeRuns.get('wait:0')).toMatchObject({ status: 'skipped', reason: 'simulated' });
    expect(world.row.nodeRuns.get('call:0')).toMatchObject({ status: 'skipped', reason: 'simulated' });
    expect(intended(world, 'call')).toMatchObject([{ parameters: { workflow: 'wf_x' } }]);
    expect(world.output('after')).toHaveLength(1);
  });

  it('says which expression of a write is wrong, as the real run would', async () => {
    const plan = planOf({ w: { type: 'test.write', parameters: { url: '{{ $json.a.b.c }}' } } }, ['t>w']);
    const world = dry(plan);
    expect(await world.drive([{}])).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ nodeId: 'w', field: 'url', itemIndex: 0 });
  });

  it('is computed again after a death, to the same end', async () => {
    const plan = planOf({ w: write, r: 'test.read', w2: 'test.write' }, ['t>w', 'w>r', 'r>w2']);
    const world = dry(plan, { w: { how: 'simulated', sample: { n: 7 } } });
    expect(await world.drive([{ n: 1 }], { atCommit: 1, isStored: false })).toEqual(ended('succeeded'));
    expect(world.sent).toEqual([]);
    expect(intended(world, 'w')).toHaveLength(1);
    expect(intended(world, 'w2')).toHaveLength(1);
  });
});

describe('a write of a dry run that came to be called all the same', () => {
  it('sends nothing', async () => {
    const world = dry(planOf({ w: 'test.write' }, ['t>w']));
    const { executor } = world.process();
    const input = world.input([{}]);
    const inputs = { main: ref('t', [{}]) };
    const active = [{ nodeId: 'w', runIndex: 0, status: 'running' as const, inputs, attempt: 1, atMs: 0 }];
    const state = { v: 1 as const, seq: 0, timeMs: 0, startedAtMs: 0, active, arrivals: {}, counts: { t: 1, w: 1 }, outputs: {}, total: 2 };
    const run = executor.runNode({
      header: world.header,
      skeleton: input.skeleton,
      state,
      call: { nodeId: 'w', runIndex: 0, itemIndex: 0, attempt: 1 },
    });
    await run.catch(() => undefined);
    expect(world.sent).toEqual([]);
    expect([...world.row.attempts.values()].map(({ status, error }) => [status, error?.code])).toEqual([['notSent', 'dry_run']]);
  });
});

describe('what a node gives by itself', () => {
  /** As the API makes it: the node touches nothing any more. */
  function giving(plan: Plan, tests: Readonly<Record<string, NodeTest>>): World {
    const nodes = plan.skeleton.nodes.map((node) =>
      tests[node.id] === undefined ? node : { ...node, effect: 'pure' as const, control: null, refs: [] },
    );
    return new World(withTests({ ...plan, skeleton: { ...plan.skeleton, nodes } }, tests, false), { mode: 'test' });
  }

  it('is taken instead of running it, and shown as reused or pinned', async () => {
    const plan = planOf({ w: 'test.write', r: 'test.read', after: 'test.set' }, ['t>w', 'w>r', 'r>after']);
    const world = giving(plan, {
      w: { how: 'reused', outputs: { main: ref('w', [{ old: 1 }]) } },
      r: { how: 'pinned', outputs: { main: ref('r', [{ pin: 1 }, { pin: 2 }]) } },
    });
    expect(await world.drive()).toEqual(ended('succeeded'));
    expect([world.sent, world.reads]).toEqual([[], []]);
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({ status: 'skipped', reason: 'reused' });
    expect(world.row.nodeRuns.get('r:0')).toMatchObject({ status: 'skipped', reason: 'pinned' });
    expect(world.output('after')).toEqual([{ pin: 1 }, { pin: 2 }]);
  });

  it('keeps where its items came from', async () => {
    const plan = planOf({ a: 'test.set', b: 'test.set', c: { type: 'test.set', parameters: { from: "{{ $('a').item.json.n }}" } } }, [
      't>a',
      'a>b',
      'b>c',
    ]);
    const world = giving(plan, {
      a: { how: 'reused', outputs: { main: ref('a', [{ n: 1 }, { n: 2 }]) } },
      b: { how: 'reused', outputs: { main: ref('b', [{ b: 1 }, { b: 2 }], { origins: { a: { ref: 'a:0:main', at: [1, 0] } } }) } },
    });
    await world.drive();
    expect(world.output('c')).toEqual([
      { b: 1, from: 2 },
      { b: 2, from: 1 },
    ]);
  });
});
