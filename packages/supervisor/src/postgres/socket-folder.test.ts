import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/fixture.ts';
import { forgetSockets, socketFolder } from './socket-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => folder.remove());

describe('where the socket of the embedded database is', () => {
  it('is the folder of the cluster', async () => {
    expect(await socketFolder(folder.path, 5432, 'linux')).toBe(folder.path);
  });

  it('is nowhere on Windows, and where there is no folder', async () => {
    expect(await socketFolder(folder.path, 5432, 'win32')).toBeUndefined();
    expect(await socketFolder(join(folder.path, 'no'), 5432, 'linux')).toBeUndefined();
  });

  it.each([
    ['with a space', 'my data', true],
    ['that is long', 'ü'.repeat(50), false],
    ['with a comma', 'Acme, Inc', false],
    ['with a quote', 'the "new" one', false],
  ])('is, or is not, a folder %s', async (_what, name, is) => {
    const dir = join(folder.path, name);
    await mkdir(dir);
    expect(await socketFolder(dir, 5432, 'linux')).toBe(is ? dir : undefined);
  });
});

describe('what a killed server left', () => {
  it('is forgotten, and nothing else', async () => {
    for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock', 'PG_VERSION']) await writeFile(join(folder.path, name), '');
    await forgetSockets(folder.path);
    expect(await readdir(folder.path)).toEqual(['PG_VERSION']);
  });
});
