import { type JsonObject, UserError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import type { NodeCall, NodeOutcome } from '../ports.ts';
import { planOf, World } from '../segment/world.ts';

const ended = (status: string) => ({ kind: 'ended', status });
const ITEMS = [{ n: 1 }, { n: 2 }];

interface Coded extends World {
  /** Calls of the program, by attempt. */
  readonly calls: NodeCall[];
}

/** A world whose node `c` is a program that adds to every item. */
function coded(plan: ReturnType<typeof planOf>, program?: (call: NodeCall) => Promise<NodeOutcome>, header: object = {}): Coded {
  const world = Object.assign(new World(plan, header), { calls: [] as NodeCall[] });
  world.behaviour['c'] = async (call) => {
    world.calls.push(call);
    return program === undefined ? added(call) : program(call);
  };
  return world;
}

async function added(call: NodeCall): Promise<NodeOutcome> {
  const items = call.item === undefined ? call.items : [call.item];
  return { items: items.map(({ json }, index) => ({ json: { ...(json as JsonObject), done: true }, from: [index] })) };
}

/** What a node run has beside its outputs, from wherever it is stored. */
async function linesOf(world: World): Promise<readonly unknown[]> {
  const ref = world.row.nodeRuns.get('c:0')?.outputs['~console'];
  const items = ref?.inline ?? (ref?.blobId === undefined ? [] : await world.blobs.get(world.header, ref.blobId));
  return items.map(({ json }) => json);
}

const failed = (): Promise<never> =>
  Promise.reject(
    new UserError('unprocessable', {
      code: 'code_failed',
      message: 'x is not defined',
      details: { line: 3, column: 7, itemIndex: 1, field: 'source' },
    }),
  );

const chain = (settings: object = {}, parameters: JsonObject = {}) =>
  planOf({ r: 'test.read', c: { type: 'test.code', settings, parameters }, w: 'test.write' }, ['t>r', 'r>c', 'c>w']);

describe('a program, an effect of its own class,', () => {
  it('a process that dies at any commit leaves a run that ends, and what was stored is never computed again', async () => {
    const calm = coded(chain());
    expect(await calm.drive(ITEMS)).toEqual(ended('succeeded'));
    expect(calm.output('c')).toEqual([1, 2].map((read) => ({ read, done: true })));
    for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++) {
      for (const isStored of [false, true]) {
        const world = coded(chain());
        const before: boolean[] = [];
        world.behaviour['c'] = async (call) => {
          before.push([...world.row.attempts.values()].some((row) => row.nodeId === 'c' && row.status === 'done'));
          return added(call);
        };
        expect(await world.drive(ITEMS, { atCommit, isStored })).toEqual(ended('succeeded'));
        expect(before).not.toContain(true);
        expect([...world.row.attempts.values()].filter((row) => row.nodeId === 'c' && row.status === 'done')).toHaveLength(1);
      }
    }
  });

  it('before its first request that changes something, everything that led to it is stored; lost after that, a person is asked', async () => {
    const sends = async (call: NodeCall): Promise<NodeOutcome> => {
      await call.beforeSend('hash');
      return added(call);
    };
    const world = coded(chain(), sends);
    // 1: `started` of the program; 2 would be its end with the write's `started`.
    expect(await world.drive(ITEMS, { atCommit: 2, isStored: false })).toMatchObject({ kind: 'waiting', untilMs: null });
    expect(world.calls).toHaveLength(1);
    expect(world.sent).toEqual([]);
    expect([...world.row.attempts.values()].filter((row) => row.class !== 'code').map((row) => row.status)).toEqual(['done', 'done']);
    expect([...world.row.attempts.values()].find((row) => row.class === 'code')).toMatchObject({ status: 'started', itemIndex: -1 });
  });

  it('has no key to send with, and a failure after it began to send is not known to be nothing', async () => {
    const world = coded(chain({ retry: { maxAttempts: 3, initialMs: 1, jitter: 0 } }), async (call) => {
      await call.beforeSend('hash');
      return failed();
    });
    expect(await world.drive(ITEMS)).toEqual(ended('failed'));
    expect(world.calls.map((call) => call.idempotencyKey)).toEqual([null]);
    expect([...world.row.attempts.values()].find((row) => row.class === 'code')).toMatchObject({ status: 'unknown' });
  });

  it('errors of its own are not tried again by any policy, and name line, column and item', async () => {
    const world = coded(chain({ retry: { maxAttempts: 3, initialMs: 1, jitter: 0, on: ['transient', 'rate'] } }), failed);
    expect(await world.drive(ITEMS)).toEqual(ended('failed'));
    expect(world.calls).toHaveLength(1);
    const error = { code: 'code_failed', field: 'source', line: 3, column: 7, itemIndex: 1, nodeId: 'c' };
    expect(world.row.nodeRuns.get('c:0')).toMatchObject({ status: 'failed', error });
    expect([...world.row.attempts.values()].find((row) => row.nodeId === 'c')).toMatchObject({ class: 'read', status: 'failed', error });
  });

  it('that was done in the run before is computed anew on other items when it changed nothing outside, and left as it was when it did', async () => {
    for (const isSending of [false, true]) {
      const program = async (call: NodeCall): Promise<NodeOutcome> => {
        if (isSending) await call.beforeSend('hash');
        return added(call);
      };
      const first = coded(chain(), program);
      first.behaviour['w'] = () => failed();
      expect(await first.drive(ITEMS)).toEqual(ended('failed'));
      const { runId, startedAtMs } = first.header;
      const again = Object.assign(coded(chain(), program, { resumes: { runId, originRunId: runId, originStartedAtMs: startedAtMs } }), {
        store: first.store,
      });
      // One item instead of two.
      expect(await again.drive([{ n: 1 }])).toEqual(ended('succeeded'));
      expect(again.calls).toHaveLength(isSending ? 0 : 1);
    }
  });

  it('in a dry run it runs, and what it wants to send stays here', async () => {
    const plan = chain();
    const { skeleton } = plan;
    const dry = { ...plan, skeleton: { ...skeleton, dryRun: true as const } };
    const reads = coded(dry);
    expect(await reads.drive(ITEMS)).toEqual(ended('succeeded'));
    expect(reads.output('c')).toHaveLength(2);
    const sends = coded(dry, async (call) => {
      await call.beforeSend('hash');
      return added(call);
    });
    expect(await sends.drive(ITEMS)).toEqual(ended('failed'));
    expect(sends.row.nodeRuns.get('c:0')).toMatchObject({ error: { code: 'dry_run' } });
  });

  it('as a remote call it leaves the same', async () => {
    const world = coded(chain(), async (call) => {
      call.log?.({ itemIndex: 0, level: 'log', text: 'far away' });
      return added(call);
    });
    world.remote = 'always';
    expect(await world.drive(ITEMS)).toEqual(ended('succeeded'));
    expect(world.output('c')).toEqual([1, 2].map((read) => ({ read, done: true })));
    expect(world.output('c', '~console')).toEqual([{ itemIndex: 0, level: 'log', text: 'far away' }]);
  });
});

