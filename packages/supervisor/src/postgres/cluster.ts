import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram, type Environment, type Logger, type Program, type Secret } from '@millwright/platform';
import { identify } from '../children/process-identity.ts';
import { stopProcess } from '../children/stop-processes.ts';
import { explainDiskFault } from '../install/disk-faults.ts';
import { findPostgres } from './binaries.ts';
import { giveTo, runPostgresAs } from './run-as.ts';
import { forgetSockets, socketFolder } from './socket-folder.ts';

/** What an embedded database cluster is made from. */
export interface ClusterOptions {
  readonly dir: string;
  readonly port: number;
  readonly password: Secret;
  readonly env: Environment;
  readonly log: Logger;
  readonly signal?: AbortSignal;
}

/** The superuser of the embedded cluster. */
export const POSTGRES_USER = 'postgres';

/** Only this machine gets in, with the password: by TCP, or through a socket in the cluster's own folder (`socket-folder.ts`). */
const LISTEN_ADDRESSES = '127.0.0.1';

/** How PostgreSQL runs, here and in compose (a test holds docker-compose.yml to it). */
export const POSTGRES_SETTINGS: Readonly<Record<string, string>> = {
  max_connections: '200',
  shared_buffers: '256MB',
  fsync: 'on',
  wal_compression: 'on',
  max_wal_size: '4GB',
  jit: 'off',
  log_min_messages: 'warning',
};

/**
 * Makes the cluster when there is none (a half-made one of a former start is thrown away) and says how to run it.
 * @throws UserError `data_dir_unusable`, `postgres_needs_user`, `postgres_unavailable`
 * @throws MillwrightError `program_failed` when initdb fails otherwise
 */
export async function prepareCluster(options: ClusterOptions): Promise<Program> {
  const { dir, port, env } = options;
  const binaries = findPostgres();
  const runAs = await runPostgresAs([dirname(dir), dirname(binaries.postgres)], env);
  const made = await readFile(join(dir, 'PG_VERSION'), 'utf8').then(
    () => true,
    () => false,
  );
  if (made) {
    await giveTo(dir, runAs.owner);
    await clearPostmaster(dir, options.log);
    await forgetSockets(dir);
  } else {
    await makeCluster(options, binaries.initdb, runAs);
  }
  const listening = {
    listen_addresses: LISTEN_ADDRESSES,
    unix_socket_directories: (await socketFolder(dir, port)) ?? '',
    port: String(port),
  };
  const flags = Object.entries({ ...listening, ...POSTGRES_SETTINGS }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return runAs.wrap({ name: 'postgres', file: binaries.postgres, args: ['-D', dir, ...flags], env: programEnvironment(env) });
}

/** initdb into a folder beside, moved into place when it is whole. */
async function makeCluster(
  { dir, password, env, signal }: ClusterOptions,
  initdb: string,
  runAs: Awaited<ReturnType<typeof runPostgresAs>>,
): Promise<void> {
  const making = `${dir}.making`;
  const passwordFile = join(making, 'password');
  try {
    await rm(making, { recursive: true, force: true });
    await mkdir(making, { recursive: true, mode: 0o700 });
    await writeFile(passwordFile, password.reveal(), { mode: 0o600 });
    await giveTo(making, runAs.owner);
    const args = [
      `--pgdata=${join(making, 'cluster')}`,
      `--username=${POSTGRES_USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ];
    await runProgram(runAs.wrap({ name: 'initdb', file: initdb, args, env: programEnvironment(env) }), undefined, signal);
    await rename(join(making, 'cluster'), dir);
  } catch (thrown) {
    throw explainDiskFault(dir, thrown);
  } finally {
    await rm(making, { recursive: true, force: true }).catch(() => undefined);
  }
}

function programEnvironment(env: Environment): Readonly<Record<string, string | undefined>> {
  return { PATH: env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

/** How long a dead postmaster may keep its number before its note is taken away. Its own children are gone long before. */
const REAP_MS = 10_000;

/** Whether a number is taken, be it by a dead process that nobody has asked for yet (a zombie). */
function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A zombie still holds its number, and PostgreSQL takes it for alive: waits until it is gone, and gives up on its note after a while. */
async function outlast(pid: number, file: string): Promise<void> {
  for (const endsAt = Date.now() + REAP_MS; isTaken(pid) && Date.now() < endsAt;) await sleep(50);
  if (isTaken(pid)) await rm(file, { force: true });
}

/**
 * Deals with the note of a former start: PostgreSQL refuses to start while its number is in use, by whomever.
 * An own left-over is stopped; a number that another program got after a reboot is forgotten.
 */
async function clearPostmaster(dir: string, log: Logger): Promise<void> {
  const file = join(dir, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const holder = identify(pid);
  if (holder === undefined) {
    await outlast(pid, file);
    return;
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (command === undefined || command.split('\0').includes(dir)) {
    log.info({ pid }, 'postgres of a former start is stopped');
    await stopProcess({ ...holder, name: 'postgres', stopSignal: 'SIGINT', graceMs: 8_000 });
    await outlast(pid, file);
  } else {
    await rm(file, { force: true });
  }
}
