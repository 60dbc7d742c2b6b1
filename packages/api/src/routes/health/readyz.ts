import { endpoints } from '@millwright/contracts';
import { MillwrightError } from '@millwright/core';
import type { Database } from '@millwright/db';
import { definePublicRoute } from '../../registry/route.ts';

type Check = 'ok' | 'failing';

async function checkDatabase(db: Database): Promise<{ readonly postgres: Check; readonly migrations: Check }> {
  try {
    await db.ready();
    return { postgres: 'ok', migrations: 'ok' };
  } catch (thrown) {
    const answers = thrown instanceof MillwrightError && thrown.code === 'migrations_pending';
    return { postgres: answers ? 'ok' : 'failing', migrations: 'failing' };
  }
}

/** `GET /readyz`: 503 with the same body when a dependency is away. */
export const getReadiness = definePublicRoute(
  endpoints.health.ready,
  { permission: 'anyone', tenant: 'none', bodyLimitBytes: 0, rateClass: 'probe', csrf: 'none', audit: 'none' },
  async ({ reply }, { db, temporalReady }) => {
    const [database, temporal] = await Promise.all([
      checkDatabase(db),
      temporalReady().then(
        (): Check => 'ok',
        (): Check => 'failing',
      ),
    ]);
    const checks = { ...database, temporal };
    const isReady = Object.values(checks).every((check) => check === 'ok');
    if (!isReady) reply.status(503);
    return { status: isReady ? ('ready' as const) : ('notReady' as const), checks };
  },
);
