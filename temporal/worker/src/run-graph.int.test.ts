import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvariantError, newId, TransientError, type WorkspaceId } from '@millwright/core';
import { createLogger } from '@millwright/platform';
import { createActivities, createRemoteActivities } from '@millwright/temporal-activities';
import { createDataConverter, createRunStarter, EagerStarts, type RunStarter } from '@millwright/temporal-client';
import type { RunGraphInput } from '@millwright/temporal-protocol';
import type { RunNodeInput, RunState, SegmentInput, SegmentResult } from '@millwright/workflow';
import type { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectTemporal } from './connect.ts';
import { createWorkers, type Workers } from './create-workers.ts';

const NAMESPACE = 'millwright';
const CANARY = 'canary-7d1f-plaintext';
const workspaceId: WorkspaceId = newId('workspace');
const key = randomBytes(32);
const keys = { keyIdFor: async (workspace: string) => `key_${workspace}`, keyFor: async () => key };
const log = createLogger({ level: 'error', name: 'tests' });
const prefix = `t${randomBytes(4).toString('hex')}-`;

interface Call {
  readonly input: SegmentInput;
  readonly first: boolean;
}

/** Scripts of runs by id: what each segment does. */
const scripts = new Map<string, (call: Call, count: number) => Promise<SegmentResult> | SegmentResult>();
const calls = new Map<string, Call[]>();
/** What remote calls of runs do, by id. */
const remote = new Map<string, (input: RunNodeInput) => Promise<void>>();
const callsOf = (runId: string): readonly Call[] => calls.get(runId) ?? [];

const executor = {
  runSegment: async (input: SegmentInput, options?: { readonly first?: boolean }): Promise<SegmentResult> => {
    const { runId } = input.header;
    const call = { input, first: options?.first === true };
    calls.set(runId, [...callsOf(runId), call]);
    const script = scripts.get(runId);
    return script === undefined ? { kind: 'ended', status: 'succeeded' } : script(call, callsOf(runId).length);
  },
};

let connection: NativeConnection;
let workers: Workers;
let starter: RunStarter;
let cacheDir: string;
const eagerStarts = new EagerStarts({ nowMs: () => Date.now(), monotonicMs: () => performance.now() });

function runInput(patch: Partial<RunGraphInput> = {}): RunGraphInput {
  return {
    v: 1,
    header: {
      workspaceId,
      runId: newId('run'),
      workflowId: newId('workflow'),
      workflowName: CANARY,
      versionId: newId('version'),
      planHash: 'p',
      triggerNodeId: 'hook',
      mode: 'webhook',
      originDay: '2026-11-21',
      startedAtMs: Date.now(),
      save: 'all',
      reply: 'end',
    },
    skeleton: { engineVersion: 1, planHash: 'p', order: 'parallel', timeoutMs: null, nodes: [] },
    trigger: { id: 'hook:0:main', count: 1, sizeBytes: 50, inline: [{ json: { text: CANARY.repeat(100) } }] },
    ...patch,
  };
}

function stateOf(timeMs: number, seq = 1): RunState {
  return { v: 1, seq, timeMs, startedAtMs: timeMs, active: [], arrivals: {}, counts: {}, outputs: {}, total: 0 };
}

async function eventually<T>(probe: () => T | Promise<T>, isThere: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const seen = await probe();
    if (isThere(seen) || tries > 600) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function endOf(runId: string): Promise<string | undefined> {
  return (
    await eventually(
      () => starter.describe(runId),
      (seen) => seen !== null && seen.status !== 'running',
    )
  )?.status;
}

async function start(input: RunGraphInput): Promise<string> {
  expect(await starter.start(input, { deadlineMs: 20_000 })).toMatchObject({ started: true });
  return input.header.runId;
}

async function rawHistory(workflowId: string): Promise<{ readonly types: readonly number[]; readonly text: string }> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({ namespace: NAMESPACE, execution: { workflowId } });
  const parts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') parts.push(value);
    else if (value instanceof Uint8Array) parts.push(Buffer.from(value).toString('latin1'));
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) collect(inner);
  };
  collect(history);
  return { types: (history?.events ?? []).map((event) => Number(event.eventType)), text: parts.join('\n') };
}

beforeAll(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'millwright-worker-'));
  connection = await connectTemporal(inject('temporalAddress'), log);
  const dataConverter = createDataConverter(keys);
  starter = createRunStarter({ connection, namespace: NAMESPACE, queue: `${prefix}rt`, dataConverter, eagerStarts, deadlineMs: 20_000 });
  const activities = createActivities({ executor, eagerStarts });
  workers = await createWorkers({
    connection,
    namespace: NAMESPACE,
    queues: ['rt', 'bg', 'fx'],
    queuePrefix: prefix,
    activities,
    remoteActivities: createRemoteActivities({ runNode: async (input) => remote.get(input.header.runId)?.(input) }),
    dataConverter,
    cacheDir,
    log,
  });
});

