import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { InvariantError, TransientError } from '@millwright/core';
import { createActivities } from '@millwright/temporal-activities';
import { createDataConverter, createRunStarter } from '@millwright/temporal-client';
import type { RunNodeInput } from '@millwright/workflow';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectTemporal } from './connect.ts';
import { createWorkers } from './create-workers.ts';
import {
  CANARY,
  callsOf,
  endOf,
  eagerStarts,
  eventually,
  executor,
  hosting,
  key,
  keys,
  log,
  NAMESPACE,
  prefix,
  rawHistory,
  remote,
  runInput,
  scripts,
  start,
  startHosting,
  stateOf,
  stopHosting,
} from './testing/hosted-runs.ts';

beforeAll(() => startHosting(inject('temporalAddress')));
afterAll(stopHosting);

describe.concurrent('runGraph and what it calls', { timeout: 180_000 }, () => {
  it('calls that are out are started once, beside each other; the end of one opens a segment that is told of it', async () => {
    const input = runInput();
    const { runId } = input.header;
    const out = [0, 1].map((itemIndex) => ({ nodeId: 'n', runIndex: 0, itemIndex, attempt: 1 }));
    const made: RunNodeInput[] = [];
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    remote.set(runId, async (given) => {
      made.push(given);
      await (given.call.itemIndex === 0 ? first : second).promise;
      if (given.call.itemIndex === 1) throw new InvariantError({ code: 'bug', message: CANARY });
    });
    const active = ['n', 'other'].map((nodeId) => ({ nodeId, runIndex: 0, status: 'running' as const, inputs: {}, attempt: 1, atMs: 0 }));
    scripts.set(runId, ({ input: { remoteOver = [] } }) => {
      if (remoteOver.some(({ itemIndex }) => itemIndex === 1)) return { kind: 'ended', status: 'succeeded' };
      return { kind: 'waiting', state: { ...stateOf(0), active }, untilMs: null, remote: remoteOver.length === 0 ? out : out.slice(1) };
    });
    await start(input);
    await eventually(
      () => made.length,
      (count) => count === 2,
    );
    first.resolve();
    await eventually(
      () => callsOf(runId).length,
      (count) => count === 2,
    );
    // A call of no use to it opens a segment, and starts nothing again.
    await hosting().starter.wake(runId);
    await eventually(
      () => callsOf(runId).length,
      (count) => count >= 3,
    );
    second.resolve();
    expect(await endOf(runId)).toBe('completed');
    expect(new Set(made.map((given) => given.call.itemIndex))).toEqual(new Set([0, 1]));
    expect(made).toHaveLength(2);
    expect(made[0]?.state.active).toEqual([active[0]]);
    expect(callsOf(runId)[1]?.input.remoteOver).toEqual([out[0]]);
    expect(callsOf(runId).at(-1)?.input.remoteOver).toEqual([out[1]]);
    expect((await rawHistory(runId)).text).not.toContain(CANARY);
  });

  it('one of our own services away is tried again; a bug of ours is not', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (_call, count) => {
      if (count < 3) throw new TransientError({ code: 'database_unavailable', message: CANARY });
      return { kind: 'ended', status: 'succeeded' };
    });
    const runId = await start(input);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId).map((call) => call.input.segment)).toEqual([1, 1, 1]);

    const broken = runInput();
    scripts.set(broken.header.runId, () => {
      throw new InvariantError({ code: 'bug', message: CANARY });
    });
    await start(broken);
    expect(await endOf(broken.header.runId)).toBe('failed');
    expect((await rawHistory(broken.header.runId)).text).not.toContain(CANARY);
  });

  it('an address where no Temporal is says so', async () => {
    await expect(connectTemporal('127.0.0.1:1', log)).rejects.toMatchObject({ code: 'temporal_unavailable' });
  });

  it('a killed worker loses nothing: another one runs the same segment, which is not a first one', async () => {
    const other = `${prefix}k-`;
    const fixture = fileURLToPath(new URL('./held-worker.fixture.ts', import.meta.url));
    const child = spawn(process.execPath, [fixture, inject('temporalAddress'), NAMESPACE, other, hosting().cacheDir, key.toString('hex')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    await eventually(
      () => said,
      (text) => text.includes('ready'),
    );
    const dataConverter = createDataConverter(keys);
    const remote = createRunStarter({
      connection: hosting().connection,
      namespace: NAMESPACE,
      queue: `${other}rt`,
      dataConverter,
      deadlineMs: 20_000,
    });
    const input = runInput();
    await remote.start(input);
    await eventually(
      () => said,
      (text) => text.includes('segment'),
    );
    child.kill('SIGKILL');
    const second = await createWorkers({
      connection: hosting().connection,
      namespace: NAMESPACE,
      queues: ['rt'],
      queuePrefix: other,
      activities: createActivities({ executor, eagerStarts }),
      dataConverter,
      cacheDir: hosting().cacheDir,
      log,
    });
    expect(await endOf(input.header.runId)).toBe('completed');
    expect(callsOf(input.header.runId)).toMatchObject([{ first: false, input: { segment: 1 } }]);
    await second.shutdown();
  });
});
