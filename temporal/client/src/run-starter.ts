import { systemClock, type Clock } from '@millwright/core';
import { RUN_GRAPH, WAKE_SIGNAL, type RunGraphInput } from '@millwright/temporal-protocol';
import { Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type ConnectionLike } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { EagerStarts } from './eager-starts.ts';
import { temporalUnavailable, toClientError } from './errors.ts';
import { priorityOf } from './run-options.ts';
import { Wakes } from './wakes.ts';

/** How a starter is made. */
export interface RunStarterOptions {
  /** The worker's own `NativeConnection`: eager start needs the same object. Any other works without it. */
  readonly connection: ConnectionLike;
  readonly namespace: string;
  /** Task queue that runs start on: `taskQueue('rt', prefix)`. */
  readonly queue: string;
  /** `createDataConverter(keys)`, the same as the worker's. */
  readonly dataConverter: DataConverter;
  /** Shared with `createActivities`. Absent: starts are not eager, for processes without a worker. */
  readonly eagerStarts?: EagerStarts;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Ms until Temporal counts as away. Default 3000: callers wait for it. */
  readonly deadlineMs?: number;
}

/** What Temporal knows of a run; the truth about its end is the row in Postgres. */
export interface RunDescription {
  readonly status: 'running' | 'completed' | 'failed' | 'canceled' | 'terminated' | 'timedOut';
  /** Events in its current history. */
  readonly historyLength: number;
}

/** A run is on disk. */
export interface Started {
  readonly started: true;
  /** Its first workflow task came with the answer: the run is in this process. */
  readonly isHere: boolean;
}

/** How one run is started. */
export interface StartOptions {
  readonly deadlineMs?: number;
  /** False: whoever polls may take it, not this process before others. Default true. */
  readonly isEager?: boolean;
}

/** Start, wake, describe, terminate: all that apps do with Temporal. Every method throws `TransientError` `temporal_unavailable` within the deadline. */
export interface RunStarter {
  /** Starts a run once: it is on disk when this resolves. `duplicate` when its id was ever started. */
  readonly start: (input: RunGraphInput, options?: StartOptions) => Promise<Started | { readonly duplicate: true }>;
  /** Tells a run that something was decided. At most one per second leaves; false when the run is over. */
  readonly wake: (runId: string) => Promise<boolean>;
  /** Null when Temporal does not know it (any more). */
  readonly describe: (runId: string) => Promise<RunDescription | null>;
  /** Ends the Temporal workflow without asking it; the row in Postgres is ended first, by the caller. False when it is over. */
  readonly terminate: (runId: string, reason: string) => Promise<boolean>;
}

const DEFAULT_DEADLINE_MS = 3000;

const STATUSES: Readonly<Record<string, RunDescription['status']>> = {
  RUNNING: 'running',
  PAUSED: 'running',
  CONTINUED_AS_NEW: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'canceled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timedOut',
};

/** A call to Temporal with its deadline, its errors in our words, and `gone` where the run is over or unknown. */
type Call = <T>(work: () => Promise<T>, gone?: { readonly value: T }, deadlineMs?: number) => Promise<T>;

function createCall(client: Client, defaultMs: number): Call {
  return async (work, gone, deadlineMs = defaultMs) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    // The native link tries again beyond the deadline that it is given (seen: 5.5 s for 3 s), and cannot be aborted.
    const timer = setTimeout(() => reject(temporalUnavailable({ deadlineMs })), deadlineMs);
    try {
      return await Promise.race([client.withDeadline(Date.now() + deadlineMs, work), late]);
    } catch (thrown) {
      if (gone !== undefined && thrown instanceof WorkflowNotFoundError) return gone.value;
      throw toClientError(thrown);
    } finally {
      clearTimeout(timer);
    }
  };
}

function createStart(options: RunStarterOptions, client: Client, call: Call): RunStarter['start'] {
  const { eagerStarts, queue } = options;
  const clock = options.clock ?? systemClock;
  return async (input, { deadlineMs, isEager = true } = {}) => {
    const since = clock.monotonicMs();
    const begin = async (): Promise<Started | { readonly duplicate: true }> => {
      try {
        const handle = await client.workflow.start(RUN_GRAPH, {
          workflowId: input.header.runId,
          taskQueue: queue,
          args: [input],
          requestEagerStart: isEager && eagerStarts !== undefined,
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          workflowTaskTimeout: '10 seconds',
          priority: priorityOf(input.header),
        });
        if (handle.eagerlyStarted) eagerStarts?.add(handle.firstExecutionRunId, since);
        return { started: true, isHere: handle.eagerlyStarted };
      } catch (thrown) {
        if (thrown instanceof WorkflowExecutionAlreadyStartedError) return { duplicate: true };
        throw thrown;
      }
    };
    return call(begin, undefined, deadlineMs);
  };
}

/** Makes the starter of a process. */
export function createRunStarter(options: RunStarterOptions): RunStarter {
  const { connection, namespace, dataConverter } = options;
  const client = new Client({ connection, namespace, dataConverter });
  const call = createCall(client, options.deadlineMs ?? DEFAULT_DEADLINE_MS);
  const signal = (runId: string): Promise<boolean> =>
    call(
      async () => {
        await client.workflow.getHandle(runId).signal(WAKE_SIGNAL);
        return true;
      },
      { value: false },
    );
  const wakes = new Wakes(signal, options.clock ?? systemClock);
  return {
    start: createStart(options, client, call),
    wake: (runId) => wakes.wake(runId),
    describe: (runId) =>
      call<RunDescription | null>(
        async () => {
          const found = await client.workflow.getHandle(runId).describe();
          return { status: STATUSES[found.status.name] ?? 'running', historyLength: found.historyLength };
        },
        { value: null },
      ),
    terminate: (runId, reason) =>
      call(
        async () => {
          await client.workflow.getHandle(runId).terminate(reason);
          return true;
        },
        { value: false },
      ),
  };
}
