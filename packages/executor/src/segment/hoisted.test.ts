import { TransientError } from '@millwright/core';
import { expect, it } from 'vitest';
import { planOf, World } from './world.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const notStarted = () => new TransientError({ code: 'segment_lost', message: 'the run was not started' });

const respond = { type: 'core.respond', parameters: { body: '{{ $json }}' } };
const set = { type: 'test.set', parameters: { at: '{{ $now.toMillis() }}', day: '{{ $today.toISODate() }}' } };
const plan = planOf({ set, answer: respond }, ['t>set', 'set>answer']);
const answering = (): World => new World(plan, { reply: 'respond' });

it('nothing of a hoisted segment is stored or answered before the start is on disk; then both', async () => {
  const world = answering();
  const { executor } = world.process();
  const committed = Promise.withResolvers<void>();
  executor.hoist(world.input([{}]), committed.promise);
  await settled();
  expect([world.replies.length, world.store.runs.size, executor.load().open]).toEqual([0, 0, 1]);
  committed.resolve();
  expect(await executor.joinFirst(world.header.runId)).toEqual({ kind: 'ended', status: 'succeeded' });
  expect(world.replies).toHaveLength(1);
  expect(world.story).toEqual(['t:0 succeeded', 'set:0 succeeded', 'answer:0 succeeded']);
  expect(executor.load().open).toBe(0);
});

it('a run that was not started leaves no trace: nothing is read, sent, stored or answered', async () => {
  const world = new World(planOf({ read: 'test.read', write: 'test.write', answer: respond }, ['t>read', 't>write', 't>answer']), {
    reply: 'respond',
  });
  const { executor } = world.process();
  executor.hoist(world.input([{}]), Promise.reject(notStarted()));
  expect(await executor.joinFirst(world.header.runId)).toBeNull();
  await settled();
  expect([world.reads, world.sent, world.replies, world.store.runs.size]).toEqual([[], [], [], 0]);
});

it('effects wait for the start', async () => {
  const world = new World(planOf({ read: 'test.read', write: 'test.write' }, ['t>read', 'read>write']));
  const { executor } = world.process();
  const committed = Promise.withResolvers<void>();
  executor.hoist(world.input([{}]), committed.promise);
  await settled();
  expect([world.reads, world.sent]).toEqual([[], []]);
  committed.resolve();
  await executor.joinFirst(world.header.runId);
  expect([world.reads.length, world.sent.length]).toEqual([1, 1]);
});

it('a second try elsewhere with the same time comes to the same answer', async () => {
  const world = answering();
  const input = world.input([{}], { openedAtMs: 1_700_000_000_000 });
  const hoisting = world.process().executor;
  hoisting.hoist(input, Promise.resolve());
  await hoisting.joinFirst(world.header.runId);
  const elsewhere = new World(plan, world.header);
  await elsewhere.process().executor.runSegment(input);
  expect(world.replies[0]?.body).toContain('1700000000000');
  expect(elsewhere.replies).toEqual(world.replies);
});

it('a repeated delivery that is refused takes nothing from the first one', async () => {
  const world = answering();
  const { executor } = world.process();
  const first = Promise.withResolvers<void>();
  executor.hoist(world.input([{}]), first.promise);
  executor.hoist(world.input([{}]), Promise.reject(notStarted()));
  await settled();
  first.resolve();
  expect(await executor.joinFirst(world.header.runId)).toEqual({ kind: 'ended', status: 'succeeded' });
});

it('a task that asks again meanwhile joins; afterwards the ledger answers', async () => {
  const world = answering();
  const { executor } = world.process();
  executor.prepare(world.input([{}]), Promise.resolve());
  await settled();
  expect(world.replies).toEqual([]);
  const both = await Promise.all([executor.joinFirst(world.header.runId), executor.joinFirst(world.header.runId)]);
  expect(both).toEqual([
    { kind: 'ended', status: 'succeeded' },
    { kind: 'ended', status: 'succeeded' },
  ]);
  expect(world.replies).toHaveLength(1);
  expect(await executor.joinFirst(world.header.runId)).toBeNull();
  expect(await executor.runSegment(world.input([{}]))).toEqual({ kind: 'ended', status: 'succeeded' });
  expect(world.replies).toHaveLength(1);
});
