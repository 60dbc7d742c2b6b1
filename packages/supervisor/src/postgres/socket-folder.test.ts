import { readdir, writeFile } from 'node:fs/promises';
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

  it('is nowhere on Windows, below a long path, and where there is no folder', async () => {
    expect(await socketFolder(folder.path, 5432, 'win32')).toBeUndefined();
    expect(await socketFolder(join(folder.path, 'ü'.repeat(50)), 5432, 'linux')).toBeUndefined();
    expect(await socketFolder(join(folder.path, 'no'), 5432, 'linux')).toBeUndefined();
  });
});

describe('what a killed server left', () => {
  it('is forgotten, and nothing else', async () => {
    for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock', 'PG_VERSION']) await writeFile(join(folder.path, name), '');
    await forgetSockets(folder.path);
    expect(await readdir(folder.path)).toEqual(['PG_VERSION']);
  });
});
