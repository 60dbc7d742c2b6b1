import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { findFreePorts, isPortFree, Secret } from '@millwright/platform';
import { isJsonObject } from '@millwright/core';
import { usableOrExplain } from './disk-faults.ts';

/** The folder of one install, and where everything lies in it. */
export interface DataDir {
  readonly path: string;
  readonly lockFile: string;
  readonly childrenFile: string;
  readonly postgresDir: string;
  readonly dynamicConfigFile: string;
  readonly logFile: (child: string) => string;
}

/**
 * Makes the folder of an install, or finds it.
 * @param path absolute
 * @throws UserError `data_dir_unusable` when it cannot be written
 */
export async function openDataDir(path: string): Promise<DataDir> {
  await usableOrExplain(path, async () => {
    await makeFolder(join(path, 'logs'));
    await writeFile(join(path, '.writable'), '');
  });
  return {
    path,
    lockFile: join(path, 'millwright.lock'),
    childrenFile: join(path, 'children.json'),
    postgresDir: join(path, 'postgres'),
    dynamicConfigFile: join(path, 'temporal-dynamic-config.yaml'),
    logFile: (child) => join(path, 'logs', `${child}.log`),
  };
}

/** Makes a folder and those above it. Node's own `recursive` never returns where making one is answered with ENOENT, as under /proc. */
async function makeFolder(path: string): Promise<void> {
  const exists = async (folder: string): Promise<boolean> =>
    stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
  if (await exists(path)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch(async (thrown: unknown) => {
    // Another start may have made it in the same moment.
    if (!(await exists(path))) throw thrown;
  });
}

/** The password of the embedded database: made once, readable by its owner only. */
export async function databasePassword(dataDir: DataDir): Promise<Secret> {
  const file = join(dataDir.path, 'postgres.password');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known !== '') return new Secret(known.trim());
  const made = randomBytes(24).toString('base64url');
  await writeFile(`${file}.new`, `${made}\n`, { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
  return new Secret(made);
}

/**
 * The internal ports of this install: the same as last time while they are free, so that addresses in tools and logs stay good.
 * @param count how many are needed
 */
export async function rememberedPorts(dataDir: DataDir, count: number): Promise<readonly number[]> {
  const file = join(dataDir.path, 'ports.json');
  const known = readPorts(await readFile(file, 'utf8').catch(() => ''));
  const free = await Promise.all(known.slice(0, count).map(async (port) => isPortFree(port, '127.0.0.1')));
  if (known.length >= count && free.every(Boolean)) return known.slice(0, count);
  const chosen = await findFreePorts(count);
  await writeFile(`${file}.new`, JSON.stringify({ ports: chosen }));
  await rename(`${file}.new`, file);
  return chosen;
}

function readPorts(text: string): readonly number[] {
  try {
    const stored: unknown = JSON.parse(text);
    const ports = isJsonObject(stored) ? stored['ports'] : undefined;
    return Array.isArray(ports) ? ports.filter((port) => Number.isInteger(port)) : [];
  } catch {
    return [];
  }
}

/** What a former start left for whoever asks the embedded database; nothing is made. @returns nothing where there was no start */
export async function knownDatabase(
  path: string,
): Promise<{ readonly port: number; readonly password: Secret; readonly lockFile: string } | undefined> {
  const [port] = readPorts(await readFile(join(path, 'ports.json'), 'utf8').catch(() => ''));
  const password = (await readFile(join(path, 'postgres.password'), 'utf8').catch(() => '')).trim();
  return port === undefined || password === ''
    ? undefined
    : { port, password: new Secret(password), lockFile: join(path, 'millwright.lock') };
}
