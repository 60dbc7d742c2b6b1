/**
 * `npm run promote`: new runs go to the build that MILLWRIGHT_BUILD_ID names, whose servers have to run. Runs that have begun stay with
 * theirs; its servers may be stopped once it has no open runs.
 */
import { UserError } from '@millwright/core';
import { openDatabase } from '@millwright/db';
import { createLogger } from '@millwright/platform';
import { connectTemporal, promoteBuild } from '@millwright/temporal-worker';
import { readConfig } from '../config.ts';
import { rootKeyOf } from '../credentials/root-key.ts';
import { NAMESPACE } from '../run-engine.ts';
import { buildOf } from './build.ts';
import { refuseMissingVersions } from './refuse-missing-versions.ts';

const config = readConfig(process.env);

/** @throws UserError `engine_version_missing` when live workflows need an engine that this build does not have */
async function refuseIncapable(): Promise<void> {
  const rootKey = await rootKeyOf(config);
  const rolePassword = (role: string): string => rootKey.deriveText(`postgres/${role}`);
  const db = await openDatabase({ url: config.DATABASE_URL, rolePassword, log });
  try {
    await refuseMissingVersions(db, { openRuns: false });
  } finally {
    await db.close();
  }
}

const log = createLogger({ level: config.MILLWRIGHT_LOG_LEVEL, name: 'promote' });
const build = buildOf(config);
if (build === undefined)
  throw new UserError('invalid', {
    code: 'build_missing',
    message: 'MILLWRIGHT_BUILD_ID is not set',
    hint: 'Set it to the build that new runs should go to.',
  });
await refuseIncapable();
const connection = await connectTemporal(config.TEMPORAL_ADDRESS, log);
try {
  await promoteBuild(connection, NAMESPACE, build);
  process.stdout.write(`New runs go to build ${build.buildId}.\n`);
} finally {
  await connection.close();
}
