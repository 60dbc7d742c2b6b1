import type { NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';

/** Node types of a document's triggers in drawing order: top to bottom, then left to right. */
export function triggerTypesOf(document: WorkflowDocument, catalog: NodeTypeCatalog): readonly string[] {
  return document.nodes
    .filter((node) => catalog.get(node.type, node.version)?.kind === 'trigger')
    .toSorted((a, b) => a.position[1] - b.position[1] || a.position[0] - b.position[0])
    .map((node) => node.type);
}
