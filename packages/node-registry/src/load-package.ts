import { pathToFileURL } from 'node:url';
import { isJsonObject, UserError } from '@millwright/core';
import { defineNodePackage, type NodePackage } from '@millwright/node-sdk';
import { freshUrl } from './fresh-modules.ts';

/**
 * Imports a package and checks it once more, as it may come from another SDK.
 * @param entry absolute file
 * @param state hash of the sources: another one is loaded anew. Default: what was loaded stays
 * @throws UserError `node_package_invalid`, or whatever the package throws
 */
export async function loadPackage(entry: string, state?: string): Promise<NodePackage> {
  const url = state === undefined ? pathToFileURL(entry).href : freshUrl(entry, state);
  const loaded = (await import(url)) as { readonly default?: unknown };
  const exported = loaded.default;
  if (!isJsonObject(exported) || !Array.isArray(exported['nodes'])) {
    throw new UserError('invalid', {
      code: 'node_package_invalid',
      message:
        'it has no default export made by defineNodePackage(…) or defineConnector(…): write "export default defineNodePackage({ … })"',
    });
  }
  return defineNodePackage(exported as unknown as NodePackage);
}
