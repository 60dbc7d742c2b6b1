import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newId, type WorkspaceId } from '@millwright/core';
import { createLogger } from '@millwright/platform';
import { createActivities, createRemoteActivities } from '@millwright/temporal-activities';
import { createDataConverter, createRunStarter, EagerStarts, type RunStarter } from '@millwright/temporal-client';
import type { RunGraphInput } from '@millwright/temporal-protocol';
import type { RunNodeInput, RunState, SegmentInput, SegmentResult } from '@millwright/workflow';
import type { NativeConnection } from '@temporalio/worker';
import { expect } from 'vitest';
import { connectTemporal } from '../connect.ts';
import { createWorkers, type Workers } from '../create-workers.ts';

/** Temporal’s namespace. */
export const NAMESPACE = 'millwright';
/** Text that must not be readable anywhere. */
export const CANARY = 'canary-7d1f-plaintext';
/** Whose runs they are. */
export const workspaceId: WorkspaceId = newId('workspace');
/** Key of every workspace. */
export const key = randomBytes(32);
/** Keys of workspaces. */
export const keys = { keyIdFor: async (workspace: string) => `key_${workspace}`, keyFor: async () => key };
/** Errors only. */
export const log = createLogger({ level: 'error', name: 'tests' });
/** Of the queues of this file. */
export const prefix = `t${randomBytes(4).toString('hex')}-`;

interface Call {
  readonly input: SegmentInput;
  readonly first: boolean;
}

/** Scripts of runs by id: what each segment does. */
export const scripts = new Map<string, (call: Call, count: number) => Promise<SegmentResult> | SegmentResult>();
const calls = new Map<string, Call[]>();
/** What remote calls of runs do, by id. */
export const remote = new Map<string, (input: RunNodeInput) => Promise<void>>();
/** Segments of a run that were asked for. */
export const callsOf = (runId: string): readonly Call[] => calls.get(runId) ?? [];

/** Does what the scripts say. */
export const executor = {
  runSegment: async (input: SegmentInput, options?: { readonly first?: boolean }): Promise<SegmentResult> => {
    const { runId } = input.header;
    const call = { input, first: options?.first === true };
    calls.set(runId, [...callsOf(runId), call]);
    const script = scripts.get(runId);
    return script === undefined ? { kind: 'ended', status: 'succeeded' } : script(call, callsOf(runId).length);
  },
};

/** What is there while tests run. */
interface Hosting {
  readonly connection: NativeConnection;
  readonly workers: Workers;
  readonly starter: RunStarter;
  readonly cacheDir: string;
}

let here: Hosting | undefined;

/** What is there. @throws Error outside of tests */
export function hosting(): Hosting {
  if (here === undefined) throw new Error('nothing is hosted yet');
  return here;
}

/** Starts of this process. */
export const eagerStarts = new EagerStarts({ nowMs: () => Date.now(), monotonicMs: () => performance.now() });

/** What a run is started with. */
export function runInput(patch: Partial<RunGraphInput> = {}): RunGraphInput {
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

/** A state with nothing in it. */
export function stateOf(timeMs: number, seq = 1): RunState {
  return { v: 1, seq, timeMs, startedAtMs: timeMs, active: [], arrivals: {}, counts: {}, outputs: {}, total: 0 };
}

/** Asks until something is there, at most 30 s. */
export async function eventually<T>(probe: () => T | Promise<T>, isThere: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const seen = await probe();
    if (isThere(seen) || tries > 600) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** How a run ended on Temporal. */
export async function endOf(runId: string): Promise<string | undefined> {
  return (
    await eventually(
      () => hosting().starter.describe(runId),
      (seen) => seen !== null && seen.status !== 'running',
    )
  )?.status;
}

/** Starts a run. @returns its id */
export async function start(input: RunGraphInput): Promise<string> {
  expect(await hosting().starter.start(input, { deadlineMs: 20_000 })).toMatchObject({ started: true });
  return input.header.runId;
}

/** What Temporal stores of a run, as it stores it. */
export async function rawHistory(workflowId: string): Promise<{ readonly types: readonly number[]; readonly text: string }> {
  const { history } = await hosting().connection.workflowService.getWorkflowExecutionHistory({
    namespace: NAMESPACE,
    execution: { workflowId },
  });
  const parts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') parts.push(value);
    else if (value instanceof Uint8Array) parts.push(Buffer.from(value).toString('latin1'));
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) collect(inner);
  };
  collect(history);
  return { types: (history?.events ?? []).map((event) => Number(event.eventType)), text: parts.join('\n') };
}

/** Workers that host the runs of a test file. @param address of Temporal */
export async function startHosting(address: string): Promise<void> {
  const cacheDir = await mkdtemp(path.join(tmpdir(), 'millwright-worker-'));
  const connection = await connectTemporal(address, log);
  const dataConverter = createDataConverter(keys);
  const starter = createRunStarter({
    connection,
    namespace: NAMESPACE,
    queue: `${prefix}rt`,
    dataConverter,
    eagerStarts,
    deadlineMs: 20_000,
  });
  const activities = createActivities({ executor, eagerStarts });
  const workers = await createWorkers({
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
  here = { connection, workers, starter, cacheDir };
}

/** Ends them. */
export async function stopHosting(): Promise<void> {
  await here?.workers.shutdown();
  await here?.connection.close();
  if (here !== undefined) await rm(here.cacheDir, { recursive: true, force: true });
}
