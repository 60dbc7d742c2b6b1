import type { QueueName } from '@millwright/temporal-protocol';
import type { WorkerOptions } from '@temporalio/worker';
import type { Build } from './deployment.ts';

/**
 * Slots for what is out at a time. A slot costs nothing until it is used; too few and one customer's slow calls hold everybody
 * (with 200, 220 slow calls held a quick run for 18 s).
 */
const SLOTS: Readonly<Record<QueueName, number>> = { rt: 2000, bg: 2000, fx: 2000 };
/** Runs kept ready, waiting ones too: about 0.1 MB each. More than the slots, as a run with a segment out cannot be dropped. */
const CACHED_RUNS: Readonly<Record<QueueName, number>> = { rt: 2500, bg: 2200, fx: 0 };
/** Long polls per queue. */
const POLLS: Readonly<Record<QueueName, number>> = { rt: 10, bg: 4, fx: 5 };

const SHUTDOWN: Partial<WorkerOptions> = { shutdownGraceTime: '8 seconds', shutdownForceTime: '9 seconds' };

/** Versioning of a worker that belongs to a build: its runs stay with it, and so do their calls on `fx`. */
export function pinned(build: Build | undefined): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (build === undefined) return {};
  const version = { deploymentName: build.deployment, buildId: build.buildId };
  return { workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' } };
}

/** Settings of the worker of remote nodes: activities and nothing else. A slot costs nothing until it is used. */
export const REMOTE_SETTINGS: Partial<WorkerOptions> = {
  maxConcurrentActivityTaskExecutions: SLOTS.fx,
  activityTaskPollerBehavior: { type: 'simple-maximum', maximum: POLLS.fx },
  ...SHUTDOWN,
};

/** Worker settings that matter (measured); the rest are the SDK's. */
export function queueSettings(name: QueueName): Partial<WorkerOptions> {
  return {
    maxConcurrentWorkflowTaskExecutions: SLOTS[name],
    maxConcurrentLocalActivityExecutions: SLOTS[name],
    maxCachedWorkflows: CACHED_RUNS[name],
    workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: POLLS[name] },
    enableNonLocalActivities: false,
    stickyQueueScheduleToStartTimeout: '2 seconds',
    // Our workflow code only steers; a thread of its own per worker cost copies, wake-ups and an isolate (docs/performance.md).
    debugMode: true,
    reuseV8Context: true,
    ...SHUTDOWN,
  };
}
