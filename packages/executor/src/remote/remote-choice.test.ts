import { describe, expect, it } from 'vitest';
import type { SegmentInput } from '@millwright/workflow';
import { CallTimes } from './call-times.ts';
import { isRemote } from './remote.ts';
import { planOf, World } from '../segment/world.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a call leaves its segment', () => {
  const world = new World(planOf({ w: 'test.write', long: { type: 'test.write', settings: { timeoutMs: 600_001 } } }, ['t>w', 't>long']));
  const { remote: _remote, ...ports } = world.ports(world.process().process);
  const node = (id: string) => {
    const found = world.input([]).skeleton.nodes.find((one) => one.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  };

  it('when its node is declared slow, may take more than ten minutes, or was slow here', () => {
    expect(isRemote(ports, world.header, node('w'))).toBe(false);
    expect(isRemote(ports, world.header, { ...node('w'), slow: true })).toBe(true);
    expect(isRemote(ports, world.header, node('long'))).toBe(true);
    const clock = { nowMs: () => 0, monotonicMs: () => (atMs += 3_000) };
    let atMs = 0;
    const callTimes = new CallTimes(clock);
    for (let i = 0; i < 20; i++) callTimes.begin(world.header.planHash, 'w')();
    expect(isRemote({ ...ports, callTimes }, world.header, node('w'))).toBe(true);
  });

  it('never where it is switched off, where nobody takes it, and where it starts a run', () => {
    expect(isRemote({ ...ports, remote: 'never' }, world.header, { ...node('long'), slow: true })).toBe(false);
    const { callsFor: _callsFor, ...bare } = ports;
    expect(isRemote({ ...bare, remote: 'always' }, world.header, node('w'))).toBe(false);
    expect(isRemote({ ...ports, remote: 'always' }, world.header, { ...node('w'), effect: 'child' })).toBe(false);
  });
});

describe('a segment', () => {
  it('hands a slow branch out and goes on with its siblings', async () => {
    const world = new World(
      planOf({ slow: 'test.write', r: 'test.set', b: 'test.set', end: 'test.set' }, ['t>slow', 't>r', 'r>b', 'slow>end']),
    );
    world.remote = 'always';
    let siblings: readonly string[] = [];
    world.behaviour['slow'] = async (call) => {
      await sleep(30);
      siblings = world.story;
      return world.usual(call);
    };
    expect(await world.drive([{}])).toEqual({ kind: 'ended', status: 'succeeded' });
    expect(siblings).toContain('b:0 succeeded');
  });

  it('carries only what is out in its state, and forgets it when it is back', async () => {
    const world = new World(planOf({ w: { type: 'test.write' }, last: 'test.ask' }, ['t>w', 'w>last']));
    world.remote = 'always';
    const { executor } = world.process();
    const first = await executor.runSegment(world.input([{}, {}, {}]));
    if (first.kind !== 'waiting') throw new Error(first.kind);
    const out = [
      { itemIndex: 0, attempt: 1 },
      { itemIndex: 1, attempt: 1 },
    ];
    expect(first).toMatchObject({ untilMs: null, remote: out.map((item) => ({ nodeId: 'w', runIndex: 0, ...item })) });
    expect(first.state.active).toMatchObject([{ nodeId: 'w', status: 'running', remote: out }]);
    const { header, skeleton } = world.input([]);
    const [call] = first.remote ?? [];
    if (call === undefined) throw new Error('nothing is out');
    await executor.runNode({ header, skeleton, state: first.state, call });
    const second = await executor.runSegment(world.input([], { state: first.state, segment: 2, remoteOver: [call] }));
    expect(second).toMatchObject({
      kind: 'waiting',
      remote: [{ itemIndex: 1 }, { itemIndex: 2 }],
      state: { active: [{ remote: [{ itemIndex: 1 }, { itemIndex: 2 }] }] },
    });
  });

  it('that is called again for the same opening repeats nothing', async () => {
    const world = new World(planOf({ w: 'test.write', b: 'test.write' }, ['t>w', 'w>b']));
    world.remote = 'always';
    const input: SegmentInput = world.input([{}]);
    const [one, two] = [world.process(), world.process()];
    const first = await one.executor.runSegment(input);
    one.process.die();
    expect(await two.executor.runSegment(input)).toEqual(first);
    if (first.kind !== 'waiting') throw new Error(first.kind);
    const [call] = first.remote ?? [];
    if (call === undefined) throw new Error('nothing is out');
    const given = { header: input.header, skeleton: input.skeleton, state: first.state, call };
    await Promise.all([two.executor.runNode(given), two.executor.runNode(given)]);
    await two.executor.runNode(given);
    expect(world.sent).toHaveLength(1);
    const next = { ...input, state: first.state, segment: 2, remoteOver: [call] };
    const second = await two.executor.runSegment(next);
    two.process.die();
    expect(await world.process().executor.runSegment(next)).toEqual(second);
    expect(world.sent.map((sent) => sent.nodeId)).toEqual(['w']);
    expect(second).toMatchObject({ kind: 'waiting', remote: [{ nodeId: 'b' }] });
  });

  it('is told of a call that ended without a result: nothing was sent, so it failed as not sent', async () => {
    const world = new World(planOf({ w: 'test.ask' }, ['t>w']));
    world.remote = 'always';
    const { executor } = world.process();
    const first = await executor.runSegment(world.input([{}]));
    if (first.kind !== 'waiting') throw new Error(first.kind);
    const again = world.input([], { state: first.state, segment: 2, ...(first.remote === undefined ? {} : { remoteOver: first.remote }) });
    expect(await executor.runSegment(again)).toEqual({ kind: 'ended', status: 'failed' });
    expect(world.row.end?.error).toMatchObject({ code: 'remote_lost' });
    expect([...world.row.attempts.values()].map((one) => one.status)).toEqual(['notSent']);
  });
});
