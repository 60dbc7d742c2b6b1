import type { Database } from '@millwright/db';

/** Postgres channel on which ledgers say which run changed. */
const CHANNEL = 'run_changed';

/** A run that changed; null: messages were lost, so anything may have. */
type RunChange = string | null;

/** Hands changes of runs to whoever watches; one LISTEN per process. */
export class RunChanges {
  readonly #watchers = new Set<(change: RunChange) => void>();
  readonly #stop: () => void;
  constructor(db: Database) {
    const tell = (change: RunChange): void => {
      for (const watcher of this.#watchers) watcher(change);
    };
    // The payload names workspace and run; readers look under their own workspace, so the run's id is enough.
    this.#stop = db.listen(
      CHANNEL,
      (payload) => tell(/run_[0-9a-z]+/.exec(payload)?.[0] ?? null),
      () => tell(null),
    );
  }

  /** @returns stops watching */
  watch(onChange: (change: RunChange) => void): () => void {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  close(): void {
    this.#stop();
    this.#watchers.clear();
  }
}

/** Shortest time between two looks at what changed, in ms: bursts become one. */
const PACE_MS = 100;

/** What a follower follows. */
export interface FollowOptions {
  readonly changes: RunChanges;
  /** Runs of interest; absent: all. */
  readonly runId?: string;
  readonly signal: AbortSignal;
}

/**
 * Calls `look` once at the start and then whenever a run of interest changed, never twice at a time,
 * with the ids that changed since (null: cannot be told). Resolves when `look` gives false or the signal fires.
 */
export async function follow(
  { changes, runId, signal }: FollowOptions,
  look: (changed: readonly string[] | null) => Promise<boolean>,
): Promise<void> {
  let pending: Set<string> | null = null;
  let isDue = true;
  let wake = (): void => undefined;
  const stop = changes.watch((change) => {
    if (change !== null && runId !== undefined && change !== runId) return;
    if (change === null || (pending === null && isDue)) pending = null;
    else (pending ??= new Set()).add(change);
    isDue = true;
    wake();
  });
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      if (!isDue) await new Promise<void>((resolve) => (wake = resolve));
      if (signal.aborted) return;
      const changed: Set<string> | null = pending;
      pending = null;
      isDue = false;
      if (!(await look(changed === null ? null : [...changed]))) return;
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
  } finally {
    stop();
  }
}
