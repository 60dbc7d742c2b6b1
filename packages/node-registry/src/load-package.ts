import { pathToFileURL } from 'node:url';
import { isJsonObject, UserError } from '@millwright/core';
import { defineNodePackage, type NodePackage } from '@millwright/node-sdk';

/**
 * Imports a package and checks it once more, as it may come from another SDK.
 * @param entry absolute file
 * @throws UserError `node_package_invalid`, or whatever the package throws
 */
export async function loadPackage(entry: string): Promise<NodePackage> {
  const loaded = (await import(pathToFileURL(entry).href)) as { readonly default?: unknown };
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
