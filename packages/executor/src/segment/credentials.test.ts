import { ConnectorError, newId } from '@millwright/core';
import type { SegmentResult } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import type { NodeCall } from '../ports.ts';
import { DecidingWorld } from './deciding-world.ts';
import { planOf } from './world.ts';

const ended = (status: string) => expect.objectContaining({ kind: 'ended', status });
const dead = (details = {}) =>
  new ConnectorError('auth', { code: 'credential_reconnect', message: 'revoked', details: { credentialId: 'cred_1', ...details } });
const held = { status: 'waiting', waitsFor: { kind: 'credential', who: 'cred_1' } };

/** A world whose node `w` finds its credential dead until somebody has reconnected it. */
class HeldWorld extends DecidingWorld {
  isDead = true;
  calls: NodeCall[] = [];

  constructor(type = 'test.write', settings = {}) {
    super(planOf({ w: { type, settings }, b: 'test.set' }, ['t>w', 'w>b']));
    this.behaviour['w'] = async (call) => {
      this.calls.push(call);
      if (this.isDead) throw dead();
      return this.usual(call);
    };
  }

  /** Somebody reconnects it: what waits for it hears of it. */
  reconnect(before: SegmentResult, about: { readonly items?: readonly number[]; readonly attempt?: number } = {}): Promise<SegmentResult> {
    this.isDead = false;
    for (const itemIndex of about.items ?? [0])
      this.decide({ nodeId: 'w', kind: 'credential', itemIndex, attempt: about.attempt ?? 1 }, { reconnected: true });
    return this.wake(before);
  }
}

