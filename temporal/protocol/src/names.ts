/** The one Temporal workflow type; its id is the run's id. Nothing is generated. */
export const RUN_GRAPH = 'runGraph';

/** Says that something was decided; carries nothing. Facts come from Postgres. */
export const WAKE_SIGNAL = 'wake';

/** The local activity that runs a segment. */
export const RUN_SEGMENT = 'runSegment';

/** Failure types that cross Temporal. The first is the only one that is tried again. */
export const FAILURE_TYPES = { transient: 'millwright.transient', broken: 'millwright.broken' } as const;

/** `rt`: what a caller waits for, started eagerly. `bg`: schedules, bulk, children. `fx`: remote nodes. */
export type QueueName = 'rt' | 'bg' | 'fx';

/**
 * Task queue as Temporal knows it.
 * @param name which of ours
 * @param prefix tells installs or tests apart that share a namespace. Default none
 */
export function taskQueue(name: QueueName, prefix = ''): string {
  return `${prefix}${name}`;
}

/** Another queue of the same install. @param queue as Temporal knows it */
export function siblingQueue(queue: string, name: QueueName): string {
  return queue.replace(/(?:rt|bg|fx)$/, name);
}
