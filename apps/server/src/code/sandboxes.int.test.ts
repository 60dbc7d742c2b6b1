import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger } from '@millwright/platform';
import { afterEach, expect, it } from 'vitest';
import { allowedPackages, lateSandboxes, startSandboxes } from './sandboxes.ts';

const log = createLogger({ level: 'fatal', name: 'test' });
const settings = {
  MILLWRIGHT_MULTI_TENANT: false,
  MILLWRIGHT_CODE_LEVEL: 'L1',
  MILLWRIGHT_CODE_ONE_SHOT: false,
  MILLWRIGHT_CODE_MEMORY_MB: 128,
  MILLWRIGHT_CODE_PACKAGES: undefined,
} as const;

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
  folder = undefined;
});

it('a process refuses to start below the walls that its settings ask for', async () => {
  await expect(startSandboxes({ ...settings, MILLWRIGHT_CODE_LEVEL: 'L3' }, log)).rejects.toMatchObject({ code: 'code_walls_too_low' });
});

it('where workspaces do not trust each other it starts only with walls of the operating system, and says which hold', async () => {
  // A machine without such walls refuses; both are right, L1 is not.
  const found = await startSandboxes({ ...settings, MILLWRIGHT_MULTI_TENANT: true }, log).then(
    async ({ status, close }) => {
      await close();
      return status();
    },
    (thrown: unknown) => thrown,
  );
  expect([
    expect.objectContaining({ level: 'L2', oneShot: false, packages: [] }),
    expect.objectContaining({ code: 'code_walls_too_low' }),
  ]).toContainEqual(found);
});

it('packages that may be loaded are those that the folder names itself', async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'millwright-packages-'));
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ dependencies: { zod: '4', dayjs: '1' }, devDependencies: { vitest: '5' } }),
  );
  expect(await allowedPackages(folder)).toEqual(['dayjs', 'zod']);
  expect(await allowedPackages(undefined)).toEqual([]);
  await expect(allowedPackages(path.join(folder, 'gone'))).rejects.toMatchObject({ code: 'config_invalid' });
});

it('late sandboxes start with the first program', async () => {
  const { runner, close } = lateSandboxes(settings, log);
  const call = {
    workspaceId: 'ws',
    projectId: 'default',
    language: 'javascript',
    source: 'return [{ json: { a: 1 } }];',
    mode: 'all',
  } as const;
  expect((await runner.run({ ...call, items: [], data: {}, timeoutMs: 5000 })).items).toMatchObject([{ json: { a: 1 } }]);
  await close();
});
