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

/** Postgres takes its log on in files of this size; with less it may not go on. */
const LOG_FILE_BYTES = 16 * 1024 * 1024;

async function checkDisk(freeBytes: (() => Promise<number>) | undefined): Promise<{ readonly disk?: Check }> {
  if (freeBytes === undefined) return {};
  return freeBytes().then(
    (bytes) => ({ disk: bytes < LOG_FILE_BYTES ? 'failing' : 'ok' }),
    () => ({ disk: 'failing' }),
  );
}

/** `GET /readyz`: 503 with the same body when a dependency is away. */
export const getReadiness = definePublicRoute(
  endpoints.health.ready,
  { permission: 'anyone', tenant: 'none', bodyLimitBytes: 0, rateClass: 'probe', csrf: 'none', audit: 'none' },
  async ({ reply }, { db, temporalReady, freeDiskBytes }) => {
    const [database, temporal, disk] = await Promise.all([
      checkDatabase(db),
      temporalReady().then(
        (): Check => 'ok',
        (): Check => 'failing',
      ),
      checkDisk(freeDiskBytes),
    ]);
    const checks = { ...database, temporal, ...disk };
    const isReady = Object.values(checks).every((check) => check === 'ok');
    if (!isReady) reply.status(503);
    return { status: isReady ? ('ready' as const) : ('notReady' as const), checks };
  },
);
