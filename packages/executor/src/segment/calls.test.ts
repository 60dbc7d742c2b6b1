import type { JsonObject, JsonValue } from '@millwright/core';
import type { RetryPolicy } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { DecidingWorld } from './deciding-world.ts';
import { planOf } from './world.ts';

const ended = (status: string) => expect.objectContaining({ kind: 'ended', status });
const retry: RetryPolicy = { maxAttempts: 2, initialMs: 0, maxMs: 0, jitter: 0, backoff: 1, on: ['transient'] };

const call = (parameters: JsonObject = {}, settings: JsonObject = {}) => ({
  type: 'core.callWorkflow',
  parameters: { workflow: 'wf_child', ...parameters },
  settings,
});

describe('a call of a workflow', () => {
  const inline = (json: JsonValue): JsonObject => ({ id: ':0:result', count: 1, sizeBytes: 1, inline: [{ json }] });

  it('is a run each, waits for both, and goes on with what they gave in the order of the items', async () => {
    const world = new DecidingWorld(planOf({ c: call({ input: { n: '{{ $json.n }}' } }), b: 'test.set' }, ['t>c', 'c>b']));
    const waiting = await world.process().executor.runSegment(world.input([{ n: 1 }, { n: 2 }]));
    expect(
      world.called.map(({ workflowId, items, parent }) => [workflowId, items[0]?.json, parent.itemIndex, parent.depth, parent.waits]),
    ).toEqual([
      ['wf_child', { n: 1 }, 0, 1, true],
      ['wf_child', { n: 2 }, 1, 1, true],
    ]);
    expect(world.row).toMatchObject({ status: 'waiting', waitsFor: { kind: 'child', who: world.called[0]?.runId } });
    world.decide({ nodeId: 'c', kind: 'child', itemIndex: 1 }, { status: 'succeeded', runId: 'run_2', items: inline({ of: 2 }) });
    const half = await world.wake(waiting);
    expect(half.kind).toBe('waiting');
    world.decide({ nodeId: 'c', kind: 'child', itemIndex: 0 }, { status: 'succeeded', runId: 'run_1', items: inline({ of: 1 }) });
    expect(await world.wake(half)).toEqual(ended('succeeded'));
    expect(world.output('b')).toEqual([{ of: 1 }, { of: 2 }]);
    expect(world.called).toHaveLength(2);
  });

  it('is once for the whole list in that mode, and does not wait where it should not', async () => {
    const list = new DecidingWorld(planOf({ c: call({ mode: 'list', wait: false }) }, ['t>c']));
    expect(await list.drive([{ n: 1 }, { n: 2 }])).toEqual(ended('succeeded'));
    expect(list.called).toMatchObject([{ items: [{ json: { n: 1 } }, { json: { n: 2 } }], parent: { itemIndex: -1, waits: false } }]);
    expect(list.output('c')).toEqual([{ runId: list.called[0]?.runId }]);
  });

  it('is found again by a process that comes after one that died, wherever that was', async () => {
    for (const atCommit of [1, 2, 3])
      for (const isStored of [false, true]) {
        const world = new DecidingWorld(planOf({ c: call() }, ['t>c']));
        const waiting = await world.drive([{}], { atCommit, isStored });
        expect(world.called).toHaveLength(1);
        world.decide({ nodeId: 'c', kind: 'child', itemIndex: 0 }, { status: 'succeeded', runId: 'run_1', items: inline({ ok: true }) });
        expect(await world.wake(waiting)).toEqual(ended('succeeded'));
        expect(world.output('c')).toEqual([{ ok: true }]);
      }
  });

  it('fails typed, with the run; a retry calls another run', async () => {
    const failure = { status: 'failed', runId: 'run_1', error: { code: 'bad', message: 'No such customer.' } };
    const strict = new DecidingWorld(planOf({ c: call() }, ['t>c']));
    const waiting = await strict.process().executor.runSegment(strict.input([{}]));
    strict.decide({ nodeId: 'c', kind: 'child', itemIndex: 0 }, failure);
    expect(await strict.wake(waiting)).toEqual(ended('failed'));
    expect(strict.row.end?.error).toMatchObject({
      code: 'child_failed',
      message: 'The called run failed: No such customer.',
      runId: 'run_1',
      nodeId: 'c',
    });
    const patient = new DecidingWorld(planOf({ c: call({}, { retry }) }, ['t>c']));
    patient.limits = { shortWaitMs: 100 };
    const first = await patient.process().executor.runSegment(patient.input([{}]));
    patient.decide({ nodeId: 'c', kind: 'child', itemIndex: 0 }, failure);
    const second = await patient.wake(first);
    expect(second.kind).toBe('waiting');
    expect(new Set(patient.called.map((one) => one.runId)).size).toBe(2);
    patient.decide(
      { nodeId: 'c', kind: 'child', itemIndex: 0, attempt: 2 },
      { status: 'succeeded', runId: 'run_2', items: inline({ ok: 2 }) },
    );
    expect(await patient.wake(second)).toEqual(ended('succeeded'));
    expect(patient.output('c')).toEqual([{ ok: 2 }]);
  });

  it('that ends soon needs no other segment, one call after the other', async () => {
    const world = new DecidingWorld(planOf({ c: call(), d: call() }, ['t>c', 'c>d']));
    world.limits = { shortWaitMs: 2_000 };
    world.onCall = ({ parent: { nodeId } }) =>
      setTimeout(
        () => world.decide({ nodeId, kind: 'child', itemIndex: 0 }, { status: 'succeeded', runId: 'run_1', items: inline({ of: nodeId }) }),
        5,
      );
    expect(await world.process().executor.runSegment(world.input([{}]))).toEqual(ended('succeeded'));
    expect([world.output('c'), world.output('d')]).toEqual([[{ of: 'c' }], [{ of: 'd' }]]);
    expect([...world.row.decisions.values()].map((one) => one.seq)).toEqual([1, 2]);
  });

  it('of a section that has failed is stopped, as nobody waits for it any more', async () => {
    const nodes = { s: 'core.try', c: { ...call(), parent: 's' }, e: { type: 'test.set', parent: 's' } };
    const world = new DecidingWorld(planOf(nodes, ['t>s', 's.try>c', 's.catch>e', 'e>s.result']));
    const waiting = await world.process().executor.runSegment(world.input([{ n: 1 }, { n: 2 }]));
    world.decide(
      { nodeId: 'c', kind: 'child', itemIndex: 0 },
      { status: 'failed', runId: 'run_1', error: { code: 'bad', message: 'bad' } },
    );
    expect(await world.wake(waiting)).toEqual(ended('succeeded'));
    expect(world.stopped).toEqual([world.called[1]?.runId]);
  });

  it('of which an earlier run has the end is taken over with what it gave', async () => {
    const world = new DecidingWorld(planOf({ c: call() }, ['t>c']));
    world.onCall = ({ runId }) => (world.ends[runId] = { status: 'succeeded', runId, items: inline({ old: true }), error: null });
    expect(await world.drive()).toEqual(ended('succeeded'));
    expect(world.output('c')).toEqual([{ old: true }]);
  });

  it('of which an earlier run has the end, but no success, is gone on with by another one: the next try', async () => {
    const world = new DecidingWorld(planOf({ c: call() }, ['t>c']));
    world.onCall = ({ runId, parent }) => {
      if (parent.attempt === 1) world.ends[runId] = { status: 'canceled', runId, items: null, error: null };
    };
    const waiting = await world.drive();
    const [first, second] = world.called;
    expect([first?.parent.attempt, second?.parent.attempt, second?.earlier]).toEqual([1, 2, [first?.runId]]);
    expect(world.row).toMatchObject({ status: 'waiting', waitsFor: { kind: 'child', who: second?.runId } });
    world.decide(
      { nodeId: 'c', kind: 'child', itemIndex: 0, attempt: 2 },
      { status: 'succeeded', runId: 'run_2', items: inline({ ok: 2 }) },
    );
    expect(await world.wake(waiting)).toEqual(ended('succeeded'));
    expect(world.output('c')).toEqual([{ ok: 2 }]);
  });

  it('that goes on with one of an earlier run is started once, wherever a process dies', async () => {
    const plan = planOf({ c: call() }, ['t>c']);
    for (const atCommit of [1, 2, 3])
      for (const isStored of [false, true]) {
        const before = new DecidingWorld(plan);
        await before.drive();
        const { runId, originDay, startedAtMs, workspaceId } = before.header;
        const resumes = { runId, originRunId: runId, originStartedAtMs: startedAtMs };
        await before
          .process()
          .process.ledgerFor(before.header)
          .close({ ended: { status: 'canceled', reason: 'user', finishedAtMs: 1 } });
        const world = Object.assign(new DecidingWorld(plan, { workspaceId, originDay, resumes }), {
          store: before.store,
          blobs: before.blobs,
        });
        const [old] = before.called;
        if (old !== undefined) world.ends[old.runId] = { status: 'canceled', runId: old.runId, items: null, error: null };
        const waiting = await world.drive([{}], { atCommit, isStored });
        const fresh = world.called.filter((one) => one.runId !== old?.runId);
        expect(fresh.map(({ parent, earlier }) => [parent.attempt, earlier])).toEqual([[2, [old?.runId]]]);
        world.decide(
          { nodeId: 'c', kind: 'child', itemIndex: 0, attempt: 2 },
          { status: 'succeeded', runId: 'run_2', items: inline({ ok: 2 }) },
        );
        expect(await world.wake(waiting)).toEqual(ended('succeeded'));
        expect(world.output('c')).toEqual([{ ok: 2 }]);
      }
  });

  it('that gets something else than before is made anew in a resumed run, and not otherwise', async () => {
    const plan = planOf({ c: call(), x: { type: 'test.write' } }, ['t>c', 'c>x']);
    const before = new DecidingWorld(plan);
    before.behaviour['x'] = async () => Promise.reject(new Error('refused'));
    const waiting = await before.process().executor.runSegment(before.input([{ n: 1 }]));
    before.decide({ nodeId: 'c', kind: 'child', itemIndex: 0 }, { status: 'succeeded', runId: 'run_1', items: inline({ of: 1 }) });
    expect(await before.wake(waiting)).toEqual(ended('failed'));
    const { runId, originDay, startedAtMs, workspaceId } = before.header;
    const again = async (n: number) => {
      const resumes = { runId, originRunId: runId, originStartedAtMs: startedAtMs, onChanged: 'resend' as const };
      const world = Object.assign(new DecidingWorld(plan, { workspaceId, originDay, resumes }), {
        store: before.store,
        blobs: before.blobs,
      });
      const { kind } = await world.drive([{ n }]);
      return {
        kind,
        status: world.row.nodeRuns.get('c:0')?.status,
        calls: world.called.map(({ parent, isChanged }) => [parent.attempt, isChanged]),
      };
    };
    expect(await again(1)).toEqual({ kind: 'ended', status: 'skipped', calls: [] });
    expect(await again(2)).toEqual({ kind: 'waiting', status: 'waiting', calls: [[2, true]] });
  });

  it('that failed deep inside says so once', async () => {
    const world = new DecidingWorld(planOf({ c: call() }, ['t>c']));
    const waiting = await world.process().executor.runSegment(world.input([{}]));
    const error = { code: 'child_failed', message: 'The called run failed: No such customer.' };
    world.decide({ nodeId: 'c', kind: 'child', itemIndex: 0 }, { status: 'failed', runId: 'run_1', error });
    expect(await world.wake(waiting)).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'child_failed', message: error.message, runId: 'run_1' });
  });

  it('leads to the error port where the node has one', async () => {
    const world = new DecidingWorld(planOf({ c: call({}, { onError: 'branch' }), e: 'test.set' }, ['t>c', 'c.error>e']));
    const waiting = await world.process().executor.runSegment(world.input([{ n: 1 }]));
    world.decide({ nodeId: 'c', kind: 'child', itemIndex: 0 }, { status: 'canceled', runId: 'run_1', error: null, items: null });
    expect(await world.wake(waiting)).toEqual(ended('succeeded'));
    expect(world.output('e')).toMatchObject([{ n: 1, error: { code: 'child_failed', message: 'The called run was canceled.' } }]);
  });

  it('deeper than ten is refused, and starts nothing', async () => {
    const parent = { runId: 'run_p', nodeId: 'c', runIndex: 0, itemIndex: 0, attempt: 1, depth: 10, waits: true } as const;
    const world = new DecidingWorld(planOf({ c: call() }, ['t>c']), { parent: parent });
    expect(await world.drive()).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'call_depth' });
    expect(world.called).toEqual([]);
  });

  it('gives its caller what its last step gave', async () => {
    const parent = { runId: 'run_p', nodeId: 'c', runIndex: 0, itemIndex: 0, attempt: 1, depth: 1, waits: true };
    const world = new DecidingWorld(planOf({ a: { type: 'test.set', parameters: { x: 1 } } }, ['t>a']), { parent });
    expect(await world.drive([{ n: 1 }])).toEqual(ended('succeeded'));
    expect(world.row.end?.result).toMatchObject({ count: 1, inline: [{ json: { n: 1, x: 1 } }] });
  });
});
