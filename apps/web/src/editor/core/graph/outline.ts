import type { Edge, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { layoutOf } from './layout.ts';
import { type AnnotationRow, annotationRows } from './annotations/notes.ts';
import { outputsOf, isInner } from './edges/ports.ts';

/** One step, section or note in the outline: the graph as a list that can be read from top to bottom. */
export interface OutlineRow {
  /** Of the step, section or note. */
  readonly nodeId: string;
  /** What a section or note says of itself; null for a step. */
  readonly annotation: AnnotationRow | null;
  /** The container that holds it; null at the top. */
  readonly parentId: string | null;
  /** From 1; a step in a container is one deeper than it. */
  readonly level: number;
  /** Its place among the steps of the same container, from 1, and how many those are. */
  readonly position: number;
  readonly size: number;
  readonly hasChildren: boolean;
  /** The way out that leads here, where the step before it has several or something stands at the line; null otherwise. */
  readonly branch: { readonly fromId: string; readonly output: string; readonly label: string | null } | null;
}

/** The parts of a document that the outline tells. */
type Graph = Pick<WorkflowDocument, 'nodes' | 'edges' | 'annotations'>;

type Outgoing = ReadonlyMap<string, readonly Edge[]>;

function inReadingOrder(a: WorkflowNode, b: WorkflowNode): number {
  return a.position[0] - b.position[0] || a.position[1] - b.position[1];
}

/** Lines by the step they leave, in the order of its ports. */
function outgoingOf(document: Graph, catalog: NodeTypeCatalog): Outgoing {
  const grouped = Map.groupBy(document.edges, (edge) => edge.from);
  return new Map(
    document.nodes.map((node) => {
      const ports = outputsOf(node, catalog.get(node.type, node.version)).map((port) => port.name);
      return [node.id, (grouped.get(node.id) ?? []).toSorted((a, b) => ports.indexOf(a.output) - ports.indexOf(b.output))];
    }),
  );
}

/** The waiting step that goes on from one that is placed already: where a loop leads back, nobody is free of lines to wait for. */
function nextInLoop(waiting: readonly WorkflowNode[], placed: ReadonlySet<string>, edges: readonly Edge[]): WorkflowNode | undefined {
  const led = new Set(edges.filter((edge) => placed.has(edge.from)).map((edge) => edge.to));
  return waiting.find((node) => led.has(node.id)) ?? waiting[0];
}

/** Steps of one level in the order in which data flows; a branch is told to its end before the next one begins. */
function inFlowOrder(nodes: readonly WorkflowNode[], outgoing: Outgoing): readonly WorkflowNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = nodes.flatMap((node) => (outgoing.get(node.id) ?? []).filter((edge) => byId.has(edge.to) && edge.to !== edge.from));
  const waits = new Map(nodes.map((node) => [node.id, 0]));
  for (const edge of edges) waits.set(edge.to, (waits.get(edge.to) ?? 0) + 1);
  const sorted = nodes.toSorted(inReadingOrder);
  const stack = sorted.filter((node) => waits.get(node.id) === 0).toReversed();
  const placed = new Set<string>();
  while (placed.size < nodes.length) {
    const node =
      stack.pop() ??
      nextInLoop(
        sorted.filter((candidate) => !placed.has(candidate.id)),
        placed,
        edges,
      );
    if (!node) break;
    if (placed.has(node.id)) continue;
    placed.add(node.id);
    for (const { to } of (outgoing.get(node.id) ?? []).toReversed()) {
      const left = (waits.get(to) ?? 0) - 1;
      waits.set(to, left);
      const next = byId.get(to);
      if (left === 0 && next) stack.push(next);
    }
  }
  return [...placed].flatMap((id) => byId.get(id) ?? []);
}

/** Which way out leads to each step, where that says something. */
function branchesOf(document: Graph, catalog: NodeTypeCatalog, outgoing: Outgoing): ReadonlyMap<string, OutlineRow['branch']> {
  const branches = new Map<string, OutlineRow['branch']>();
  for (const node of document.nodes) {
    const outer = outputsOf(node, catalog.get(node.type, node.version)).filter((port) => !isInner(port));
    for (const { to, output, label = null } of outgoing.get(node.id) ?? []) {
      const isBranch = outer.length > 1 && outer.some((port) => port.name === output);
      if (!branches.has(to) && (isBranch || label !== null)) branches.set(to, { fromId: node.id, output, label });
    }
  }
  return branches;
}

/** Sections and notes, which no line leads to: after the steps of the top level. @param before how many those are */
function annotationRowsOf(annotations: readonly AnnotationRow[], before: number): readonly OutlineRow[] {
  return annotations.map((annotation, index) => ({
    nodeId: annotation.id,
    annotation,
    parentId: null,
    level: 1,
    position: before + index + 1,
    size: before + annotations.length,
    hasChildren: false,
    branch: null,
  }));
}

/** The graph as rows: containers before what they hold, steps in the order of the flow, then sections and notes. */
export function outlineOf(document: Graph, catalog: NodeTypeCatalog): readonly OutlineRow[] {
  const layout = layoutOf(document, catalog);
  const outgoing = outgoingOf(document, catalog);
  const branches = branchesOf(document, catalog, outgoing);
  const children = Map.groupBy(document.nodes, (node) => layout.parentOf(node.id));
  const annotations = annotationRows(document);
  const rowsIn = (parentId: string | null, level: number): readonly OutlineRow[] => {
    const ordered = inFlowOrder(children.get(parentId) ?? [], outgoing);
    const size = ordered.length + (parentId === null ? annotations.length : 0);
    return ordered.flatMap((node, index) => [
      {
        nodeId: node.id,
        annotation: null,
        parentId,
        level,
        position: index + 1,
        size,
        hasChildren: children.has(node.id),
        branch: branches.get(node.id) ?? null,
      },
      ...rowsIn(node.id, level + 1),
    ]);
  };
  return [...rowsIn(null, 1), ...annotationRowsOf(annotations, children.get(null)?.length ?? 0)];
}

/** The rows that show when some containers are folded. */
export function unfolded(rows: readonly OutlineRow[], folded: ReadonlySet<string>): readonly OutlineRow[] {
  if (folded.size === 0) return rows;
  const hidden = new Set<string>();
  return rows.filter((row) => {
    const isHidden = row.parentId !== null && (folded.has(row.parentId) || hidden.has(row.parentId));
    if (isHidden) hidden.add(row.nodeId);
    return !isHidden;
  });
}
