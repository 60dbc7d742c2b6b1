import pg from 'pg';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { InvariantError, isId } from '@millwright/core';
import { asDatabaseError } from './errors.ts';
import { Listener, type Listen } from './listen.ts';
import { silentLog, type DatabaseLog } from './log.ts';
import { checkAtHead, listMigrations, type MigrateOptions } from './migrate.ts';
import { poolQuery, queryClient, withClient, type ExecutorDb, type IdentityDb, type Queryable, type TenantTx } from './queryable.ts';
import { roleName, type DatabaseRole } from './roles.ts';
import * as schema from './schema/index.ts';

/** How a database is opened. */
export interface OpenOptions extends MigrateOptions {
  readonly log?: DatabaseLog;
  /** Clients of the application role; default 10. Executor and identity have 6 and 3. */
  readonly poolMax?: number;
}

/** Everything that the product does with Postgres goes through here. */
export interface Database {
  /**
   * One transaction as `app` in which only this workspace's rows exist. Rolled back when `fn` throws.
   * @throws TransientError `database_unavailable`
   */
  readonly tenant: <T>(workspaceId: string, fn: (tx: TenantTx) => Promise<T>) => Promise<T>;
  /** Batch writers and webhook look-ups, all workspaces. */
  readonly executor: ExecutorDb;
  /** Reads of the identity role: set up yet?, memberships, invitations by token. */
  readonly identity: IdentityDb;
  /** The identity role's pool, for better-auth. */
  readonly auth: pg.Pool;
  readonly listen: Listen;
  /** Whether everything that is said on the channels is heard right now; memory of what they announce is to be trusted only then. */
  readonly isListening: () => boolean;
  /**
   * Resolves when Postgres answers and has every migration of this build.
   * @throws TransientError `database_unavailable` or `migrations_pending`
   */
  readonly ready: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * The executor's statements look rows up by key, always. Planning them each time would cost more than running them, and a
 * plan made while a day's partition was empty would scan it for ever: so plans are kept, and everything but look-ups ruled out.
 */
const EXECUTOR_PLANS =
  '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_material=off -c jit=off';
const EXECUTOR_POOL = 6;
const AUTH_POOL = 3;

/**
 * Opens the pools; connects when first used and does not migrate.
 * @throws InvariantError when the URL names no database
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const log = options.log ?? silentLog;
  const migrations = await listMigrations();
  const pools = {
    app: createPool(options, 'app', options.poolMax ?? 10),
    executor: createPool(options, 'executor', EXECUTOR_POOL),
    auth: createPool(options, 'auth', AUTH_POOL),
  };
  for (const pool of Object.values(pools))
    pool.on('error', (error) => {
      log.debug({ err: error }, 'an idle database client was lost');
    });
  const listener = new Listener(roleConfig(options, 'app'), log);
  const query = poolQuery(pools.executor);
  return {
    tenant: async (workspaceId, fn) => inTenant(pools.app, workspaceId, fn),
    executor: { role: 'executor', pool: pools.executor, query },
    identity: { role: 'auth', query: poolQuery(pools.auth) },
    auth: pools.auth,
    listen: listener.listen,
    isListening: () => listener.isLive,
    ready: async () => {
      const result = await query<{ applied: number }>('select count(*)::int as applied from migrations');
      checkAtHead(migrations, result.rows[0]?.applied ?? 0);
    },
    close: async () => {
      await listener.close();
      await Promise.all(Object.values(pools).map(async (pool) => pool.end()));
    },
  };
}

function roleConfig(options: OpenOptions, role: DatabaseRole): pg.ClientConfig {
  const url = new URL(options.url);
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === '') throw new InvariantError({ code: 'database_url', message: 'the database URL names no database' });
  url.username = encodeURIComponent(roleName(database, role));
  url.password = encodeURIComponent(options.rolePassword(role));
  return { connectionString: url.href, application_name: `millwright-${role}`, keepAlive: true, connectionTimeoutMillis: 5000 };
}

function createPool(options: OpenOptions, role: DatabaseRole, max: number): pg.Pool {
  return new pg.Pool({
    ...roleConfig(options, role),
    max,
    idleTimeoutMillis: 30_000,
    query_timeout: 20_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    ...(role === 'executor' ? { options: EXECUTOR_PLANS } : {}),
  });
}

async function inTenant<T>(pool: pg.Pool, workspaceId: string, fn: (tx: TenantTx) => Promise<T>): Promise<T> {
  if (!isId('workspace', workspaceId)) throw new InvariantError({ code: 'workspace_id', message: 'not a workspace id' });
  return withClient(pool, async (client) => {
    // One round trip; the id's shape was checked above, so it cannot end the literal.
    await client.query(`begin; set local app.workspace_id = '${workspaceId}'`);
    try {
      const result = await fn(tenantTx(client, workspaceId));
      await client.query('commit');
      return result;
    } catch (thrown) {
      await client.query('rollback').catch(() => undefined);
      throw asDatabaseError(thrown);
    }
  });
}

function tenantTx(client: pg.PoolClient, workspaceId: string): TenantTx {
  let orm: NodePgDatabase<typeof schema> | undefined;
  const query: Queryable['query'] = async (text, values, name) => queryClient(client, { text, values, name });
  return {
    workspaceId,
    query,
    get orm() {
      orm ??= drizzle(client, { schema });
      return orm;
    },
  };
}
