import { InvariantError, messageOf } from '@millwright/core';
import type { Logger } from '@millwright/platform';
import { taskQueue, type QueueName, type RemoteActivities, type RunActivities } from '@millwright/temporal-protocol';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { loadWorkflowBundle } from './bundle.ts';
import type { Build } from './deployment.ts';
import { pinned, queueSettings, REMOTE_SETTINGS } from './settings.ts';
import { withPlainVm } from './workflow-vm.ts';

/** How workers are made. */
export interface WorkersOptions {
  /** From `connectTemporal`; the starter uses the same. */
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly queues: readonly QueueName[];
  /** Before each queue's name: tests side by side. Default none. */
  readonly queuePrefix?: string;
  /** `createActivities(…)`. */
  readonly activities: RunActivities;
  /** `createRemoteActivities(…)`: needed where `queues` has `fx`. */
  readonly remoteActivities?: RemoteActivities;
  /** `createDataConverter(keys)`, the same as the starter's. */
  readonly dataConverter: NonNullable<WorkerOptions['dataConverter']>;
  /** Folder for the workflow bundle, below the data folder. */
  readonly cacheDir: string;
  /** The build that they belong to, where several run side by side: runs stay with the one that began them. Absent: only one runs at a time. */
  readonly build?: Build | undefined;
  readonly log: Logger;
}

/** The workers of a process, polling since they were made. */
export interface Workers {
  /** Resolves after `shutdown`; rejects when a worker failed for good: the process should end then and be restarted. */
  readonly stopped: Promise<void>;
  /** Takes no new work and lets what is in flight finish for 8 s. Never rejects; may be called again. */
  readonly shutdown: () => Promise<void>;
}

async function createWorker(options: WorkersOptions, name: QueueName, code: string): Promise<Worker> {
  const { connection, namespace, dataConverter, remoteActivities } = options;
  const shared = { connection, namespace, dataConverter, taskQueue: taskQueue(name, options.queuePrefix), ...pinned(options.build) };
  if (name !== 'fx') return Worker.create({ ...queueSettings(name), ...shared, workflowBundle: { code }, activities: options.activities });
  if (remoteActivities === undefined) throw new InvariantError({ code: 'no_remote_activities', message: 'queue fx has no activities' });
  return Worker.create({ ...REMOTE_SETTINGS, ...shared, activities: remoteActivities });
}

/**
 * Makes and starts one worker per queue.
 * @throws when Temporal is away or the namespace does not exist
 */
export async function createWorkers(options: WorkersOptions): Promise<Workers> {
  const code = await loadWorkflowBundle(options.cacheDir, options.log);
  const workers = await withPlainVm(() => Promise.all(options.queues.map((name) => createWorker(options, name, code))));
  const stopAll = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  let isStopping = false;
  const runs = workers.map((worker) =>
    worker.run().catch((failure: unknown) => {
      stopAll();
      // After the grace time what is still out is left to Temporal, which hands it to another process.
      if (!isStopping) throw failure;
      options.log.warn({ detail: messageOf(failure) }, 'worker stopped with work in flight');
    }),
  );
  const stopped = Promise.all(runs).then(() => undefined);
  stopped.catch(() => undefined);
  return {
    stopped,
    shutdown: async () => {
      isStopping = true;
      stopAll();
      await stopped.catch(() => undefined);
    },
  };
}
