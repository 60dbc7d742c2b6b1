import { Lifecycle, type Environment, type Logger, type Secret } from '@millwright/platform';
import { obtainTemporalServer } from '@millwright/temporal-server';
import { ChildGroup } from './children/child-group.ts';
import type { Stage, StartContext } from './context.ts';
import { openDataDir, rememberedPorts } from './install/data-dir.ts';
import { explainDiskFault } from './install/disk-faults.ts';
import { stopLeftOvers } from './install/left-overs.ts';
import { takeLock } from './install/lock.ts';
import type { Database } from './postgres/database.ts';
import { startDatabase } from './postgres/start-database.ts';
import { INTERNAL_PORT_COUNT, internalPorts, LOOPBACK, reachTemporal, startEmbeddedTemporal } from './temporal.ts';

/** What a start needs to know. */
export interface InfrastructureOptions {
  /** Absolute path of the install's data folder; made when missing. */
  readonly dataDir: string;
  readonly log: Logger;
  /** `PATH` and `HOME` at least. */
  readonly env: Environment;
  /** A PostgreSQL 18 server instead of the embedded one. */
  readonly databaseUrl?: Secret | undefined;
  /** `host:port` of a Temporal server instead of an embedded one. */
  readonly temporalAddress?: string | undefined;
  /** Host of Temporal's release files instead of the project's own. */
  readonly temporalMirror?: string | undefined;
  /** Shows what takes long. Default: nothing is shown. */
  readonly stage?: Stage;
  /** Gives the start up. What was started is stopped before the start rejects. */
  readonly signal?: AbortSignal;
}

/** PostgreSQL and Temporal, running. */
export interface Infrastructure {
  /** The database `millwright`, as its owner. */
  readonly databaseUrl: string;
  /** A database of the same server that always exists, for making others. */
  readonly adminUrl: string;
  /** `host:port` of Temporal's frontend. */
  readonly temporalAddress: string;
  /** Pids of what runs now, by name: `postgres`, `temporal`. A restart changes them. */
  readonly pids: () => Readonly<Record<string, number>>;
  /** Stops everything, within 10 seconds. Never rejects; may be called again. */
  readonly stop: () => Promise<void>;
}

/** Ctrl-C promises an end within 10 seconds; the rest is for closing files. */
const STOP_DEADLINE_MS = 9_500;

/** What runs once the database answers, beside Temporal. */
type BesideTemporal<T> = (context: StartContext, known: { readonly database: Database; readonly temporalAddress: string }) => Promise<T>;

/**
 * Starts PostgreSQL and Temporal without the server: for tests and tools.
 * @throws UserError `already_running`, `data_dir_unusable`; MillwrightError `temporal_unavailable`, `child_failed`
 */
export async function startInfrastructure(options: InfrastructureOptions): Promise<Infrastructure> {
  const { infrastructure } = await startWith(options, 'started without a server, so it has no address', async () => undefined);
  return infrastructure;
}

/**
 * Starts PostgreSQL and Temporal, and something beside Temporal as soon as the database answers.
 * Whatever fails, all that was started is stopped again before this rejects.
 * @param address what the lock tells a second start
 */
export async function startWith<T>(
  options: InfrastructureOptions,
  address: string,
  beside: BesideTemporal<T>,
): Promise<{ readonly infrastructure: Infrastructure; readonly beside: T }> {
  const lifecycle = new Lifecycle();
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  try {
    const context = await prepare(options, { address, lifecycle, signal });
    const { database, temporalAddress, result } = await startParts(context, options, beside);
    signal.throwIfAborted();
    const infrastructure: Infrastructure = {
      databaseUrl: database.url,
      adminUrl: database.maintenanceUrl,
      temporalAddress,
      pids: () => context.group.pids,
      stop: async () => stopAll(lifecycle, options.log),
    };
    return { infrastructure, beside: result };
  } catch (thrown) {
    failed.abort(thrown);
    await stopAll(lifecycle, options.log);
    throw explainDiskFault(options.dataDir, thrown);
  }
}

async function prepare(
  options: InfrastructureOptions,
  own: { readonly address: string; readonly lifecycle: Lifecycle; readonly signal: AbortSignal },
): Promise<StartContext> {
  const { log, env } = options;
  const dataDir = await openDataDir(options.dataDir);
  const lock = await takeLock(dataDir.lockFile, own.address);
  own.lifecycle.onStop('lock', lock.release);
  await stopLeftOvers(dataDir.childrenFile, log);
  const group = new ChildGroup(dataDir.childrenFile, log);
  own.lifecycle.onStop('watcher', async () => group.close());
  const stage: Stage = options.stage ?? (async (_label, work) => work(() => undefined));
  return { dataDir, group, lifecycle: own.lifecycle, env, log, stage, signal: own.signal };
}

async function startParts<T>(
  context: StartContext,
  options: InfrastructureOptions,
  beside: BesideTemporal<T>,
): Promise<{ readonly database: Database; readonly temporalAddress: string; readonly result: T }> {
  const ports = internalPorts(await rememberedPorts(context.dataDir, INTERNAL_PORT_COUNT));
  const external = options.temporalAddress;
  const temporalAddress = external ?? `${LOOPBACK}:${ports.temporal.frontend}`;
  const [binaries, database] = await Promise.all([
    external === undefined ? obtainBinaries(context, options.temporalMirror) : undefined,
    startDatabase(context, options.databaseUrl, ports.postgres),
  ]);
  const [result] = await Promise.all([
    beside(context, { database, temporalAddress }),
    binaries === undefined
      ? reachTemporal(context, temporalAddress)
      : startEmbeddedTemporal(context, database, { binaries, ports: ports.temporal }),
  ]);
  return { database, temporalAddress, result };
}

async function obtainBinaries(
  { env, log, signal, stage }: StartContext,
  mirror: string | undefined,
): ReturnType<typeof obtainTemporalServer> {
  return stage('Getting the Temporal server', async (onProgress) =>
    obtainTemporalServer({ env, log, signal, onProgress, ...(mirror === undefined ? {} : { mirror }) }),
  );
}

async function stopAll(lifecycle: Lifecycle, log: Logger): Promise<void> {
  for (const fault of await lifecycle.stop(STOP_DEADLINE_MS)) log.error({ ...fault }, 'part did not stop in order');
}
