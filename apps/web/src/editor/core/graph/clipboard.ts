import { CLIPBOARD_FORMAT, type WorkflowDocument } from '@millwright/workflow';
import { innerEdges } from './graph-queries.ts';

/** The selected steps, notes and sections and the edges between them, as text for the clipboard. Give frames with their content. */
export function writeClipboard(document: WorkflowDocument, nodeIds: ReadonlySet<string>): string {
  const nodes = document.nodes.filter((node) => nodeIds.has(node.id));
  const annotations = document.annotations.filter((annotation) => nodeIds.has(annotation.id));
  return JSON.stringify({ format: CLIPBOARD_FORMAT, nodes, edges: innerEdges(document, nodeIds), annotations });
}