describe('errors of a program that does not stop the run', () => {
  const nodes = (onError: 'continue' | 'branch', mode: string) => ({
    c: { type: 'test.code', settings: { onError }, parameters: { mode } },
    z: 'test.set',
    ...(onError === 'branch' ? { e: { type: 'test.set', parameters: { was: "{{ $('t').item.json.n }}" } } } : {}),
  });
  const onlyOdd = async (call: NodeCall): Promise<NodeOutcome> => (call.itemIndex === 1 ? failed() : added(call));

  it('once per item: each item has a call of its own, and fails alone, with its lineage', async () => {
    const world = coded(planOf(nodes('branch', 'each'), ['t>c', 'c>z', 'c.error>e']), onlyOdd);
    expect(await world.drive(ITEMS)).toEqual(ended('succeeded'));
    expect(world.calls.map((call) => call.itemIndex)).toEqual([0, 1]);
    expect(world.output('z')).toEqual([{ n: 1, done: true }]);
    expect(world.output('e')).toMatchObject([{ n: 2, was: 2, error: { code: 'code_failed' } }]);
  });

  it('once for all: one item stands for the failure', async () => {
    const world = coded(planOf(nodes('continue', 'all'), ['t>c', 'c>z']), failed);
    expect(await world.drive(ITEMS)).toEqual(ended('succeeded'));
    expect(world.calls.map((call) => call.itemIndex)).toEqual([-1]);
    expect(world.output('z')).toMatchObject([{ error: { code: 'code_failed' } }]);
  });

  it('once per item where errors stop the run: one call for all items', async () => {
    const world = coded(planOf({ c: { type: 'test.code', parameters: { mode: 'each' } } }, ['t>c']));
    await world.drive(ITEMS);
    expect(world.calls.map((call) => call.itemIndex)).toEqual([-1]);
  });
});

