import { edgeKey } from '@millwright/workflow/draft';
import type { Edge, NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { findNode, reachable } from './graph-queries.ts';
import { inputsOf, outputsOf } from './ports.ts';

/** Why two steps cannot be connected; the interface has a sentence for each under `refused.<code>`. */
export type EdgeRefusal = 'self' | 'noInput' | 'noOutput' | 'exists' | 'unknownPort' | 'loop' | 'gone';

/** Port of loop nodes through which a cycle is meant. */
const LOOP_PORT = 'loop';

/**
 * Whether an edge may be drawn.
 * @returns null when it may, otherwise the reason
 */
export function refuseEdge(document: WorkflowDocument, catalog: NodeTypeCatalog, edge: Edge): EdgeRefusal | null {
  const source = findNode(document, edge.from);
  const target = findNode(document, edge.to);
  if (!source || !target) return 'gone';
  if (source.id === target.id) return 'self';
  const inputs = inputsOf(catalog.get(target.type, target.version));
  const outputs = outputsOf(source, catalog.get(source.type, source.version));
  if (inputs.length === 0) return 'noInput';
  if (outputs.length === 0) return 'noOutput';
  if (!inputs.some((port) => port.name === edge.input) || !outputs.some((port) => port.name === edge.output)) return 'unknownPort';
  if (document.edges.some((other) => edgeKey(other) === edgeKey(edge))) return 'exists';
  const closesLoop = reachable(document, target.id, 'down').includes(source.id);
  if (closesLoop && edge.output !== LOOP_PORT && edge.input !== LOOP_PORT) return 'loop';
  return null;
}
