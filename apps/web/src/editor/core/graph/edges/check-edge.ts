import { edgeKey } from '@millwright/workflow/draft';
import type { Edge, NodeTypeCatalog, NodeTypeInfo, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { findNode } from '../graph-queries.ts';
import { layoutOf } from '../layout.ts';
import { inputsOf, isInner, outputsOf } from './ports.ts';

/** Why two steps cannot be connected; the interface has a sentence for each under `refused.<code>`. */
export type EdgeRefusal = 'self' | 'noInput' | 'noOutput' | 'exists' | 'unknownPort' | 'loop' | 'gone' | 'otherFrame';

/** Ports of loop nodes between which a cycle is meant. */
const LOOP_PORT = 'loop';
const BACK_PORT = 'back';

/** Whether a step is made for going round: it has an input for what comes back. */
function isLoop(node: WorkflowNode, info: NodeTypeInfo | undefined): boolean {
  return inputsOf(node, info).some((port) => port.name === BACK_PORT);
}

/** Whether an edge would close a circle that no loop step is in. */
function closesCircle(document: WorkflowDocument, catalog: NodeTypeCatalog, edge: Edge): boolean {
  const { parentOf } = layoutOf(document, catalog);
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const follows = new Map<string, string[]>();
  for (const { from, output, to } of document.edges) {
    const node = nodes.get(from);
    const isInside = parentOf(to) === from || parentOf(from) === to;
    const leadsRound = output === LOOP_PORT && node && isLoop(node, catalog.get(node.type, node.version));
    if (!isInside && !leadsRound) follows.set(from, [...(follows.get(from) ?? []), to]);
  }
  const seen = new Set<string>();
  for (let front = [edge.to]; front.length > 0;) {
    if (front.includes(edge.from)) return true;
    front = front.flatMap((id) => follows.get(id) ?? []).filter((id) => !seen.has(id) && seen.add(id));
  }
  return false;
}

/**
 * Whether an edge may be drawn.
 * @returns null when it may, otherwise the reason
 */
export function refuseEdge(document: WorkflowDocument, catalog: NodeTypeCatalog, edge: Edge): EdgeRefusal | null {
  const source = findNode(document, edge.from);
  const target = findNode(document, edge.to);
  if (!source || !target) return 'gone';
  if (source.id === target.id) return 'self';
  const sourceInfo = catalog.get(source.type, source.version);
  const inputs = inputsOf(target, catalog.get(target.type, target.version));
  const outputs = outputsOf(source, sourceInfo);
  if (inputs.length === 0) return 'noInput';
  if (outputs.length === 0) return 'noOutput';
  const input = inputs.find((port) => port.name === edge.input);
  const output = outputs.find((port) => port.name === edge.output);
  if (!input || !output) return 'unknownPort';
  if (document.edges.some((other) => edgeKey(other) === edgeKey(edge))) return 'exists';
  // Both ends must be on one level: inside of the same container, or outside of all.
  const { parentOf } = layoutOf(document, catalog);
  const from = isInner(output) ? source.id : parentOf(source.id);
  const to = isInner(input) ? target.id : parentOf(target.id);
  if (from !== to) return 'otherFrame';
  const isInside = from === source.id || from === target.id;
  const isMeant = edge.output === LOOP_PORT && isLoop(source, sourceInfo);
  return !isInside && !isMeant && closesCircle(document, catalog, edge) ? 'loop' : null;
}
