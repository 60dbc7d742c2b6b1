import type { Edge, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import type { DraftChange } from '../document/changes.ts';
import { findNode } from './graph-queries.ts';
import { layoutOf } from './layout.ts';
import { inputsOf, isInner, outputsOf } from './edges/ports.ts';

/** These nodes and everything in the containers among them. */
export function withContent(document: WorkflowDocument, catalog: NodeTypeCatalog, nodeIds: ReadonlySet<string>): ReadonlySet<string> {
  const { within } = layoutOf(document, catalog);
  return new Set([...nodeIds, ...[...nodeIds].flatMap(within)]);
}

/**
 * Removes steps, notes, sections and edges by id and key. Give containers with their content, or it is left without a frame;
 * the steps of a section stay unless they are named too.
 */
export function planRemoval(document: WorkflowDocument, nodeIds: ReadonlySet<string>, edgeKeys: ReadonlySet<string>): DraftChange[] {
  const nodes = document.nodes.filter((node) => nodeIds.has(node.id)).map((node): DraftChange => ({ kind: 'removeNode', nodeId: node.id }));
  const edges = document.edges.filter((edge) => edgeKeys.has(edgeKey(edge))).map((edge): DraftChange => ({ kind: 'removeEdge', edge }));
  const annotations = document.annotations
    .filter(({ id }) => nodeIds.has(id))
    .map(({ id }): DraftChange => ({ kind: 'removeAnnotation', annotationId: id }));
  return [...edges, ...nodes, ...annotations];
}

/** One edge for each pair: from where the first came, to where the second went. */
function joined(into: readonly Edge[], out: readonly Edge[]): readonly Edge[] {
  return into.flatMap((before) =>
    out.map((after) => ({ ...after, ...before, to: after.to, input: after.input })).filter((edge) => edge.from !== edge.to),
  );
}

/** Edges that a plan adds, those left out that are there already. */
function additions(document: WorkflowDocument, edges: readonly Edge[]): DraftChange[] {
  const known = new Set(document.edges.map(edgeKey));
  const fresh = new Map(edges.filter((edge) => !known.has(edgeKey(edge))).map((edge) => [edgeKey(edge), edge]));
  return [...fresh.values()].map((edge): DraftChange => ({ kind: 'addEdge', edge }));
}

/**
 * Removes nodes and joins their neighbours: every edge into a removed node goes on to where that node's first
 * output led. Works through rows of removed nodes.
 */
export function planHealedRemoval(document: WorkflowDocument, catalog: NodeTypeCatalog, nodeIds: ReadonlySet<string>): DraftChange[] {
  let edges = [...document.edges];
  for (const node of document.nodes.filter((candidate) => nodeIds.has(candidate.id))) {
    const info = catalog.get(node.type, node.version);
    const first = outputsOf(node, info).find((port) => !isInner(port))?.name ?? 'main';
    const inner = new Set(
      inputsOf(node, info)
        .filter(isInner)
        .map((port) => port.name),
    );
    const into = edges.filter((edge) => edge.to === node.id && !inner.has(edge.input));
    const out = edges.filter((edge) => edge.from === node.id && edge.output === first);
    edges = [...edges.filter((edge) => edge.from !== node.id && edge.to !== node.id), ...joined(into, out)];
  }
  return [...planRemoval(document, withContent(document, catalog, nodeIds), new Set()), ...additions(document, edges)];
}

/**
 * Takes a container away and keeps what it holds, one level up: what came into the container goes to its first steps,
 * and what was collected goes on to where the container led.
 */
export function planUnwrap(document: WorkflowDocument, catalog: NodeTypeCatalog, containerId: string): DraftChange[] {
  const node = findNode(document, containerId);
  if (!node) return [];
  const layout = layoutOf(document, catalog);
  const kept = layout
    .childrenOf(containerId)
    .map((child): DraftChange => ({ kind: 'setParent', nodeId: child.id, parent: layout.parentOf(containerId) }));
  return [...kept, { kind: 'removeNode', nodeId: containerId }, ...additions(document, bypass(document, catalog, node))];
}

function bypass(document: WorkflowDocument, catalog: NodeTypeCatalog, node: WorkflowNode): readonly Edge[] {
  const info = catalog.get(node.type, node.version);
  const outputs = outputsOf(node, info);
  const innerIn = new Set(
    inputsOf(node, info)
      .filter(isInner)
      .map((port) => port.name),
  );
  const [first, after] = [outputs.find(isInner)?.name, outputs.find((port) => !isInner(port))?.name];
  const of = (test: (edge: Edge) => boolean): readonly Edge[] => document.edges.filter(test);
  const before = joined(
    of((edge) => edge.to === node.id && !innerIn.has(edge.input)),
    of((edge) => edge.from === node.id && edge.output === first),
  );
  const behind = joined(
    of((edge) => edge.to === node.id && innerIn.has(edge.input)),
    of((edge) => edge.from === node.id && edge.output === after),
  );
  return [...before, ...behind];
}
