import { writeFile } from 'node:fs/promises';
import type { Logger, Program } from '@millwright/platform';
import { ensureNamespace } from './namespace.ts';
import type { TemporalBinaries } from './obtain/binaries.ts';
import { setUpTemporalDatabases, type RunSql } from './schema.ts';
import { temporalServerSettings, type TemporalInstall, type TemporalPorts } from './settings.ts';

/** What starting an embedded Temporal server needs. */
export interface TemporalStart {
  readonly binaries: TemporalBinaries;
  readonly install: TemporalInstall & { readonly bindOnIp: string; readonly ports: TemporalPorts };
  readonly runSql: RunSql;
  /** Starts the program and keeps it running; stopping it is the caller's. */
  readonly startProgram: (program: Program) => Promise<void>;
  readonly log: Logger;
  readonly signal?: AbortSignal;
}

const READY_TIMEOUT_MS = 60_000;

/**
 * Starts a Temporal server on a PostgreSQL server: schema when needed, process, port, namespace.
 * @returns the frontend's `host:port`, once the namespace `millwright` can be used
 * @throws MillwrightError `program_failed` (schema), TransientError `temporal_not_ready`
 */
export async function startTemporal(start: TemporalStart): Promise<string> {
  const { binaries, install, runSql, log, signal } = start;
  const settings = temporalServerSettings(install);
  const optional = signal === undefined ? {} : { signal };
  await Promise.all([
    writeFile(install.dynamicConfigPath, settings.dynamicConfig),
    setUpTemporalDatabases({ sqlTool: binaries.sqlTool, settings, runSql, log, ...optional }),
  ]);
  await start.startProgram({ name: 'temporal', file: binaries.server, args: settings.args, env: settings.env });
  const address = `${install.bindOnIp}:${install.ports.frontend}`;
  await ensureNamespace(address, { timeoutMs: READY_TIMEOUT_MS, ...optional });
  return address;
}
