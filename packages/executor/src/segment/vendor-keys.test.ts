import { ConnectorError, systemClock } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { DecidingWorld } from './deciding-world.ts';
import { resumed } from './testing/resumed.ts';
import { planOf, World } from './world.ts';

const ended = (status: string) => expect.objectContaining({ kind: 'ended', status });
const retry = { maxAttempts: 3, initialMs: 1, jitter: 0, on: ['transient' as const] };
const HOUR_MS = 3_600_000;

/** What a vendor stores under the key, and repeats for it. */
function declined(kind: 'permanent' | 'transient' = 'permanent', newKey = true): never {
  throw new ConnectorError(kind, { code: 'http_status_402', message: 'declined', details: { status: 402, sent: true, newKey } });
}
function lost(): never {
  throw new ConnectorError('transient', { code: 'reset', message: 'reset', details: { sent: true } });
}

/** Lets requests of `w` arrive; the answers come in this order, then all is well. */
function answering<W extends World>(world: W, answers: readonly (() => never)[]): W {
  let calls = 0;
  world.behaviour['w'] = async (call) => {
    const outcome = await world.usual(call);
    answers[calls++]?.();
    return outcome;
  };
  return world;
}

/** A clock that stands `ms` ahead. */
const ahead = (ms: number) => ({ ...systemClock, nowMs: () => systemClock.nowMs() + ms, monotonicMs: () => systemClock.monotonicMs() });
const keysOf = (...worlds: readonly World[]) => worlds.flatMap(({ sent }) => sent.map(({ key }) => key));

describe('an answer that the connector lists as "new key"', () => {
  const plan = planOf({ w: { type: 'test.write', settings: { retry } } }, ['t>w']);

  it('gives the next try another key; another refusal leaves the key', async () => {
    const world = answering(new World(plan), [() => declined('transient'), () => declined('transient', false)]);
    expect(await world.drive()).toEqual(ended('succeeded'));
    const [first, second, third] = keysOf(world);
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  });

  it('is counted once, wherever a process dies', async () => {
    const calm = answering(new World(plan), [() => declined('transient')]);
    await calm.drive();
    for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++)
      for (const isStored of [false, true]) {
        const world = answering(new World(plan, calm.header), [() => declined('transient')]);
        expect(await world.drive([{}], { atCommit, isStored })).toEqual(ended('succeeded'));
        const { attempts } = world.row;
        const refused = [...attempts.values()].filter(({ error }) => error?.newKey === true).length;
        // Each key has one request more than were refused under it at most: the one whose answer died with the process.
        expect(new Set(keysOf(world)).size).toBe(refused + 1);
        expect(new Set([...keysOf(calm), ...keysOf(world)]).size).toBe(2);
      }
  });

  it('gives a resumed run another key, which stays when that answer is lost', async () => {
    const first = answering(new World(plan), [declined]);
    expect(await first.drive()).toEqual(ended('failed'));
    const second = answering(resumed(first, plan), [lost, lost, lost]);
    expect(await second.drive()).toEqual(ended('failed'));
    const third = resumed(second, plan);
    expect(await third.drive()).toEqual(ended('succeeded'));
    const [refused, ...others] = keysOf(first, second, third);
    expect(new Set(others).size).toBe(1);
    expect(others[0]).not.toBe(refused);
  });

  it('counts in a call that runs as an activity of its own', async () => {
    const world = answering(new World(plan), [() => declined('transient')]);
    world.remote = 'always';
    expect(await world.drive()).toEqual(ended('succeeded'));
    expect(new Set(keysOf(world)).size).toBe(2);
  });
});

