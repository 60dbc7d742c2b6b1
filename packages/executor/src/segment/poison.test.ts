import { expect, it } from 'vitest';
import type { RunHeader, SegmentInput, SegmentResult } from '@millwright/workflow';
import { createExecutor } from '../create-executor.ts';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

it('a run that three processes died of fails as worker_lost, sends nothing, and its caller is told', async () => {
  const world = new World(planOf({ w: 'test.write' }, ['t>w']), { reply: 'end' });
  world.row.losses = 3;
  expect(await world.drive()).toEqual(ended('failed'));
  expect(world.row.end).toMatchObject({ status: 'failed', reason: 'error', error: { code: 'worker_lost' } });
  expect(world.sent).toEqual([]);
  expect(world.replies).toMatchObject([{ status: 500 }]);
  expect(world.row.reply).toMatchObject({ status: 500 });
});

it('a run that two processes died of is let go and runs in a process of its own', async () => {
  const world = new World(planOf({ w: 'test.write' }, ['t>w']));
  world.row.losses = 2;
  const taken: SegmentInput[] = [];
  world.alone = async (input) => {
    taken.push(input);
    expect(world.row.owner).toBeNull();
    return { kind: 'ended', status: 'succeeded' };
  };
  expect(await world.drive()).toEqual(ended('succeeded'));
  expect(taken).toHaveLength(1);
  expect(world.sent).toEqual([]);
});

it('a run that the ledger left to a process of its own goes there, and was never in the hands of this one', async () => {
  const world = new World(planOf({ w: 'test.write' }, ['t>w']));
  const { process } = world.process();
  const ports = world.ports(process);
  const open = async () => ({ isOurs: false, isSuspect: true, ended: null, outcomes: [], open: [], cancelRequested: false, losses: 2 });
  const ledgerFor = (header: RunHeader) => ({ ...ports.ledgerFor(header), open });
  const alone = async (): Promise<SegmentResult> => ({ kind: 'ended', status: 'succeeded' });
  expect(await createExecutor({ ...ports, ledgerFor, alone }).runSegment(world.input([{}]))).toEqual(ended('succeeded'));
  expect(world.sent).toEqual([]);
  await expect(createExecutor({ ...ports, ledgerFor }).runSegment(world.input([{}]))).rejects.toMatchObject({ code: 'segment_lost' });
});

it('a run that a living process has is not touched, not even by what has no effect', async () => {
  const world = new World(planOf({ s: 'test.set', r: 'test.read' }, ['t>s', 's>r']));
  expect(
    await world
      .process()
      .process.ledgerFor(world.header)
      .start({ nodeId: 'x', runIndex: 0, itemIndex: 0, attempt: 1, class: 'write', requestHash: 'h', startedAtMs: 1 }),
  ).toBe(true);
  await expect(world.process().executor.runSegment(world.input([{}]))).rejects.toMatchObject({ code: 'segment_lost' });
  expect(world.reads).toEqual([]);
  expect(world.story).toEqual([]);
});

it('a run that one process died of goes on as usual', async () => {
  const world = new World(planOf({ w: 'test.write' }, ['t>w']));
  world.row.losses = 1;
  world.alone = () => Promise.reject(new Error('it must not be used'));
  expect(await world.drive()).toEqual(ended('succeeded'));
  expect(world.sent).toHaveLength(1);
});
