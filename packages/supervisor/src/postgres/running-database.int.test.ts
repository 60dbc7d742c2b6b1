import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { databasePassword, openDataDir, rememberedPorts } from '../install/data-dir.ts';
import { takeLock } from '../install/lock.ts';
import { runningDatabaseUrl } from './start-database.ts';

it('the embedded database is found while its install runs, and nothing is made where there is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millwright-known-'));
  expect(await runningDatabaseUrl(folder)).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
  const dataDir = await openDataDir(folder);
  const [port] = await rememberedPorts(dataDir, 1);
  const password = await databasePassword(dataDir);
  expect(await runningDatabaseUrl(folder)).toBeUndefined();
  const lock = await takeLock(dataDir.lockFile, 'http://127.0.0.1:4400');
  expect((await runningDatabaseUrl(folder))?.reveal()).toBe(`postgres://postgres:${password.reveal()}@127.0.0.1:${port}/millwright`);
  await lock.release();
  await rm(folder, { recursive: true, force: true });
});
