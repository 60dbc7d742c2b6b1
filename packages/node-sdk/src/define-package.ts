import type { NodeDefinition, NodePackage, PackageLocales } from './definition.ts';
import { assertPackage } from './load-rules.ts';

/** A package as a node developer writes it: its default export. */
export interface NodePackageSpec {
  /** Folder name below `nodes/`, or the npm name. */
  readonly key: string;
  readonly title: string;
  readonly nodes: readonly NodeDefinition[];
  /** Texts in other languages; `de` is required for `core-*`. Default none. */
  readonly locales?: PackageLocales;
}

/**
 * Declares a node package.
 * @throws UserError `node_definition_invalid` listing everything that is wrong and what to write
 */
export function defineNodePackage(spec: NodePackageSpec): NodePackage {
  const nodePackage = { key: spec.key, title: spec.title, nodes: spec.nodes, locales: spec.locales ?? {} };
  assertPackage(nodePackage);
  return nodePackage;
}
