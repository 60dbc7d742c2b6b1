import type { Environment, Secret } from '@millwright/platform';
import { findTemporalServer, type TemporalBinaries } from '@millwright/temporal-server';
import { parseDatabaseUrl, sqlRunner } from './postgres/database.ts';

/** The Temporal server that a start would use, when this machine has it already. */
export async function findTemporal(env: Environment): Promise<TemporalBinaries | undefined> {
  return findTemporalServer(env);
}

/**
 * Asks a database server for its version.
 * @throws UserError `database_url_invalid`, and the driver's error when it does not answer
 */
export async function reachableDatabase(databaseUrl: Secret): Promise<string> {
  const database = parseDatabaseUrl(databaseUrl.reveal());
  const [row] = await sqlRunner(database)('maintenance', 'SHOW server_version');
  return `PostgreSQL ${String(row?.['server_version'])} at ${database.host}:${database.port} (DATABASE_URL)`;
}
