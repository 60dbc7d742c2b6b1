import type { NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import type { DraftChange } from '../document/changes.ts';

/** Removes nodes and edges by id and key. */
export function planRemoval(document: WorkflowDocument, nodeIds: ReadonlySet<string>, edgeKeys: ReadonlySet<string>): DraftChange[] {
  const nodes = document.nodes.filter((node) => nodeIds.has(node.id)).map((node): DraftChange => ({ kind: 'removeNode', nodeId: node.id }));
  const edges = document.edges.filter((edge) => edgeKeys.has(edgeKey(edge))).map((edge): DraftChange => ({ kind: 'removeEdge', edge }));
  return [...edges, ...nodes];
}

/**
 * Removes nodes and joins their neighbours: every edge into a removed node goes on to where that node's first
 * output led. Works through rows of removed nodes.
 */
export function planHealedRemoval(document: WorkflowDocument, catalog: NodeTypeCatalog, nodeIds: ReadonlySet<string>): DraftChange[] {
  let edges = [...document.edges];
  for (const node of document.nodes.filter((candidate) => nodeIds.has(candidate.id))) {
    const first = catalog.get(node.type, node.version)?.outputs[0]?.name ?? 'main';
    const into = edges.filter((edge) => edge.to === node.id);
    const out = edges.filter((edge) => edge.from === node.id && edge.output === first);
    const joined = into.flatMap((before) =>
      out.map((after) => ({ from: before.from, output: before.output, to: after.to, input: after.input })),
    );
    edges = [...edges.filter((edge) => edge.from !== node.id && edge.to !== node.id), ...joined.filter((edge) => edge.from !== edge.to)];
  }
  const known = new Set(document.edges.map(edgeKey));
  const added = edges.filter((edge) => !known.has(edgeKey(edge))).map((edge): DraftChange => ({ kind: 'addEdge', edge }));
  return [...planRemoval(document, nodeIds, new Set()), ...added];
}
