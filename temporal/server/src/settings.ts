import type { Secret } from '@millwright/platform';
import { temporalDynamicConfig } from './dynamic-config.ts';

/** The PostgreSQL server that Temporal keeps its state on, and the names of its two databases there. */
export interface TemporalPostgres {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  /** Folder of the PostgreSQL server's Unix sockets, which the server then takes instead of TCP; the schema tool stays with TCP. */
  readonly socketFolder?: string | undefined;
  /** Default `temporal`. */
  readonly storeDatabase?: string;
  /** Default `temporal_visibility`. */
  readonly visibilityDatabase?: string;
}

/** Every TCP port that a Temporal server listens on. Two servers on one machine need different ones. */
export interface TemporalPorts {
  readonly frontend: number;
  readonly frontendHttp: number;
  readonly frontendMembership: number;
  readonly matching: number;
  readonly matchingMembership: number;
  readonly history: number;
  readonly historyMembership: number;
  readonly worker: number;
  readonly workerMembership: number;
}

/** What differs from install to install. */
export interface TemporalInstall {
  readonly postgres: TemporalPostgres;
  /** Default: the server's own (7233–7243 and 6933–6939). */
  readonly ports?: TemporalPorts;
  /** The address to listen on. Left out, the server's image takes its container's. */
  readonly bindOnIp?: string;
  /** 4 embedded, 128 in compose, 512 on a cluster. Can never change for an existing database. */
  readonly historyShards: number;
  /** Where the server reads the dynamic config file. */
  readonly dynamicConfigPath: string;
}

/** One run of `temporal-sql-tool`. The connection (host, user, password) is in `env`, so that no password shows in a process list. */
export interface SchemaCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** One of the two databases: what makes its tables, and what is run in it afterwards. */
export interface TemporalDatabase {
  readonly name: string;
  readonly schemaCommands: readonly SchemaCommand[];
  readonly tuningSql: readonly string[];
}

/** Everything that a Temporal server of ours is started with, here and in compose. */
export interface TemporalServerSettings {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly dynamicConfig: string;
  readonly databases: readonly [store: TemporalDatabase, visibility: TemporalDatabase];
}

const PLUGIN = 'postgres12_pgx';

/** Our run list lives in our own database, so Temporal's 80 visibility indexes were 85 % of all WAL for nothing. */
const DROP_VISIBILITY_INDEXES = `DO $$ DECLARE unused text; BEGIN
  FOR unused IN SELECT index.relname FROM pg_index JOIN pg_class index ON index.oid = indexrelid JOIN pg_class owner ON owner.oid = indrelid
    WHERE owner.relname = 'executions_visibility' AND NOT indisprimary AND index.relname NOT IN ('default_idx', 'by_workflow_id')
  LOOP EXECUTE format('DROP INDEX %I', unused); END LOOP;
END $$`;

/**
 * Some sixty columns are computed from search attributes, which we set none of, for two writes a run: they were four fifths of the time of
 * those writes, and 0.6 ms of Postgres a run. The columns stay, and stay empty.
 */
const EMPTY_SEARCH_ATTRIBUTES = `DO $$ DECLARE computed text; BEGIN
  FOR computed IN SELECT attname FROM pg_attribute WHERE attrelid = 'executions_visibility'::regclass AND attgenerated = 's'
  LOOP EXECUTE format('ALTER TABLE executions_visibility ALTER COLUMN %I DROP EXPRESSION', computed); END LOOP;
END $$`;

/** The one source of how Temporal runs: the supervisor starts it so, and a test holds docker-compose.yml to it. */
export function temporalServerSettings(install: TemporalInstall): TemporalServerSettings {
  const { postgres } = install;
  const store = postgres.storeDatabase ?? 'temporal';
  const visibility = postgres.visibilityDatabase ?? 'temporal_visibility';
  return {
    args: ['--allow-no-auth', 'start'],
    env: serverEnvironment(install, store, visibility),
    dynamicConfig: temporalDynamicConfig(),
    databases: [
      { name: store, schemaCommands: schemaCommands(postgres, store, 'postgresql/v12/temporal'), tuningSql: [] },
      {
        name: visibility,
        schemaCommands: schemaCommands(postgres, visibility, 'postgresql/v12/visibility'),
        tuningSql: [
          DROP_VISIBILITY_INDEXES,
          EMPTY_SEARCH_ATTRIBUTES,
          `ALTER DATABASE "${visibility.replaceAll('"', '""')}" SET synchronous_commit = off`,
        ],
      },
    ],
  };
}

function serverEnvironment(install: TemporalInstall, store: string, visibility: string): Readonly<Record<string, string>> {
  const { postgres } = install;
  return {
    DB: PLUGIN,
    ...storeAddress(postgres),
    DB_PORT: String(postgres.port),
    POSTGRES_USER: postgres.user,
    POSTGRES_PWD: postgres.password.reveal(),
    DBNAME: store,
    VISIBILITY_DBNAME: visibility,
    NUM_HISTORY_SHARDS: String(install.historyShards),
    SQL_MAX_CONNS: '30',
    SQL_MAX_IDLE_CONNS: '30',
    ...(install.bindOnIp === undefined ? {} : { BIND_ON_IP: install.bindOnIp }),
    DYNAMIC_CONFIG_FILE_PATH: install.dynamicConfigPath,
    LOG_LEVEL: 'error',
    GOGC: '400',
    GOMEMLIMIT: '450MiB',
    ...(install.ports === undefined ? {} : portEnvironment(install.ports)),
  };
}

/** Temporal's own settings know host names only. Its driver reads libpq's `PGHOST` where they name none. */
function storeAddress({ host, socketFolder }: TemporalPostgres): Readonly<Record<string, string>> {
  return socketFolder === undefined ? { POSTGRES_SEEDS: host } : { POSTGRES_SEEDS: '', PGHOST: socketFolder };
}

function portEnvironment(ports: TemporalPorts): Readonly<Record<string, string>> {
  return {
    FRONTEND_GRPC_PORT: String(ports.frontend),
    FRONTEND_HTTP_PORT: String(ports.frontendHttp),
    FRONTEND_MEMBERSHIP_PORT: String(ports.frontendMembership),
    MATCHING_GRPC_PORT: String(ports.matching),
    MATCHING_MEMBERSHIP_PORT: String(ports.matchingMembership),
    HISTORY_GRPC_PORT: String(ports.history),
    HISTORY_MEMBERSHIP_PORT: String(ports.historyMembership),
    WORKER_GRPC_PORT: String(ports.worker),
    WORKER_MEMBERSHIP_PORT: String(ports.workerMembership),
  };
}

function schemaCommands(postgres: TemporalPostgres, database: string, schemaName: string): readonly SchemaCommand[] {
  const env = {
    SQL_PLUGIN: PLUGIN,
    SQL_HOST: postgres.host,
    SQL_PORT: String(postgres.port),
    SQL_USER: postgres.user,
    SQL_PASSWORD: postgres.password.reveal(),
    SQL_DATABASE: database,
  };
  return [
    { args: ['setup-schema', '-v', '0.0'], env },
    { args: ['update-schema', '--schema-name', schemaName], env },
  ];
}
