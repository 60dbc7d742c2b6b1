import { ensureNamespace, startTemporal, type TemporalBinaries, type TemporalPorts } from '@millwright/temporal-server';
import { KeptChild } from './children/kept-child.ts';
import { rotateLog } from './children/log-file.ts';
import type { StartContext } from './context.ts';
import { sqlRunner, type Database } from './postgres/database.ts';

/** Internal ports of one install: PostgreSQL's, then Temporal's. */
export interface InternalPorts {
  readonly postgres: number;
  readonly temporal: TemporalPorts;
}

/** How many ports `internalPorts` needs. */
export const INTERNAL_PORT_COUNT = 10;

/** Gives each remembered port its use; the order never changes. */
export function internalPorts(ports: readonly number[]): InternalPorts {
  const at = (index: number): number => ports[index] ?? 0;
  return {
    postgres: at(0),
    temporal: {
      frontend: at(1),
      frontendHttp: at(2),
      frontendMembership: at(3),
      matching: at(4),
      matchingMembership: at(5),
      history: at(6),
      historyMembership: at(7),
      worker: at(8),
      workerMembership: at(9),
    },
  };
}

/** An embedded Temporal listens here only: it has no authorization of its own. */
export const LOOPBACK = '127.0.0.1';

/** Shards can never change for an existing database; four are enough for one machine. */
const EMBEDDED_SHARDS = 4;

const EXTERNAL_TIMEOUT_MS = 15_000;

/**
 * Starts Temporal on a database server.
 * @throws what `startTemporal` and `KeptChild` throw
 */
export async function startEmbeddedTemporal(
  context: StartContext,
  database: Database,
  start: { readonly binaries: TemporalBinaries; readonly ports: TemporalPorts },
): Promise<void> {
  const { dataDir, log, signal } = context;
  const logFile = dataDir.logFile('temporal');
  await rotateLog(logFile);
  const started = Promise.withResolvers<KeptChild>();
  const ready = startTemporal({
    binaries: start.binaries,
    install: {
      postgres: {
        host: database.host,
        port: database.port,
        user: database.user,
        password: database.password,
        socketFolder: database.socketFolder,
        ...temporalDatabases(database.name),
      },
      ports: start.ports,
      bindOnIp: LOOPBACK,
      historyShards: EMBEDDED_SHARDS,
      dynamicConfigPath: dataDir.dynamicConfigFile,
    },
    runSql: sqlRunner(database),
    startProgram: async (program) => {
      signal.throwIfAborted();
      const child = new KeptChild(program, { group: context.group, log, logFile, stopSignal: 'SIGTERM', graceMs: 3_000 });
      context.lifecycle.onStop('temporal', async () => child.stop());
      await child.start();
      started.resolve(child);
    },
    log,
    signal,
  });
  ready.catch(started.reject);
  await context.stage('Starting Temporal', async () => (await started.promise).untilReady(ready));
}

/** Temporal's databases lie beside ours; on a server that is shared they carry our database's name. */
function temporalDatabases(name: string): { readonly storeDatabase: string; readonly visibilityDatabase: string } {
  const prefix = name === 'millwright' ? '' : `${name}_`;
  return { storeDatabase: `${prefix}temporal`, visibilityDatabase: `${prefix}temporal_visibility` };
}

/** Waits for a Temporal server that is not ours. */
export async function reachTemporal(context: StartContext, address: string): Promise<void> {
  await context.stage('Reaching Temporal', async () =>
    ensureNamespace(address, { timeoutMs: EXTERNAL_TIMEOUT_MS, signal: context.signal }),
  );
}
