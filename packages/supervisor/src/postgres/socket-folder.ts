import { constants } from 'node:fs';
import { access, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What a socket's address may take in bytes: 104 with its end on macOS, 108 on Linux. */
const LONGEST_PATH = 103;

/** Signs that separate and quote several folders, in PostgreSQL's setting and in the drivers' hosts. */
const SEPARATORS = /[,"]/;

const socketName = (port: number): string => `.s.PGSQL.${port}`;

/**
 * Where the embedded database can be reached without TCP, which is 20 µs of CPU less for each question and its answer: the cluster's own
 * folder, which nobody but its owner (and root) may enter.
 * @param dir of the cluster, which is there
 * @returns nothing where only TCP is left: on Windows, below a path that is long or has a comma, and where this process may not enter
 */
export async function socketFolder(dir: string, port: number, platform: NodeJS.Platform = process.platform): Promise<string | undefined> {
  if (platform === 'win32' || SEPARATORS.test(dir) || Buffer.byteLength(join(dir, socketName(port))) > LONGEST_PATH) return undefined;
  return access(dir, constants.X_OK).then(
    () => dir,
    () => undefined,
  );
}

/** Takes away what a killed server left beside its sockets: their locks name a pid that another program may have by now. */
export async function forgetSockets(dir: string): Promise<void> {
  const left = (await readdir(dir)).filter((name) => name.startsWith('.s.PGSQL.'));
  await Promise.all(left.map(async (name) => rm(join(dir, name), { force: true })));
}
