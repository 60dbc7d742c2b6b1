import { runProgram, type Logger } from '@millwright/platform';
import type { TemporalDatabase, TemporalServerSettings } from './settings.ts';
import { TEMPORAL_VERSION } from './version.ts';

/** Runs one SQL statement in a database of the server that Temporal uses. The name `maintenance` means any database that always exists. */
export type RunSql = (database: string, sql: string, values?: readonly string[]) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** What setting up the two databases needs. */
export interface SchemaSetup {
  readonly sqlTool: string;
  readonly settings: TemporalServerSettings;
  readonly runSql: RunSql;
  readonly log: Logger;
  readonly signal?: AbortSignal;
}

/** Written on a database as its comment, so that the mark travels with the data. */
const DONE = `millwright: temporal schema ${TEMPORAL_VERSION}`;
const UNDERWAY = 'millwright: temporal schema being set up';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Makes both databases ready for this version of the server. Skips what a former start finished;
 * a first set-up that broke off half-way is thrown away and begun again (the server never ran on it).
 * @throws MillwrightError `program_failed` when the schema tool fails
 */
export async function setUpTemporalDatabases(setup: SchemaSetup): Promise<void> {
  await Promise.all(setup.settings.databases.map(async (database) => setUpDatabase(database, setup)));
}

async function setUpDatabase(database: TemporalDatabase, { sqlTool, runSql, log, signal }: SchemaSetup): Promise<void> {
  const [found] = await runSql('maintenance', `SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = $1`, [
    database.name,
  ]);
  if (found?.['mark'] === DONE) {
    // An install of a former version gets today's settings, too; where they are in force already nothing changes.
    await tune(database, runSql);
    return;
  }
  if (found?.['mark'] === UNDERWAY) await runSql('maintenance', `DROP DATABASE ${quoted(database.name)} WITH (FORCE)`);
  if (found === undefined || found['mark'] === UNDERWAY) {
    await runSql('maintenance', `CREATE DATABASE ${quoted(database.name)} TEMPLATE template0`);
    await runSql('maintenance', `COMMENT ON DATABASE ${quoted(database.name)} IS '${UNDERWAY}'`);
  }
  for (const { args, env } of database.schemaCommands) {
    await runProgram({ name: 'temporal-sql-tool', file: sqlTool, args, env }, undefined, signal);
  }
  await tune(database, runSql);
  await runSql('maintenance', `COMMENT ON DATABASE ${quoted(database.name)} IS '${DONE}'`);
  log.info({ database: database.name, version: TEMPORAL_VERSION }, 'temporal database is ready');
}

async function tune({ name, tuningSql }: TemporalDatabase, runSql: RunSql): Promise<void> {
  for (const sql of tuningSql) await runSql(name, sql);
}
