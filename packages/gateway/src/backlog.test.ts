import { TransientError } from '@millwright/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Backlog, type BacklogLimits } from './backlog.ts';
import type { RunStart } from './ports.ts';

const log = { warn: () => undefined, error: () => undefined };

/** A delivery as far as a backlog looks at it. */
function delivery(runId: string, workspaceId = 'ws_a', sizeBytes = 10): RunStart {
  return { header: { runId, workspaceId }, skeleton: {}, trigger: { id: 't', count: 1, sizeBytes } } as unknown as RunStart;
}

/** A backlog over a disk and a Temporal that are written down here. */
function backlogOf(limits: Partial<BacklogLimits> = {}) {
  const world = {
    open: 0,
    waiting: 0,
    slow: 0,
    isAway: false,
    started: [] as string[],
    disk: new Map<string, RunStart>(),
    onStart: () => undefined as unknown,
  };
  const backlog = new Backlog(
    {
      log,
      deliveries: {
        find: async () => null,
        storePending: async (start) => {
          const known = [...world.disk.values()].find(({ header }) => header.runId === start.header.runId);
          world.disk.set(start.header.runId, start);
          return known === undefined ? start.header.runId : ('run_first' as never);
        },
        listPending: async ({ limit }) => [...world.disk.values()].slice(0, limit),
        markStarted: async ({ header }) => void world.disk.delete(header.runId),
      },
      starter: {
        start: async ({ header }) => {
          if (world.isAway) throw new TransientError({ code: 'temporal_unavailable', message: 'away' });
          if (world.started.includes(header.runId)) return 'duplicate';
          world.started.push(header.runId);
          world.onStart();
          return 'started';
        },
      },
    },
    { runs: () => ({ open: world.open, quick: world.open - world.slow, busy: world.open - world.waiting }) },
    limits,
  );
  return { backlog, world };
}

describe('the backlog', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('starts what is kept, the oldest first, as soon as fewer runs are open', async () => {
    const { backlog, world } = backlogOf({ busyRuns: 2 });
    world.open = 2;
    expect(backlog.isBehind('ws_a')).toBe(true);
    for (const runId of ['run_1', 'run_2', 'run_3']) expect(await backlog.keep(delivery(runId))).toBe(runId);
    await vi.advanceTimersByTimeAsync(100);
    expect(world.started).toEqual([]);
    world.onStart = () => (world.open += 1);
    world.open = 1;
    await vi.advanceTimersByTimeAsync(20);
    expect(world.started).toEqual(['run_1']);
    world.open = 0;
    await vi.advanceTimersByTimeAsync(20);
    expect(world.started).toEqual(['run_1', 'run_2', 'run_3']);
    expect(backlog.isBehind('ws_b')).toBe(world.open >= 2);
  });

  it('is not held up by what a slow service holds, however many met it before it was known to be slow', async () => {
    const { backlog, world } = backlogOf({ openRuns: 1_000 });
    Object.assign(world, { open: 300, waiting: 300 });
    await backlog.keep(delivery('run_1'));
    await vi.advanceTimersByTimeAsync(100);
    expect([backlog.isBehind('ws_b'), world.started]).toEqual([true, []]);
    Object.assign(world, { slow: 45 });
    await vi.advanceTimersByTimeAsync(20);
    expect([backlog.isBehind('ws_b'), world.started]).toEqual([false, ['run_1']]);
  });

  it('is not held up by runs that wait for a slow service, until too many are open', async () => {
    const { backlog, world } = backlogOf({ busyRuns: 2, openRuns: 10 });
    Object.assign(world, { open: 9, waiting: 8 });
    expect(backlog.isBehind('ws_a')).toBe(false);
    Object.assign(world, { open: 10, waiting: 10 });
    expect(backlog.isBehind('ws_a')).toBe(true);
    await backlog.keep(delivery('run_1'));
    await vi.advanceTimersByTimeAsync(100);
    expect(world.started).toEqual([]);
    Object.assign(world, { open: 9, waiting: 9 });
    await vi.advanceTimersByTimeAsync(20);
    expect(world.started).toEqual(['run_1']);
  });

  it('gives workspaces their turns, so that a flood of one delays no other by more than its own number', async () => {
    const { backlog, world } = backlogOf({ busyRuns: 1 });
    world.open = 1;
    for (let n = 0; n < 50; n++) await backlog.keep(delivery(`run_a${n}`, 'ws_a'));
    await backlog.keep(delivery('run_b', 'ws_b'));
    world.open = 0;
    await vi.advanceTimersByTimeAsync(100);
    expect(world.started.slice(0, 3)).toEqual(['run_a0', 'run_b', 'run_a1']);
    expect(world.started).toHaveLength(51);
  });

  it('has no room beyond its bounds, nor one workspace beyond its own', async () => {
    const { backlog, world } = backlogOf({ deliveries: 3, ofWorkspace: 2, bytes: 100, busyRuns: 0 });
    expect(backlog.hasRoom('ws_a')).toBe(true);
    await backlog.keep(delivery('run_1'));
    await backlog.keep(delivery('run_2'));
    expect([backlog.hasRoom('ws_a'), backlog.hasRoom('ws_b')]).toEqual([false, true]);
    await backlog.keep(delivery('run_3', 'ws_b', 90));
    expect([backlog.hasRoom('ws_b'), backlog.hasRoom('ws_c')]).toEqual([false, false]);
    expect(world.disk.size).toBe(3);
  });

  it('keeps the place of what could not be started while runs are open: what it holds stays within its bounds', async () => {
    const { backlog, world } = backlogOf({ deliveries: 2 });
    world.open = 3;
    world.isAway = true;
    await backlog.keep(delivery('run_1'));
    await backlog.keep(delivery('run_2'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(backlog.hasRoom('ws_a')).toBe(false);
    world.isAway = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(world.started.toSorted()).toEqual(['run_1', 'run_2']);
    expect(backlog.hasRoom('ws_a')).toBe(true);
  });

  it('keeps a repeated delivery once', async () => {
    const { backlog, world } = backlogOf();
    expect(await backlog.keep(delivery('run_1'))).toBe('run_1');
    expect(await backlog.keep(delivery('run_1'))).toBe('run_first');
    await vi.advanceTimersByTimeAsync(20);
    expect(world.started).toEqual(['run_1']);
  });

  it('starts what a dead process has kept, and what could not be started while Temporal was away; each once', async () => {
    const { backlog, world } = backlogOf();
    world.isAway = true;
    world.disk.set('run_old', delivery('run_old'));
    backlog.start();
    await backlog.keep(delivery('run_new'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(world.started).toEqual([]);
    world.isAway = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(world.started.toSorted()).toEqual(['run_new', 'run_old']);
    expect(world.disk.size).toBe(0);
    await backlog.stop();
  });
});
