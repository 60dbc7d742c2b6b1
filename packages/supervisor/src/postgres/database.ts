import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { messageOf, TransientError, UserError } from '@millwright/core';
import { Secret } from '@millwright/platform';
import type { RunSql } from '@millwright/temporal-server';

/** A PostgreSQL server that we may make databases on, and our own database there. */
export interface Database {
  /** Our database as its owner. */
  readonly url: string;
  /** A database that always exists, for making and dropping others. */
  readonly maintenanceUrl: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  readonly name: string;
  /** Where the server's Unix sockets are, if this machine is where it runs. */
  readonly socketFolder?: string | undefined;
}

/**
 * Reads the URL of a PostgreSQL server.
 * @throws UserError `database_url_invalid`
 */
export function parseDatabaseUrl(text: string): Database {
  const url = URL.parse(text);
  const name = decodeURIComponent(url?.pathname.slice(1) ?? '');
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol) || name === '' || url.hostname === '') {
    throw new UserError('invalid', {
      code: 'database_url_invalid',
      message: 'DATABASE_URL is not the address of a database.',
      hint: 'Write it as postgres://user:password@host:5432/millwright.',
    });
  }
  return {
    url: text,
    maintenanceUrl: text,
    host: url.hostname.replaceAll(/[[\]]/g, ''),
    port: Number(url.port === '' ? '5432' : url.port),
    user: decodeURIComponent(url.username),
    password: new Secret(decodeURIComponent(url.password)),
    name,
  };
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}

/** Runs single statements, each on a connection of its own: set-up only. */
export function sqlRunner({ maintenanceUrl }: Pick<Database, 'maintenanceUrl'>): RunSql {
  return async (database, sql, values = []) => {
    const client = new Client({
      connectionString: database === 'maintenance' ? maintenanceUrl : withDatabase(maintenanceUrl, database),
      connectionTimeoutMillis: 5_000,
    });
    // A server that goes away ends the query with an error already.
    client.on('error', () => undefined);
    try {
      await client.connect();
      const result = await client.query<Record<string, unknown>>(sql, [...values]);
      return result.rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
}

/** How long to wait for a database server, and when to give up early. */
export interface DatabaseWait {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Waits until the server answers a query.
 * @throws TransientError `database_not_ready`
 */
export async function untilDatabaseAnswers(runSql: RunSql, { timeoutMs, signal }: DatabaseWait): Promise<void> {
  const deadlineAt = performance.now() + timeoutMs;
  for (;;) {
    try {
      await runSql('maintenance', 'SELECT 1');
      return;
    } catch (cause) {
      signal.throwIfAborted();
      if (performance.now() > deadlineAt) {
        throw new TransientError({
          code: 'database_not_ready',
          message: `PostgreSQL did not answer: ${messageOf(cause)}`,
          hint: 'Look at the end of logs/postgres.log in the data folder, or check DATABASE_URL.',
          cause,
        });
      }
      await sleep(25, undefined, { signal });
    }
  }
}

/** Makes a database unless it is there. */
export async function ensureDatabase(runSql: RunSql, name: string): Promise<void> {
  const [found] = await runSql('maintenance', 'SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (found === undefined) await runSql('maintenance', `CREATE DATABASE "${name.replaceAll('"', '""')}" TEMPLATE template0`);
}
