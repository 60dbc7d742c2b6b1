import { UserError } from '@millwright/core';
import type { NodeTypeCatalog, NodeTypeInfo } from '@millwright/workflow';
import { readCatalogFile } from './build-catalog.ts';

/** A catalog over a list. */
export function catalogOf(nodeTypes: readonly NodeTypeInfo[]): NodeTypeCatalog {
  const byName = new Map(nodeTypes.map((info) => [`${info.type}@${info.version}`, info]));
  const all = Object.freeze([...byName.values()]);
  return { get: (type, version) => byName.get(`${type}@${version}`), all: () => all };
}

/**
 * Reads `catalog.json`.
 * @param file absolute path
 * @param extra node types that live elsewhere: the engine's control nodes; they win over packages
 * @throws UserError `catalog_missing` when the file is not there or not ours
 */
export async function loadCatalog(file: string, extra: readonly NodeTypeInfo[]): Promise<NodeTypeCatalog> {
  const catalog = await readCatalogFile(file);
  if (catalog === null) {
    throw new UserError('notFound', {
      code: 'catalog_missing',
      message: `${file} is no catalog of node types`,
      hint: 'It is written at start; start the server once.',
    });
  }
  return catalogOf([...catalog.nodeTypes, ...extra]);
}