afterAll(async () => {
  await workers?.shutdown();
  await connection?.close();
  await rm(cacheDir, { recursive: true, force: true });
});

describe.concurrent('runGraph', { timeout: 180_000 }, () => {
  it('a run ends with its first segment, which knows that it is the first', async () => {
    const runId = await start(runInput());
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId)).toHaveLength(1);
    expect(callsOf(runId)[0]).toMatchObject({ first: true, input: { segment: 1, state: null } });
  });

  it('a duplicate start is told so, while the run is open and after it ended', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (_call, count) =>
      count === 1 ? { kind: 'waiting', state: stateOf(0), untilMs: null } : { kind: 'ended', status: 'failed' },
    );
    await start(input);
    expect(await starter.start(input)).toEqual({ duplicate: true });
    await eventually(
      () => callsOf(input.header.runId).length,
      (count) => count === 1,
    );
    expect(await starter.wake(input.header.runId)).toBe(true);
    expect(await endOf(input.header.runId)).toBe('completed');
    expect(await starter.start(input)).toEqual({ duplicate: true });
    expect(await starter.wake(input.header.runId)).toBe(false);
  });

  it('a waiting run goes on at its time, with its state, its segment number and a later time', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (call, count) =>
      count === 1
        ? { kind: 'waiting', state: stateOf(call.input.openedAtMs, 7), untilMs: call.input.openedAtMs + 300 }
        : { kind: 'ended', status: 'succeeded' },
    );
    const runId = await start(input);
    expect(await endOf(runId)).toBe('completed');
    const [first, second] = callsOf(runId);
    expect(second).toMatchObject({ first: false, input: { segment: 2, state: { seq: 7 } } });
    expect(second?.input.openedAtMs).toBeGreaterThanOrEqual((first?.input.openedAtMs ?? 0) + 300);
  });

  it('a wake-up ends a wait for a time that is far away', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (_call, count) =>
      count === 1 ? { kind: 'waiting', state: stateOf(0), untilMs: Date.now() + 86_400_000 } : { kind: 'ended', status: 'canceled' },
    );
    const runId = await start(input);
    await eventually(
      async () => (await rawHistory(runId)).types,
      (types) => types.includes(17),
    );
    await starter.wake(runId);
    expect(await endOf(runId)).toBe('completed');
  });

  it('two segments never share a workflow task, also with a full quota', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (_call, count) => {
      if (count <= 2) return { kind: 'more', state: stateOf(0, count) };
      return count === 3 ? { kind: 'capacity', untilMs: 0 } : { kind: 'ended', status: 'succeeded' };
    });
    const runId = await start(input);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId).map((call) => call.input.state?.seq ?? null)).toEqual([null, 1, 2, 2]);
    const { types } = await rawHistory(runId);
    const markers = types.filter((type) => type === 25).length;
    const completed = types.filter((type) => type === 7).length;
    expect(markers).toBe(4);
    expect(completed).toBeGreaterThanOrEqual(4);
  });

  it('a wake-up during a segment opens another one', async () => {
    const input = runInput();
    const { runId } = input.header;
    scripts.set(runId, async (_call, count) => {
      if (count === 1) {
        await starter.wake(runId);
        return { kind: 'waiting', state: stateOf(0), untilMs: null };
      }
      return count > 2 || callsOf(runId).at(-1)?.input.segment === 2
        ? { kind: 'ended', status: 'succeeded' }
        : { kind: 'waiting', state: stateOf(0), untilMs: null };
    });
    await start(input);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId).at(-1)?.input.segment).toBe(2);
  });

  it('a wake-up during the last segment makes the server refuse the end: the same segment is asked again, and the run ends', async () => {
    const input = runInput();
    const { runId } = input.header;
    scripts.set(runId, async (_call, count) => {
      if (count === 1) await starter.wake(runId);
      return { kind: 'ended', status: 'succeeded' };
    });
    await start(input);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId).length).toBeGreaterThan(1);
    expect(callsOf(runId).map((call) => [call.input.segment, call.input.state])).toEqual(callsOf(runId).map(() => [1, null]));
  });

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
    await starter.wake(runId);
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

  it('a long history continues as a new one, with state and segment number, and loses no wake-up', async () => {
    const input = runInput();
    const { runId } = input.header;
    let isOver = false;
    scripts.set(runId, (call) =>
      isOver
        ? { kind: 'ended', status: 'succeeded' }
        : { kind: 'waiting', state: stateOf(0, (call.input.state?.seq ?? 0) + 1), untilMs: null },
    );
    await start(input);
    const isContinued = async (): Promise<boolean> => {
      const { history } = await connection.workflowService.getWorkflowExecutionHistory({
        namespace: NAMESPACE,
        execution: { workflowId: runId },
        maximumPageSize: 1,
      });
      return (history?.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '') !== '';
    };
    for (let signals = 0; signals < 3000 && (signals % 50 !== 0 || !(await isContinued())); signals++) {
      await connection.workflowService.signalWorkflowExecution({
        namespace: NAMESPACE,
        workflowExecution: { workflowId: runId },
        signalName: 'wake',
      });
    }
    expect(await isContinued()).toBe(true);
    isOver = true;
    const count = callsOf(runId).length;
    await starter.wake(runId);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId).length).toBeGreaterThan(count);
    // A segment may be run again under its number; numbers and states never go back.
    const seen = callsOf(runId).map((call) => [call.input.segment, call.input.state?.seq ?? 0] as const);
    for (const [index, [segment, seq]] of seen.entries()) {
      expect(seq).toBe(segment - 1);
      expect(segment).toBeGreaterThanOrEqual(seen[index - 1]?.[0] ?? 1);
    }
    expect(callsOf(runId).filter((call) => call.first)).toHaveLength(1);
  });

  it("Temporal's own cancel aborts nothing", async () => {
    const input = runInput();
    scripts.set(input.header.runId, (_call, count) =>
      count === 1 ? { kind: 'waiting', state: stateOf(0), untilMs: Date.now() + 500 } : { kind: 'ended', status: 'succeeded' },
    );
    const runId = await start(input);
    await connection.workflowService.requestCancelWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: runId } });
    expect(await endOf(runId)).toBe('completed');
  });

  it('nothing of a run is readable in its history, and what was written reads back', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (call, count) => {
      if (count === 1) return { kind: 'waiting', state: { ...stateOf(0), counts: { [CANARY]: 1 } }, untilMs: 0 };
      return { kind: 'ended', status: call.input.state?.counts[CANARY] === 1 ? 'succeeded' : 'failed' };
    });
    const runId = await start(input);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId)[1]?.input.trigger).toEqual(input.trigger);
    const { text } = await rawHistory(runId);
    expect(text).toContain(`key_${workspaceId}`);
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain('workflowName');
  });

  it('runs of two workspaces, hosted side by side, never share a key', async () => {
    const inputs = Array.from({ length: 10 }, () => {
      const input = runInput();
      const own = { ...input, header: { ...input.header, workspaceId: newId('workspace') } };
      scripts.set(own.header.runId, (_call, count) => {
        if (count === 1) return { kind: 'waiting', state: stateOf(0), untilMs: 0 };
        throw new InvariantError({ code: 'bug', message: CANARY });
      });
      return own;
    });
    await Promise.all(inputs.map((input) => start(input)));
    for (const { header } of inputs) {
      expect(await endOf(header.runId)).toBe('failed');
      const named = (await rawHistory(header.runId)).text.match(/key_ws_[0-9a-z]+/g) ?? [];
      expect(new Set(named)).toEqual(new Set([`key_${header.workspaceId}`]));
      // Input, segment's two inputs, its answer, its failure, and the run's failure.
      expect(named.length).toBeGreaterThanOrEqual(5);
    }
  });

  it('terminate ends it without asking', async () => {
    const input = runInput();
    scripts.set(input.header.runId, () => ({ kind: 'waiting', state: stateOf(0), untilMs: null }));
    const runId = await start(input);
    await eventually(
      () => callsOf(runId).length,
      (count) => count === 1,
    );
    expect(await starter.terminate(runId, 'test')).toBe(true);
    expect(await endOf(runId)).toBe('terminated');
    expect(await starter.terminate(runId, 'test')).toBe(false);
    expect(await starter.describe(newId('run'))).toBeNull();
  });

  it('an address where no Temporal is says so', async () => {
    await expect(connectTemporal('127.0.0.1:1', log)).rejects.toMatchObject({ code: 'temporal_unavailable' });
  });

  it('a killed worker loses nothing: another one runs the same segment, which is not a first one', async () => {
    const other = `${prefix}k-`;
    const fixture = fileURLToPath(new URL('./held-worker.fixture.ts', import.meta.url));
    const child = spawn(process.execPath, [fixture, inject('temporalAddress'), NAMESPACE, other, cacheDir, key.toString('hex')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    await eventually(
      () => said,
      (text) => text.includes('ready'),
    );
    const dataConverter = createDataConverter(keys);
    const remote = createRunStarter({ connection, namespace: NAMESPACE, queue: `${other}rt`, dataConverter, deadlineMs: 20_000 });
    const input = runInput();
    await remote.start(input);
    await eventually(
      () => said,
      (text) => text.includes('segment'),
    );
    child.kill('SIGKILL');
    const second = await createWorkers({
      connection,
      namespace: NAMESPACE,
      queues: ['rt'],
      queuePrefix: other,
      activities: createActivities({ executor, eagerStarts }),
      dataConverter,
      cacheDir,
      log,
    });
    expect(await endOf(input.header.runId)).toBe('completed');
    expect(callsOf(input.header.runId)).toMatchObject([{ first: false, input: { segment: 1 } }]);
    await second.shutdown();
  });
});
