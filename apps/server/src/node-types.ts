import path from 'node:path';
import { controlNodeTypes } from '@millwright/engine';
import { buildCatalog, discoverNodePackages, loadCatalog, loadRunners, type NodeRunners } from '@millwright/node-registry';
import type { Logger } from '@millwright/platform';
import type { NodeTypeCatalog } from '@millwright/workflow';

/** The installation's folder, which holds `nodes/`. */
const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What is installed: the catalog as data, and the code that workers run. */
export interface InstalledNodeTypes {
  readonly catalog: NodeTypeCatalog;
  readonly runners: NodeRunners;
}

/**
 * Finds the node packages, makes their catalog where sources changed, and loads them; a broken one is named and left out.
 * @param options.tests whether packages that only proofs need count
 */
export async function installNodeTypes(dataDir: string, log: Logger, options: { readonly tests: boolean }): Promise<InstalledNodeTypes> {
  const discovery = await discoverNodePackages(ROOT, options);
  const file = path.join(dataDir, 'catalog.json');
  const built = await buildCatalog({ discovery, file });
  const runners = await loadRunners(discovery.packages);
  for (const failure of [...built.failures, ...runners.failures]) log.error({ ...failure }, 'a node package cannot be used');
  return { catalog: await loadCatalog(file, controlNodeTypes), runners };
}
