import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashWebSources } from './web-build.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'millwright-web-'));
  for (const folder of ['apps/web/src', 'apps/web/dist', 'packages/core/src']) await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'package-lock.json'), '{}');
  await writeFile(join(root, 'apps/web/src/main.tsx'), 'first');
});
afterEach(async () => rm(root, { recursive: true, force: true }));

describe('the web app is built again', () => {
  it.each(['apps/web/src/main.tsx', 'apps/web/src/added.tsx', 'packages/core/src/index.ts', 'package-lock.json'])(
    'after a change of %s',
    async (file) => {
      const before = await hashWebSources(root);
      await writeFile(join(root, file), 'second');
      expect(await hashWebSources(root)).not.toBe(before);
    },
  );

  it.each(['apps/web/dist/index.html', 'apps/web/src/main.test.tsx'])('but not after a change of %s', async (file) => {
    const before = await hashWebSources(root);
    await writeFile(join(root, file), 'second');
    expect(await hashWebSources(root)).toBe(before);
  });
});
