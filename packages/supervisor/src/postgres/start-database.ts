import { Secret } from '@millwright/platform';
import { databasePassword, knownDatabase } from '../install/data-dir.ts';
import { lockHolder } from '../install/lock.ts';
import { rotateLog } from '../children/log-file.ts';
import { KeptChild } from '../children/kept-child.ts';
import type { StartContext } from '../context.ts';
import { POSTGRES_USER, prepareCluster } from './cluster.ts';
import { socketFolder } from './socket-folder.ts';
import { ensureDatabase, parseDatabaseUrl, sqlRunner, untilDatabaseAnswers, withDatabase, type Database } from './database.ts';

const EXTERNAL_TIMEOUT_MS = 10_000;
/** Recovery after a crash replays up to 4 GB of WAL. */
const RECOVERY_TIMEOUT_MS = 180_000;

/**
 * The database of this install: the server that `DATABASE_URL` names, else PostgreSQL 18 of our own in the data folder.
 * @param databaseUrl nothing for the embedded one
 * @param port of the embedded one
 * @throws TransientError `database_not_ready`; what `prepareCluster` and `KeptChild` throw
 */
export async function startDatabase(context: StartContext, databaseUrl: Secret | undefined, port: number): Promise<Database> {
  const { signal } = context;
  if (databaseUrl === undefined) return startCluster(context, port);
  const database = parseDatabaseUrl(databaseUrl.reveal());
  await context.stage('Reaching the database', async () =>
    untilDatabaseAnswers(sqlRunner(database), { timeoutMs: EXTERNAL_TIMEOUT_MS, signal }),
  );
  return database;
}

async function startCluster(context: StartContext, port: number): Promise<Database> {
  const { dataDir, env, log, signal } = context;
  const password = await databasePassword(dataDir);
  const program = await context.stage('Making the database', async () =>
    prepareCluster({ dir: dataDir.postgresDir, port, password, env, log, signal }),
  );
  signal.throwIfAborted();
  const database = embeddedDatabase(port, password, await socketFolder(dataDir.postgresDir, port));
  const logFile = dataDir.logFile('postgres');
  await rotateLog(logFile);
  const child = new KeptChild(program, { group: context.group, log, logFile, stopSignal: 'SIGINT', graceMs: 5_000 });
  context.lifecycle.onStop('postgres', async () => child.stop());
  await context.stage('Starting the database', async () => {
    await child.start();
    const runSql = sqlRunner(database);
    await child.untilReady(untilDatabaseAnswers(runSql, { timeoutMs: RECOVERY_TIMEOUT_MS, signal }));
    await ensureDatabase(runSql, database.name);
  });
  return database;
}

function embeddedDatabase(port: number, password: Secret, folder?: string): Database {
  const address = new URL(`postgres://${POSTGRES_USER}:${password.reveal()}@127.0.0.1:${port}/postgres`);
  if (folder !== undefined) address.searchParams.set('host', folder);
  const maintenanceUrl = address.href;
  return {
    ...parseDatabaseUrl(maintenanceUrl),
    url: withDatabase(maintenanceUrl, 'millwright'),
    maintenanceUrl,
    name: 'millwright',
    socketFolder: folder,
  };
}

/**
 * Where the embedded database of an install answers while it runs; nothing is made or changed.
 * @returns nothing where the install has none, or does not run
 */
export async function runningDatabaseUrl(dataDir: string): Promise<Secret | undefined> {
  const known = await knownDatabase(dataDir);
  if (known === undefined || (await lockHolder(known.lockFile)) === undefined) return undefined;
  return new Secret(embeddedDatabase(known.port, known.password).url);
}