describe('a key that the vendor has forgotten', () => {
  const plan = planOf({ w: 'test.keyed' }, ['t>w']);
  const patient = planOf({ w: { type: 'test.keyed', settings: { retry } } }, ['t>w']);

  /** A run whose request of `w` was lost, gone on with later. */
  async function later(ms: number, settings: { readonly onLostAnswer?: 'resend' } = {}) {
    const own = planOf({ w: { type: 'test.keyed', settings } }, ['t>w']);
    const first = answering(new World(own), [lost]);
    expect(await first.drive()).toEqual(ended('failed'));
    const second = resumed(first, own);
    second.clock = ahead(ms);
    return { first, second, result: await second.drive() };
  }

  it('keeps a lost request from being sent again: a person is asked', async () => {
    const { first, second, result } = await later(HOUR_MS + 1_000);
    expect(result).toMatchObject({ kind: 'waiting' });
    expect(second.row).toMatchObject({ status: 'waiting', waitsFor: { kind: 'outcome' } });
    expect(keysOf(first, second)).toHaveLength(1);
  });

  it('while it knows the key the request is sent again with it', async () => {
    const { first, second, result } = await later(HOUR_MS - 60_000);
    expect(result).toEqual(ended('succeeded'));
    expect(new Set(keysOf(first, second)).size).toBe(1);
    expect(keysOf(first, second)).toHaveLength(2);
  });

  it('is none of its business where the person has said "send again"', async () => {
    const { result } = await later(HOUR_MS + 1_000, { onLostAnswer: 'resend' });
    expect(result).toEqual(ended('succeeded'));
  });

  it('is as old as the first request that was lost under it', async () => {
    const first = answering(new World(plan), [lost]);
    await first.drive();
    const second = answering(resumed(first, plan), [lost]);
    second.clock = ahead(0.6 * HOUR_MS);
    expect(await second.drive()).toEqual(ended('failed'));
    const third = resumed(second, plan);
    third.clock = ahead(1.2 * HOUR_MS);
    expect(await third.drive()).toMatchObject({ kind: 'waiting' });
    expect(keysOf(third)).toEqual([]);
  });

  it('a request that was lost, and whose try again comes too late, stays here and says why', async () => {
    const world = answering(new World(patient), [lost]);
    let shiftMs = 0;
    world.clock = { ...systemClock, nowMs: () => systemClock.nowMs() + shiftMs, monotonicMs: () => systemClock.monotonicMs() };
    const { behaviour } = world;
    const usual = behaviour['w'];
    behaviour['w'] = async (call) => {
      if (call.attempt > 1) shiftMs = 2 * HOUR_MS;
      return usual?.(call) ?? world.usual(call);
    };
    expect(await world.drive()).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'key_expired' });
    expect(keysOf(world)).toHaveLength(1);
  });

  it('a person who wants it sent again gets that', async () => {
    const world = answering(new DecidingWorld(plan), [lost]);
    expect(await world.drive()).toEqual(ended('failed'));
    const { runId, originDay, startedAtMs, workspaceId } = world.header;
    const again = Object.assign(
      new DecidingWorld(plan, { workspaceId, originDay, resumes: { runId, originRunId: runId, originStartedAtMs: startedAtMs } }),
      { store: world.store, blobs: world.blobs, clock: ahead(2 * HOUR_MS) },
    );
    const waiting = await again.drive();
    expect(waiting.kind).toBe('waiting');
    again.answer('sendAgain');
    expect(await again.wake(waiting)).toEqual(ended('succeeded'));
    expect(new Set(keysOf(world, again)).size).toBe(1);
  });

  it.each([
    [0.5, 'ended', 2],
    [2, 'waiting', 1],
  ])('counts for a call that runs as an activity of its own: %s hours later the run is %s', async (hours, kind, sends) => {
    const world = new World(plan);
    world.remote = 'always';
    world.behaviour['w'] = async (call) => {
      const outcome = await world.usual(call);
      world.clock = ahead(hours * HOUR_MS);
      return outcome;
    };
    // Dies when it has the answer and would store it.
    expect(await world.drive([{}], { atCommit: 3, isStored: false })).toMatchObject({ kind });
    expect(keysOf(world)).toHaveLength(sends);
  });
});