describe('what a program is given', () => {
  const source = "return $('a').all().concat($('Step gone').all())";

  it('items of the nodes that it names, by id and name, with the item that each of its own came from', async () => {
    const plan = planOf({ a: 'test.set', gone: 'test.whole', b: 'test.whole', c: { type: 'test.code', parameters: { source } } }, [
      't>a',
      'a>b',
      'b>c',
      't>gone',
    ]);
    const world = coded(plan);
    world.behaviour['b'] = async ({ items }) => ({ items: items.map((item, index) => ({ json: item.json, from: [index] })).toReversed() });
    world.behaviour['gone'] = async () => ({ items: [] });
    await world.drive(ITEMS);
    const data = world.calls[0]?.data?.() ?? {};
    expect(data).toMatchObject({
      nodes: { a: { items: [{ json: { n: 1 } }, { json: { n: 2 } }], paired: [1, 0] }, 'Step gone': { items: [], paired: [null, null] } },
      run: { id: world.header.runId, mode: 'webhook' },
      workflow: { name: 'Test' },
      timezone: 'UTC',
      runIndex: 0,
      vars: {},
      env: {},
    });
    expect(Object.keys(data['nodes'] ?? {}).toSorted()).toEqual(['Step gone', 'a']);
    expect(data['nowMs']).toBe(world.calls[0]?.nowMs);
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });

  it('of nodes that it names by a value, both the id and the name', async () => {
    const plan = planOf({ a: 'test.set', c: { type: 'test.code', parameters: { source: 'return $(which).all()' } } }, ['t>a', 'a>c']);
    const world = coded(plan);
    await world.drive(ITEMS);
    expect(Object.keys(world.calls[0]?.data?.()['nodes'] ?? {}).toSorted()).toEqual(['Step a', 'Step t', 'a', 't']);
  });

  it('the same chance and time on every try', async () => {
    const given: unknown[] = [];
    const plan = planOf({ a: 'test.set', c: { type: 'test.code', parameters: { source: "return $('a').all()" } }, w: 'test.write' }, [
      't>a',
      'a>c',
      'c>w',
    ]);
    const world = coded(plan, async (call) => {
      given.push(call.data?.());
      return added(call);
    });
    await world.drive(ITEMS, { atCommit: 1, isStored: false });
    expect(given).toHaveLength(2);
    expect(given[1]).toEqual(given[0]);
  });
});

describe('lines that a program writes', () => {
  const say = async (call: NodeCall): Promise<NodeOutcome> => {
    for (let line = 0; line < 2_000; line++) call.log?.({ itemIndex: 0, level: 'info', text: `line ${line}` });
    return added(call);
  };

  it('are kept with the node run, the first ones, and are nobody’s items', async () => {
    const plan = planOf({ c: { type: 'test.code' }, z: { type: 'test.code', parameters: { source: "return $('c').all()" } } }, [
      't>c',
      'c>z',
    ]);
    const world = coded(plan, say);
    let read: unknown;
    world.behaviour['z'] = async (call) => {
      read = call.data?.()['nodes'];
      return added(call);
    };
    expect(await world.drive(ITEMS)).toEqual(ended('succeeded'));
    const lines = await linesOf(world);
    expect(lines[0]).toEqual({ itemIndex: 0, level: 'info', text: 'line 0' });
    expect(lines).toHaveLength(500);
    expect(world.output('z')).toEqual(ITEMS.map((item) => ({ ...item, done: true })));
    expect(read).toMatchObject({ c: { items: [{ json: { done: true } }, { json: { done: true } }], paired: [0, 1] } });
  });

  it('are kept of one that fails, and come back with a stored outcome', async () => {
    const world = coded(chain(), (call) => say(call).then(failed));
    expect(await world.drive(ITEMS)).toEqual(ended('failed'));
    expect(await linesOf(world)).toHaveLength(500);
    const again = coded(chain(), say);
    expect(await again.drive(ITEMS, { atCommit: 2, isStored: true })).toEqual(ended('succeeded'));
    expect(await linesOf(again)).toHaveLength(500);
  });

  it('are not written down where a workflow saves nothing', async () => {
    const world = coded(chain(), say, { save: 'none' });
    await world.drive(ITEMS);
    expect(world.output('c', '~console')).toBeUndefined();
  });
});
