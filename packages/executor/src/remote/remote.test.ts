import { ConnectorError, TransientError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { createExecutor } from '../create-executor.ts';
import { planOf, World } from '../segment/world.ts';

const ended = (status: string) => ({ kind: 'ended', status });
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const attempts = (world: World) =>
  [...world.row.attempts.values()]
    .filter((one) => one.itemIndex > -2)
    .map((one) => `${one.nodeId}:${one.itemIndex}#${one.attempt} ${one.status}`);

describe.each(['never', 'always'] as const)('an effect, remote: %s', (remote) => {
  const worldOf = (...drawing: Parameters<typeof planOf>): World => {
    const world = new World(planOf(...drawing));
    world.remote = remote;
    return world;
  };

  it('succeeds, with the same request and key', async () => {
    const world = worldOf(
      { r: 'test.read', w: { type: 'test.write', parameters: { at: '{{ $now.toMillis() }}', was: "{{ $('r').item.json.read }}" } } },
      ['t>r', 'r>w'],
    );
    const startedAtMs = 1_790_000_000_000;
    world.header.startedAtMs satisfies number;
    expect(await world.drive([{}])).toEqual(ended('succeeded'));
    expect(world.sent).toHaveLength(1);
    expect(world.sent[0]?.parameters['was']).toBe(1);
    expect(Number(world.sent[0]?.parameters['at'])).toBeGreaterThan(startedAtMs);
    expect(world.sent[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(attempts(world)).toEqual(['r:0#1 done', 'w:0#1 done']);
    expect(world.opened > 1).toBe(remote === 'always');
  });

  it('several items keep their places and their window', async () => {
    const world = worldOf({ w: { type: 'test.write', parameters: { n: '{{ $json.n }}' } }, b: 'test.set' }, ['t>w', 'w>b']);
    let side = 0;
    let most = 0;
    world.behaviour['w'] = async (call) => {
      most = Math.max(most, (side += 1));
      await sleep(call.itemIndex === 0 ? 20 : 2);
      side -= 1;
      return world.usual(call);
    };
    expect(await world.drive([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }, { n: 5 }])).toEqual(ended('succeeded'));
    expect(world.output('b')?.map((json) => (json as { n: number }).n)).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('a failure is tried again when the service wants it, then it succeeds', async () => {
    const world = worldOf({ w: { type: 'test.write', settings: { retry: { maxAttempts: 3, initialMs: 1, jitter: 0 } } } }, ['t>w']);
    const times: number[] = [];
    world.behaviour['w'] = async (call) => {
      await call.beforeSend('h');
      times.push(Date.now());
      if (times.length === 1)
        throw new ConnectorError('rate', { code: 'busy', message: 'busy', details: { status: 429 }, retry: { afterMs: 60 } });
      return { items: [{ json: {} }] };
    };
    expect(await world.drive([{}])).toEqual(ended('succeeded'));
    expect(attempts(world)).toEqual(['w:0#1 failed', 'w:0#2 done']);
    const waited = [...world.row.attempts.values()].find((one) => one.itemIndex === -2);
    const first = [...world.row.attempts.values()].find((one) => one.attempt === 1 && one.itemIndex === 0);
    expect((waited?.finishedAtMs ?? 0) - (first?.finishedAtMs ?? 0)).toBeGreaterThanOrEqual(60);
  });

  it('an unknown answer after the time is over fails the step and is not sent again by itself', async () => {
    const world = worldOf({ w: { type: 'test.ask', settings: { timeoutMs: 1_000, retry: { maxAttempts: 3, initialMs: 1 } } } }, ['t>w']);
    world.behaviour['w'] = async (call) => {
      await call.beforeSend('h');
      return sleep(60_000) as never;
    };
    expect(await world.drive([{}])).toEqual(ended('failed'));
    expect(attempts(world)).toEqual(['w:0#1 unknown']);
    expect(world.row.end?.error?.code).toBe('node_timeout');
  });

  it('a cancel aborts what is under way, within a second', async () => {
    const world = worldOf({ w: 'test.ask' }, ['t>w']);
    let canceledAtMs = 0;
    world.behaviour['w'] = async (call) => {
      await call.beforeSend('h');
      setTimeout(() => {
        canceledAtMs = Date.now();
        world.row.cancelRequested = true;
        world.cancel();
      }, 20);
      return sleep(60_000) as never;
    };
    expect(await world.drive([{}])).toEqual(ended('canceled'));
    expect(Date.now() - canceledAtMs).toBeLessThan(1_000);
    expect(attempts(world)).toEqual(['w:0#1 unknown']);
  });

  it('a process that dies at any commit repeats nothing that is done, and asks the same under a key', async () => {
    const drawing = [{ w: { type: 'test.write', parameters: { n: '{{ $json.n }}' } }, last: 'test.write' }, ['t>w', 'w>last']] as const;
    const calm = worldOf(...drawing);
    await calm.drive([{ n: 1 }, { n: 2 }]);
    for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++) {
      for (const isStored of [false, true]) {
        const world = worldOf(...drawing);
        const doneBefore: string[] = [];
        world.behaviour['w'] = world.behaviour['last'] = async (call) => {
          const isDone = [...world.row.attempts.values()].some(
            (one) => one.nodeId === call.node.id && one.itemIndex === call.itemIndex && one.status === 'done',
          );
          if (isDone) doneBefore.push(call.node.id);
          return world.usual(call);
        };
        expect(await world.drive([{ n: 1 }, { n: 2 }], { atCommit, isStored })).toEqual(ended('succeeded'));
        expect(doneBefore).toEqual([]);
        const byKey = Map.groupBy(world.sent, (one) => one.key);
        expect(byKey.size).toBe(4);
        for (const sends of byKey.values()) expect(new Set(sends.map((one) => JSON.stringify(one.parameters))).size).toBe(1);
      }
    }
  });

  it('a lost answer that must not be asked for again waits for a person', async () => {
    const world = worldOf({ w: 'test.ask' }, ['t>w']);
    let sends = 0;
    world.behaviour['w'] = async (call) => {
      sends += 1;
      return world.usual(call);
    };
    // Dies when it has the answer and would store it.
    const commits = remote === 'always' ? 3 : 2;
    expect(await world.drive([{}], { atCommit: commits, isStored: false })).toMatchObject({ kind: 'waiting', untilMs: null });
    expect(world.row.waitsFor?.kind).toBe('outcome');
    expect(sends).toBe(1);
  });

  it('a run of which three processes died ends as worker_lost', async () => {
    const world = worldOf({ w: 'test.write' }, ['t>w']);
    world.behaviour['w'] = async () => {
      world.row.losses += 1;
      throw new (await import('@millwright/core')).TransientError({ code: 'database_unavailable', message: 'the process died' });
    };
    expect(await world.drive([{}])).toEqual(ended('failed'));
    expect(world.row.end?.error?.code).toBe('worker_lost');
    expect(world.row.losses).toBe(3);
  });
});

it('a start of its own that is stored though nobody heard of it is not waited for', async () => {
  const world = new World(planOf({ w: 'test.write' }, ['t>w']));
  world.remote = 'always';
  const { process, executor } = world.process();
  const ports = world.ports(process);
  let isLost = false;
  const lossy = createExecutor({
    ...ports,
    callsFor: (header, call) => {
      const ledger = process.callsFor(header, call);
      const start: typeof ledger.start = async (attempt) => {
        const isStarted = await ledger.start(attempt);
        if (isLost) return isStarted;
        isLost = true;
        throw new TransientError({ code: 'database_unavailable', message: 'the answer is lost' });
      };
      return { ...ledger, start };
    },
  });
  const { header, skeleton } = world.input([{}]);
  const result = await executor.runSegment(world.input([{}]));
  const [call] = result.kind === 'waiting' ? (result.remote ?? []) : [];
  if (result.kind !== 'waiting' || call === undefined) throw new Error('nothing was handed out');
  const input = { header, skeleton, state: result.state, call };
  await expect(lossy.runNode(input)).rejects.toThrow(TransientError);
  await lossy.runNode(input);
  expect(world.sent).toHaveLength(1);
  expect(attempts(world)).toEqual(['w:0#1 started', 'w:0#2 done']);
});

it('a segment that is called again and told that a call is over does not take the word of the try that was not told', async () => {
  const world = new World(
    planOf({ w: 'test.write', p: { type: 'core.wait', parameters: { amount: 5, unit: 'days' } }, q: 'test.set' }, ['t>w', 't>p', 'p>q']),
  );
  world.remote = 'always';
  const { executor } = world.process();
  const first = await executor.runSegment(world.input([{}]));
  if (first.kind !== 'waiting') throw new Error('nothing is waited for');
  const [call] = first.remote ?? [];
  if (call === undefined) throw new Error('nothing was handed out');
  const gate = Promise.withResolvers<void>();
  world.behaviour['q'] = async (one) => {
    await gate.promise;
    return world.usual(one);
  };
  const input = world.input([{}], { state: first.state, segment: 2, openedAtMs: first.untilMs ?? 0 });
  const untold = executor.runSegment(input);
  await sleep(10);
  await executor.runNode({ header: input.header, skeleton: input.skeleton, state: first.state, call });
  const told = executor.runSegment({ ...input, remoteOver: [call] });
  gate.resolve();
  expect((await untold).kind).toBe('waiting');
  expect(await told).toEqual(ended('succeeded'));
  expect([world.sent.length, attempts(world)]).toEqual([1, ['w:0#1 done']]);
});
