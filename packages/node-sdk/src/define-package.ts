import type { Connector } from './connector/connector.ts';
import type { CredentialTypeInfo } from './connector/credential-type.ts';
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
  /** Given by `defineConnector`. */
  readonly connector?: Connector;
  /** Kinds of credentials that the nodes take. Default none. */
  readonly credentialTypes?: readonly CredentialTypeInfo[];
}

/**
 * Declares a node package.
 * @throws UserError `node_definition_invalid` listing everything that is wrong and what to write
 */
export function defineNodePackage(spec: NodePackageSpec): NodePackage {
  const { key, title, nodes, locales = {}, connector, credentialTypes } = spec;
  const nodePackage: NodePackage = {
    key,
    title,
    nodes,
    locales,
    ...(connector === undefined ? {} : { connector }),
    ...(credentialTypes === undefined ? {} : { credentialTypes }),
  };
  assertPackage(nodePackage);
  return nodePackage;
}
