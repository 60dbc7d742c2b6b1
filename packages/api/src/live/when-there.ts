import type { RunChanges } from './run-changes.ts';

/** How long a reader waits for a run that is not there, in ms: one that was accepted just now has its row with its first flush. */
const WAIT_MS = 1000;

/** What is waited for. */
export interface WhenThereOptions {
  readonly changes: Pick<RunChanges, 'watch'>;
  readonly runId: string;
  readonly signal: AbortSignal;
}

/**
 * Looks for something of a run; where it is not there, again on every change of the run, up to a second.
 * @returns what was found, or null
 */
export async function whenThere<T>({ changes, runId, signal }: WhenThereOptions, look: () => Promise<T | null>): Promise<T | null> {
  let changed = Promise.withResolvers<void>();
  let isOver = false;
  // Watched before the first look: a change in between would be lost.
  const stop = changes.watch((change) => {
    if (change === null || change === runId) changed.resolve();
  });
  const end = (): void => {
    isOver = true;
    changed.resolve();
  };
  const timer = setTimeout(end, WAIT_MS);
  signal.addEventListener('abort', end, { once: true });
  try {
    for (;;) {
      const isLast = isOver;
      const found = await look();
      if (found !== null || isLast) return found;
      await changed.promise;
      if (!isOver) changed = Promise.withResolvers();
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    stop();
  }
}
