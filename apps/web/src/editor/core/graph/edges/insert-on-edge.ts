import type { Edge, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import type { DraftChange } from '../../document/changes.ts';
import { withChanges } from '../../document/with-changes.ts';
import { edgeIndexOf } from './edge-index.ts';
import { edgeLevel, planDrop, planGrowth, type Move } from '../frames.ts';
import { CARD_HEIGHT, CARD_WIDTH, snap } from '../geometry.ts';
import { findNode } from '../graph-queries.ts';
import { isContainer, layoutOf } from '../layout.ts';
import { joinThrough, makeRoom } from '../placement.ts';
import { inputsOf, isInner, outputsOf } from './ports.ts';

/** Whether a step can be dropped onto a line: nothing is joined to it yet, and something can lead through it. */
function canLeadThrough(document: WorkflowDocument, catalog: NodeTypeCatalog, node: WorkflowNode): boolean {
  const info = catalog.get(node.type, node.version);
  if (isContainer(info) || document.edges.some((edge) => edge.from === node.id || edge.to === node.id)) return false;
  const outside = [inputsOf(node, info), outputsOf(node, info)].map((ports) => ports.some((port) => !isInner(port)));
  return outside.every(Boolean);
}

/** The line that a dragged step would be put into; null for none. */
export function edgeUnder(document: WorkflowDocument, catalog: NodeTypeCatalog, { nodeId, to }: Move): Edge | null {
  const node = findNode(document, nodeId);
  if (!node || !canLeadThrough(document, catalog, node)) return null;
  return edgeIndexOf(document, catalog).at({ x: to.x + CARD_WIDTH / 2, y: to.y + CARD_HEIGHT / 2 });
}

/** Drops a step onto a line: it goes between, on the line's level, and what follows makes room. */
export function planDropOnEdge(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { move, edge }: { readonly move: Move; readonly edge: Edge },
): DraftChange[] {
  const node = findNode(document, move.nodeId);
  const info = node && catalog.get(node.type, node.version);
  const level = edgeLevel(document, catalog, { nodeId: edge.from, output: edge.output });
  if (!node || !info) return planDrop(document, catalog, [move]);
  const moved: DraftChange[] = [
    { kind: 'moveNode', nodeId: node.id, position: snap(move.to) },
    ...(layoutOf(document, catalog).parentOf(node.id) === level
      ? []
      : [{ kind: 'setParent', nodeId: node.id, parent: level } satisfies DraftChange]),
  ];
  const joined = [...moved, ...joinThrough(node, info, edge)];
  const after = withChanges(document, joined);
  const room = makeRoom(after, catalog, { edge, right: move.to.x + CARD_WIDTH }).filter(
    (change) => change.kind !== 'moveNode' || change.nodeId !== node.id,
  );
  const all = [...joined, ...room];
  return [...all, ...planGrowth(document, catalog, all)];
}