describe('a call whose credential has to be reconnected', () => {
  it.each(['test.write', 'test.read', 'test.ask', 'test.code'])('holds the run and is made anew after that: %s', async (type) => {
    const world = new HeldWorld(type);
    const waiting = await world.drive();
    expect(waiting).toMatchObject({ kind: 'waiting', untilMs: null });
    expect(world.row).toMatchObject(held);
    expect(world.row.nodeRuns.get('w:0')).toMatchObject(held);
    expect(world.calls).toHaveLength(1);
    const item = type === 'test.code' ? -1 : 0;
    expect(world.row.attempts.get(`w:0:${item}:1`)).toMatchObject({ status: 'notSent', error: { credentialId: 'cred_1' } });
    expect(await world.reconnect(waiting, { items: [item] })).toEqual(ended('succeeded'));
    expect(world.calls).toHaveLength(2);
    expect(world.calls[0]?.idempotencyKey).toBe(world.calls[1]?.idempotencyKey);
    expect(world.numbers).toEqual([1, 2, 3]);
  });

  it('is not made while nobody has reconnected it, however often the run is woken', async () => {
    const world = new HeldWorld();
    const again = await world.wake(await world.drive());
    expect(again).toMatchObject({ kind: 'waiting', untilMs: null });
    expect(world.row).toMatchObject(held);
    expect(world.calls).toHaveLength(1);
    expect(await world.reconnect(again)).toEqual(ended('succeeded'));
  });

  it('holds it again when the credential dies again; each reconnection counts once', async () => {
    const world = new HeldWorld();
    const first = await world.drive();
    world.decide({ nodeId: 'w', kind: 'credential', itemIndex: 0, attempt: 1 }, { reconnected: true });
    const second = await world.wake(first);
    expect(world.row).toMatchObject(held);
    expect(world.calls).toHaveLength(2);
    expect(await world.reconnect(second, { attempt: 2 })).toEqual(ended('succeeded'));
    expect(world.calls).toHaveLength(3);
  });

  it('is no try of the policy, and no failure', async () => {
    const retry = { maxAttempts: 2, initialMs: 0, jitter: 0, on: ['auth', 'transient'] as const };
    const world = new HeldWorld('test.write', { retry });
    const waiting = await world.drive();
    expect(world.calls).toHaveLength(1);
    let left = 1;
    world.behaviour['w'] = async (call) => {
      if (left-- > 0) throw new ConnectorError('transient', { code: 'busy', message: 'busy', details: { status: 503 } });
      return world.usual(call);
    };
    let result = await world.reconnect(waiting);
    if (result.kind === 'waiting') result = await world.wake(result);
    expect(result).toEqual(ended('succeeded'));
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({ attempts: 2 });
  });

  it('holds up the items after it, and none that is under way', async () => {
    const world = new HeldWorld();
    const waiting = await world.drive([{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }]);
    // Two at a time.
    expect(world.calls.map(({ itemIndex }) => itemIndex)).toEqual([0, 1]);
    expect(await world.reconnect(waiting, { items: [0, 1] })).toEqual(ended('succeeded'));
    expect(world.sent.map(({ itemIndex }) => itemIndex).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    expect(world.output('w')).toHaveLength(4);
  });

  it('a request that had left before is a definite no where the connector says so, and a lost answer where it says that more was sent', async () => {
    const world = new HeldWorld('test.ask');
    world.behaviour['w'] = async (call) => {
      await call.beforeSend('h');
      throw dead({ status: 401 });
    };
    const waiting = await world.drive();
    expect(world.row).toMatchObject(held);
    world.behaviour['w'] = (call) => world.usual(call);
    expect(await world.reconnect(waiting)).toEqual(ended('succeeded'));
    const other = new HeldWorld('test.ask');
    other.behaviour['w'] = async (call) => {
      await call.beforeSend('h');
      throw dead({ sent: true });
    };
    expect(await other.drive()).toEqual(ended('failed'));
    expect(other.row.attempts.get('w:0:0:1')?.status).toBe('unknown');
  });

  it('a process that dies at any commit afterwards changes nothing', async () => {
    for (let atCommit = 1; atCommit < 6; atCommit++) {
      const world = new HeldWorld();
      const waiting = await world.drive();
      world.isDead = false;
      world.decide({ nodeId: 'w', kind: 'credential', itemIndex: 0, attempt: 1 }, { reconnected: true });
      let result = await world.wake(waiting, world.store.commits + atCommit);
      if (result.kind === 'waiting') result = await world.wake(result);
      expect(result).toEqual(ended('succeeded'));
      expect(new Set(world.sent.map(({ key }) => key)).size).toBe(1);
    }
  });

  it('runs as an activity of its own too', async () => {
    const world = new HeldWorld();
    world.remote = 'always';
    const waiting = await world.drive();
    expect(world.row).toMatchObject(held);
    expect(world.calls).toHaveLength(1);
    world.remote = 'never';
    expect(await world.reconnect(waiting)).toEqual(ended('succeeded'));
  });

  it('a canceled run, a paused run and one that is out of time do not wait for it', async () => {
    const canceled = new HeldWorld();
    const first = await canceled.drive();
    canceled.row.cancelRequested = true;
    expect(await canceled.wake(first)).toEqual(ended('canceled'));
    expect(canceled.row.nodeRuns.get('w:0')).toMatchObject({ status: 'canceled' });

    const paused = new HeldWorld();
    const second = await paused.drive();
    paused.pause();
    const still = await paused.reconnect(second);
    expect(paused.row).toMatchObject({ status: 'waiting', waitsFor: { kind: 'pause' } });
    expect(paused.calls).toHaveLength(1);
    paused.row.pauseRequested = false;
    expect(await paused.wake(still)).toEqual(ended('succeeded'));

    const late = new DecidingWorld(planOf({ w: 'test.write' }, ['t>w'], { timeoutMs: 1_000 }));
    late.behaviour['w'] = () => Promise.reject(dead());
    const third = await late.process().executor.runSegment(late.input([{}]));
    expect(third).toMatchObject({ kind: 'waiting', untilMs: late.header.startedAtMs + 1_000 });
    late.clock = { ...late.clock, nowMs: () => Date.now() + 2_000 };
    expect(await late.wake(third)).toEqual(ended('failed'));
    expect(late.row.end).toMatchObject({ reason: 'timeout' });
  });

  it('a resumed run makes the call at once, under the same key', async () => {
    const world = new HeldWorld();
    const waiting = await world.drive();
    world.row.cancelRequested = true;
    expect(await world.wake(waiting)).toEqual(ended('canceled'));
    const { runId, originDay, startedAtMs, workspaceId } = world.header;
    const resumes = { runId, originRunId: runId, originStartedAtMs: startedAtMs };
    const next = new DecidingWorld(planOf({ w: 'test.write', b: 'test.set' }, ['t>w', 'w>b']), {
      runId: newId('run'),
      workspaceId,
      originDay,
      resumes,
    });
    Object.assign(next, { store: world.store, blobs: world.blobs });
    expect(await next.drive()).toEqual(ended('succeeded'));
    expect(next.sent.map(({ key }) => key)).toEqual([world.calls[0]?.idempotencyKey]);
  });
});
