import { cp, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Patch } from './mutations/index.ts';

/** The checkout. */
const ROOT = path.resolve(import.meta.dirname, '../..');
/** What a copy needs of it. */
const COPIED = [
  'apps',
  'nodes',
  'packages',
  'scripts',
  'temporal',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'vitest.config.ts',
];

/** A copy of the checkout that can be broken without harm; what npm installed is shared. */
export interface CheckoutCopy {
  readonly dir: string;
  /** Changes files. @returns puts them back @throws when a patch does not fit exactly once */
  readonly patch: (patches: readonly Patch[]) => Promise<() => Promise<void>>;
  readonly remove: () => Promise<void>;
}

/** Copies the sources; our own packages are linked to the copy, everybody else's to the original. */
export async function copyCheckout(): Promise<CheckoutCopy> {
  const dir = await mkdtemp(path.join(tmpdir(), 'millwright-mutant-'));
  for (const name of COPIED) {
    await cp(path.join(ROOT, name), path.join(dir, name), {
      recursive: true,
      preserveTimestamps: true,
      filter: (source) => path.basename(source) !== 'node_modules',
    });
  }
  await linkModules(path.join(ROOT, 'node_modules'), path.join(dir, 'node_modules'));
  for (const group of ['apps', 'nodes', 'packages', 'temporal']) {
    for (const name of await readdir(path.join(ROOT, group))) {
      const own = path.join(group, name, 'node_modules');
      if (await lstat(path.join(ROOT, own)).catch(() => null)) await symlink(path.join(ROOT, own), path.join(dir, own));
    }
  }
  return { dir, patch: (patches) => patchAll(dir, patches), remove: () => rm(dir, { recursive: true, force: true }) };
}

async function linkModules(from: string, to: string): Promise<void> {
  await mkdir(path.join(to, '@millwright'), { recursive: true });
  for (const name of await readdir(from)) {
    if (name !== '@millwright') await symlink(path.join(from, name), path.join(to, name));
  }
  for (const name of await readdir(path.join(from, '@millwright'))) {
    // Relative links, which lead into the copy.
    await symlink(await readlink(path.join(from, '@millwright', name)), path.join(to, '@millwright', name));
  }
}

async function patchAll(dir: string, patches: readonly Patch[]): Promise<() => Promise<void>> {
  const before = new Map<string, string>();
  for (const { file, find, replace } of patches) {
    const target = path.join(dir, file);
    const text = await readFile(target, 'utf8');
    if (text.split(find).length !== 2)
      throw new Error(`the patch does not fit: ${file} holds this ${text.split(find).length - 1} times:\n${find}`);
    if (!before.has(target)) before.set(target, text);
    await writeFile(
      target,
      text.replace(find, () => replace),
    );
  }
  return async () => {
    for (const [target, text] of before) await writeFile(target, text);
  };
}
