import type { Pool } from 'pg';
import { asDatabaseError } from './errors.ts';

/** What a sweep of the identity tables took away. */
export interface IdentitySweepResult {
  readonly sessions: number;
  readonly verifications: number;
}

/**
 * Deletes sessions and one-time codes that expired a day ago or earlier: better-auth refuses them, but only deletes those that are
 * shown to it again. Call it every hour; several processes may at once.
 * @param auth pool of the identity role
 * @param nowMs what counts as now, default Postgres' clock
 * @throws TransientError `database_unavailable`
 */
export async function sweepIdentity(auth: Pool, nowMs?: number): Promise<IdentitySweepResult> {
  const now = nowMs === undefined ? null : new Date(nowMs);
  const expire = async (table: 'session' | 'verification'): Promise<number> => {
    const statement = `delete from ${table} where "expiresAt" < coalesce($1::timestamptz, now()) - interval '1 day'`;
    return (await auth.query(statement, [now])).rowCount ?? 0;
  };
  try {
    return { sessions: await expire('session'), verifications: await expire('verification') };
  } catch (thrown) {
    throw asDatabaseError(thrown);
  }
}
