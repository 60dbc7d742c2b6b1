import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '@millwright/core';
import { isPortFree, runProgram } from '@millwright/platform';
import { findPostgres, findTemporal, lockHolder, reachableDatabase } from '@millwright/supervisor';
import type { CliConfig } from './config.ts';
import { say } from './terminal.ts';
import { checkWalls, type Finding } from './walls.ts';

const MARKS = { good: 'good', open: 'open', bad: 'BAD ' } as const;

const NEEDED_BYTES = 400_000_000;

/**
 * `millwright doctor`: checks what a start needs, and tries each wall around Code steps, changing nothing.
 * @returns 0 when all is well, 1 otherwise
 */
export async function doctor(config: CliConfig): Promise<number> {
  const findings = await Promise.all([
    check('Node', async () => `${process.versions.node}`),
    check('Data folder', async () => checkDataDir(config.dataDir)),
    check('PostgreSQL', async () => checkPostgres(config)),
    check('Temporal', async () => checkTemporal(config)),
    check('Address', async () => checkAddress(config)),
  ]);
  const walls = await wallsOf(config);
  const all = [...findings, ...walls];
  for (const { what, state, detail } of all) say(`${MARKS[state]}  ${what.padEnd(18)} ${detail}`);
  return all.some(({ state }) => state === 'bad') ? 1 : 0;
}

async function wallsOf({ leastWalls }: CliConfig): Promise<readonly Finding[]> {
  try {
    return await checkWalls(leastWalls);
  } catch (thrown) {
    return [{ what: 'Code steps', state: 'bad', detail: messageOf(thrown) }];
  }
}

async function check(what: string, find: () => Promise<string>): Promise<Finding> {
  try {
    return { what, state: 'good', detail: await find() };
  } catch (thrown) {
    return { what, state: 'bad', detail: messageOf(thrown) };
  }
}

async function checkDataDir(path: string): Promise<string> {
  let folder = path;
  while (
    await access(folder).then(
      () => false,
      () => folder !== dirname(folder),
    )
  )
    folder = dirname(folder);
  await access(folder, constants.W_OK);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < NEEDED_BYTES) throw new Error(`${path}: less than ${NEEDED_BYTES / 1_000_000} MB are free`);
  return `${path}, ${Math.floor((bavail * bsize) / 1_000_000_000)} GB free`;
}

async function checkPostgres({ databaseUrl, env }: CliConfig): Promise<string> {
  if (databaseUrl !== undefined) return reachableDatabase(databaseUrl);
  const { postgres } = findPostgres();
  return runProgram({ name: 'postgres', file: postgres, args: ['--version'], env });
}

async function checkTemporal({ temporalAddress, env }: CliConfig): Promise<string> {
  if (temporalAddress !== undefined) return `${temporalAddress} (TEMPORAL_ADDRESS)`;
  const found = await findTemporal(env);
  return found === undefined ? 'not here yet; the next start fetches or compiles it' : `${found.server} (${found.source})`;
}

async function checkAddress({ dataDir, port }: CliConfig): Promise<string> {
  const holder = await lockHolder(`${dataDir}/millwright.lock`);
  if (holder !== undefined) return `running: ${holder.address} (process ${holder.pid})`;
  if (await isPortFree(port, '127.0.0.1')) return `port ${port} is free`;
  throw new Error(`port ${port} is taken by another program; set MILLWRIGHT_PORT to another`);
}
