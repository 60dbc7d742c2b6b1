import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { callOf, HAS_BWRAP, openRunner, outcomeOf } from './testing.ts';
import type { CodeRunner, CodeRunnerOptions } from './types.ts';

describe('the pool of processes', () => {
  let runner: CodeRunner | undefined;
  afterEach(async () => {
    await runner?.close();
    runner = undefined;
  });
  const open = async (options: Partial<CodeRunnerOptions> = {}): Promise<CodeRunner> => {
    runner = await openRunner({ bwrap: null, ...options });
    return runner;
  };

  it.each([
    ['are there before the first call', { spares: 2 }, 2],
    ['are not, where it is not kept warm,', { spares: 1, isWarm: false }, 0],
  ] as const)('spares belong to nobody, %s and new ones start for those that were taken', async (_what, options, before) => {
    const pool = await open(options);
    expect(pool.status()).toMatchObject({ processes: 0, spares: before });
    await pool.run(callOf('return []'));
    await turn();
    expect(pool.status()).toMatchObject({ processes: 1, spares: options.spares });
  });

  it('gives calls of one project one process as long as they come one after the other', async () => {
    const pool = await open({ spares: 0 });
    for (let count = 0; count < 5; count++) await pool.run(callOf('return []'));
    expect(pool.status().processes).toBe(1);
  });

  it(`replaces a process after ${LIMITS.calls} calls`, async () => {
    const pool = await open({ spares: 0 });
    for (let count = 0; count < LIMITS.calls - 1; count++) await pool.run(callOf('return []'));
    expect(pool.status().processes).toBe(1);
    await pool.run(callOf('return []'));
    expect(pool.status().processes).toBe(0);
    expect(await outcomeOf(pool, callOf('return []'))).toMatchObject({ result: { items: [] } });
  });

  it('lets no more run than it may, and everybody in turn', async () => {
    const pool = await open({ spares: 0, maxProcesses: 2 });
    const ended: string[] = [];
    const wait = 'await new Promise((done) => setTimeout(done, 300)); return []';
    const calls = [...Array.from({ length: 6 }, () => 'ws_many'), 'ws_few'].map(async (workspaceId) => {
      await pool.run(callOf(wait, { workspaceId }));
      ended.push(workspaceId);
    });
    expect(pool.status().processes).toBeLessThanOrEqual(2);
    await Promise.all(calls);
    expect(ended).toHaveLength(7);
    // Six came first, and the other workspace does not wait for all of them.
    expect(ended.indexOf('ws_few')).toBeLessThan(6);
    expect(pool.status().processes).toBeLessThanOrEqual(2);
  });

  it('a call that waits can be aborted', async () => {
    const pool = await open({ spares: 0, maxProcesses: 1 });
    const running = outcomeOf(pool, callOf('for (;;);', { timeoutMs: 1_000 }));
    const stop = new AbortController();
    const waiting = pool.run(callOf('return []', { signal: stop.signal }));
    stop.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    expect(await running).toMatchObject({ code: 'code_timeout' });
  });

  it('refuses after it was closed, and fails what runs', async () => {
    const pool = await open({ spares: 1 });
    const running = outcomeOf(pool, callOf('for (;;);'));
    await sleep(300);
    await pool.close();
    expect(await running).toMatchObject({ code: 'code_runner_lost' });
    expect(await outcomeOf(pool, callOf('return []'))).toMatchObject({ code: 'code_runner_lost' });
  });

  it.skipIf(!HAS_BWRAP)('leaves no process behind, not even of those that were still starting', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'millwright-mark-'));
    await mkdir(path.join(folder, 'node_modules'));
    const running = (): readonly string[] =>
      readdirSync('/proc').filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
        } catch {
          return false;
        }
      });
    for (const afterMs of [0, 1, 3, 5, 10, 20, 40]) {
      const pool = await openRunner({ spares: 3, packagesFolder: folder });
      await sleep(afterMs);
      await pool.close();
    }
    // The kernel takes a moment to clear away a namespace.
    for (let tries = 0; tries < 100 && running().length > 0; tries++) await sleep(50);
    expect(running()).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('a call may ask for another heap, and has a process with it', async () => {
    const pool = await open({ spares: 1 });
    const fill = callOf('const kept = []; for (let i = 0; i < 8e6; i++) kept.push({ i }); return { size: kept.length }', {
      timeoutMs: 60_000,
    });
    expect(await outcomeOf(pool, { ...fill, memoryMb: 32 })).toMatchObject({ code: 'code_out_of_memory' });
    expect(await outcomeOf(pool, { ...fill, memoryMb: 1024 })).toMatchObject({ result: { items: [{ json: { size: 8e6 } }] } });
  });

  it('refuses to start below the level that is asked for', async () => {
    await expect(openRunner({ bwrap: null, atLeast: 'L2' })).rejects.toMatchObject({ code: 'code_walls_too_low' });
  });

  it('falls to L1 where the launcher does not work', async () => {
    const pool = await open({ bwrap: '/bin/false', spares: 0 });
    expect(pool.status()).toMatchObject({ level: 'L1', python: false });
  });

  it.skipIf(!HAS_BWRAP)('is at L2 with bubblewrap', async () => {
    runner = await openRunner({ spares: 0 });
    expect(runner.status().level).toBe('L2');
  });
});
