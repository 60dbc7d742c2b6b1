import type { ExecutorDb } from '../../queryable.ts';
import type { ClaimedBinding } from './hosting.ts';

/** Who listens, and how long nobody else may. */
export interface Watcher {
  /** Of one process. */
  readonly watcher: string;
  readonly leaseMs: number;
}

/** A binding that is watched. */
export type WatchedBinding = Pick<ClaimedBinding, 'endpointId' | 'generation'>;

/**
 * Takes the watch of a binding, unless another process has it.
 * @returns false when one has, or something else is wanted by now
 */
export async function take(db: ExecutorDb, { endpointId, generation }: WatchedBinding, { watcher, leaseMs }: Watcher): Promise<boolean> {
  const taken = await db.query(
    `update trigger_bindings set watcher = $3, watched_until = now() + $4 * interval '1 ms'
     where endpoint_id = $1 and generation = $2 and (watcher is null or watcher = $3 or watched_until <= now())`,
    [endpointId, generation, watcher, leaseMs],
    'trigger_watch_take',
  );
  return taken.count > 0;
}

/** Says that the process still listens. @returns what it listens for; others are another's by now, or are gone */
export async function hold(db: ExecutorDb, { watcher, leaseMs }: Watcher): Promise<readonly WatchedBinding[]> {
  const { rows } = await db.query<{ readonly endpoint_id: string; readonly generation: number }>(
    `update trigger_bindings set watched_until = now() + $2 * interval '1 ms' where watcher = $1 returning endpoint_id, generation`,
    [watcher, leaseMs],
    'trigger_watch_hold',
  );
  return rows.map((row) => ({ endpointId: row.endpoint_id, generation: row.generation }));
}

/** Gives a watch back. @param askInMs in how many ms it is asked at the latest, and listened for anew */
export async function end(
  db: ExecutorDb,
  { endpointId, generation }: WatchedBinding,
  { watcher, askInMs }: Pick<Watcher, 'watcher'> & { readonly askInMs: number },
): Promise<void> {
  await db.query(
    `update trigger_bindings set watcher = null, watched_until = null,
       next_at = case when generation = $2 and status = 'listening' then least(next_at, now() + $4 * interval '1 ms') else next_at end
     where endpoint_id = $1 and watcher = $3`,
    [endpointId, generation, watcher, askInMs],
    'trigger_watch_end',
  );
}

/** Has asked at once, and thereby listened for anew, what processes listened for that died. @returns how many there were */
export async function endOrphans(db: ExecutorDb): Promise<number> {
  const ended = await db.query(
    `update trigger_bindings set watcher = null, watched_until = null, next_at = case when status = 'listening' then now() else next_at end
     where watcher is not null and watched_until <= now()`,
    [],
    'trigger_watch_orphans',
  );
  return ended.count;
}
