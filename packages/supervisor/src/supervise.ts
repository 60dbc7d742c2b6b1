import { UserError } from '@millwright/core';
import { findFreePorts, isPortFree } from '@millwright/platform';
import { startWith, type Infrastructure, type InfrastructureOptions } from './infrastructure.ts';
import { openDataDir } from './install/data-dir.ts';
import { lockHolder } from './install/lock.ts';
import { serverEnvironment, startServer, type ServerProgram } from './server-child.ts';
import { LOOPBACK } from './temporal.ts';

/** What a whole install is started from. */
export interface SuperviseOptions extends InfrastructureOptions {
  readonly server: ServerProgram;
  /** Where the server listens on this machine. */
  readonly port: number;
  /** The built web app. */
  readonly webDist: string;
}

/** A running install. */
export interface Install extends Infrastructure {
  /** Where it answers. */
  readonly url: string;
}

/**
 * Starts everything on this machine and keeps it running: PostgreSQL, then Temporal and the server side by side, a watcher beside.
 * @throws UserError `port_taken`, `already_running`, `data_dir_unusable`; MillwrightError `server_failed` and the rest of `startInfrastructure`
 */
export async function supervise(options: SuperviseOptions): Promise<Install> {
  const address = `http://${LOOPBACK}:${options.port}`;
  await refuseTakenPort(options);
  const { infrastructure, beside } = await startWith(options, address, async (context, { database, temporalAddress }) => {
    const settings = {
      databaseUrl: database.url,
      temporalAddress,
      port: options.port,
      dataDir: context.dataDir.path,
      webDist: options.webDist,
    };
    return startServer(context, options.server, serverEnvironment(settings, options.env));
  });
  return { ...infrastructure, url: beside };
}

async function refuseTakenPort({ port, dataDir }: SuperviseOptions): Promise<void> {
  if (await isPortFree(port, LOOPBACK)) return;
  // Our own other start holds it: the lock then tells more.
  if ((await lockHolder((await openDataDir(dataDir)).lockFile)) !== undefined) return;
  const [free = port + 1] = (await isPortFree(port + 1, LOOPBACK)) ? [port + 1] : await findFreePorts(1);
  throw new UserError('conflict', {
    code: 'port_taken',
    message: `Port ${port} is taken by another program.`,
    hint: `Stop that program, or choose another port: MILLWRIGHT_PORT=${free} npm start`,
  });
}
