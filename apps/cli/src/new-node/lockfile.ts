import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, UserError, type JsonObject } from '@millwright/core';

/** The manifest's parts that npm keeps in its lockfile for a workspace. */
function lockEntry(manifest: JsonObject): JsonObject {
  const { name, version, license, dependencies } = manifest;
  return { name: name ?? '', version: version ?? '', license: license ?? '', ...(dependencies === undefined ? {} : { dependencies }) };
}

/**
 * Makes a workspace known to `package-lock.json`, as `npm install` would: it depends only on packages of this checkout, so nothing has to be
 * asked for.
 * @param folder of the workspace, relative to the checkout
 */
export async function addToLockfile(root: string, folder: string, manifest: JsonObject & { readonly name: string }): Promise<void> {
  const file = join(root, 'package-lock.json');
  const lock: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isJsonObject(lock) || !isJsonObject(lock['packages']))
    throw new UserError('invalid', { code: 'lockfile_invalid', message: `${file} has no packages`, hint: 'Run `npm install` once.' });
  const added = {
    ...lock['packages'],
    [folder]: lockEntry(manifest),
    [`node_modules/${manifest.name}`]: { resolved: folder, link: true },
  };
  // The order that npm writes, so that its next run changes nothing.
  const packages = Object.fromEntries(Object.entries(added).toSorted(([a], [b]) => a.localeCompare(b, 'en')));
  await writeFile(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
}
