import type { NodeTypeCatalog, Problem } from '@millwright/workflow';

/** A node of a document or of a plan, as far as credentials go. */
export interface SlotsOfNode {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly credentials: Readonly<Record<string, string>>;
}

/** Problems of required slots that hold nothing. */
export function missingCredentials(nodes: readonly SlotsOfNode[], catalog: NodeTypeCatalog): readonly Problem[] {
  return nodes.flatMap((node) =>
    (catalog.get(node.type, node.version)?.credentials ?? [])
      .filter(({ name, required }) => required && (node.credentials[name] ?? '') === '')
      .map(({ name }): Problem => ({
        code: 'credential_missing',
        level: 'error',
        nodeId: node.id,
        field: `credentials.${name}`,
        text: 'This step needs a connection.',
        hint: 'Choose one, or connect an account.',
      })),
  );
}
