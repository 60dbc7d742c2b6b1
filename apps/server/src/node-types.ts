import path from 'node:path';
import { credentialTypes, type CredentialTypes } from '@millwright/credentials';
import { controlNodeTypes } from '@millwright/engine';
import {
  buildCatalog,
  discoverNodePackages,
  loadCatalog,
  loadRunners,
  type CatalogFile,
  type NodeRunners,
} from '@millwright/node-registry';
import type { Logger } from '@millwright/platform';
import type { NodeTypeCatalog } from '@millwright/workflow';

/** The installation's folder, which holds `nodes/`. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What is installed: the catalog as data, and the code that workers run. */
export interface InstalledNodeTypes {
  readonly catalog: NodeTypeCatalog;
  readonly runners: NodeRunners;
  /** Kinds of credentials of all connectors. */
  readonly credentialTypes: CredentialTypes;
  /** Connectors and what is proved of them. */
  readonly connectors: () => CatalogFile['connectors'];
}

/** Where node types are read from, and for whom. */
export interface NodeTypesPlace {
  readonly dataDir: string;
  readonly log: Logger;
  /** Whether packages that only proofs need count. */
  readonly tests: boolean;
}

/** Finds the node packages, makes their catalog where sources changed, and loads them; a broken one is named and left out. */
export async function installNodeTypes({ dataDir, log, tests }: NodeTypesPlace): Promise<InstalledNodeTypes> {
  const discovery = await discoverNodePackages(ROOT, { tests });
  const file = path.join(dataDir, 'catalog.json');
  const built = await buildCatalog({ discovery, file });
  // What a process of its own did not survive is not tried in this one.
  const broken = new Set(built.failures.map(({ packageName }) => packageName));
  const runners = await loadRunners(discovery.packages.filter(({ name }) => !broken.has(name)));
  for (const failure of [...built.failures, ...runners.failures]) log.error({ ...failure }, 'a node package cannot be used');
  return {
    catalog: await loadCatalog(file, controlNodeTypes),
    runners,
    credentialTypes: credentialTypes(built.credentialTypes),
    connectors: () => built.connectors,
  };
}
