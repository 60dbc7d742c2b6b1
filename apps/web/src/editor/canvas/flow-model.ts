import type { Edge as WorkflowEdge, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import { CARD_WIDTH, cardHeight, portOffset } from '../core/graph/geometry.ts';
import { inputsOf, outputsOf } from '../core/graph/ports.ts';

/** A card for the canvas library: an id and a place; everything else is read by id. */
export type FlowNode = Node<Record<string, never>, 'step'>;
/** An edge for the canvas library. */
export type FlowEdge = Edge<{ readonly edge: WorkflowEdge }, 'step'>;

/** Size of a port's dot, px. */
const DOT = 12;

const NO_DATA: Record<string, never> = {};

function handlesOf(node: WorkflowNode, catalog: NodeTypeCatalog): NodeHandle[] {
  const info = catalog.get(node.type, node.version);
  const height = cardHeight(node, info);
  const side = (ports: readonly { readonly name: string }[], type: 'source' | 'target', x: number): NodeHandle[] =>
    ports.map((port, index) => ({
      id: port.name,
      type,
      position: type === 'source' ? Position.Right : Position.Left,
      x: x - DOT / 2,
      y: portOffset(index, ports.length, height) - DOT / 2,
      width: DOT,
      height: DOT,
    }));
  return [...side(inputsOf(info), 'target', 0), ...side(outputsOf(node, info), 'source', CARD_WIDTH)];
}

/** What decides how a card is handed over, besides the node itself. */
export interface NodeView {
  readonly selected: ReadonlySet<string>;
  /** Preview of the keyboard's move mode, px. */
  readonly offset: { readonly nodeIds: ReadonlySet<string>; readonly dx: number; readonly dy: number } | null;
  readonly isReadOnly: boolean;
}

interface Cached {
  readonly source: WorkflowNode;
  readonly isSelected: boolean;
  readonly dx: number;
  readonly dy: number;
  readonly flow: FlowNode;
}

/** Turns nodes into cards; what did not change keeps its identity, so that the library skips it. */
export function createNodeMapper(catalog: NodeTypeCatalog): (document: WorkflowDocument, view: NodeView) => FlowNode[] {
  let cache = new Map<string, Cached>();
  return (document, view) => {
    const next = new Map<string, Cached>();
    const nodes = document.nodes.map((node) => {
      const known = cache.get(node.id);
      const isSelected = view.selected.has(node.id);
      const moves = view.offset?.nodeIds.has(node.id) ?? false;
      const dx = moves ? (view.offset?.dx ?? 0) : 0;
      const dy = moves ? (view.offset?.dy ?? 0) : 0;
      const fits = known && known.source === node && known.isSelected === isSelected && known.dx === dx && known.dy === dy;
      const entry = fits
        ? known
        : { source: node, isSelected, dx, dy, flow: toFlowNode(node, catalog, { isSelected, dx, dy, isReadOnly: view.isReadOnly }) };
      next.set(node.id, entry);
      return entry.flow;
    });
    cache = next;
    return nodes;
  };
}

function toFlowNode(
  node: WorkflowNode,
  catalog: NodeTypeCatalog,
  view: { readonly isSelected: boolean; readonly dx: number; readonly dy: number; readonly isReadOnly: boolean },
): FlowNode {
  const height = cardHeight(node, catalog.get(node.type, node.version));
  return {
    id: node.id,
    type: 'step',
    position: { x: node.position[0] + view.dx, y: node.position[1] + view.dy },
    width: CARD_WIDTH,
    height,
    measured: { width: CARD_WIDTH, height },
    handles: handlesOf(node, catalog),
    data: NO_DATA,
    selected: view.isSelected,
    draggable: !view.isReadOnly,
    connectable: !view.isReadOnly,
  };
}

/** Turns edges into the library's; identity is kept like that of nodes. */
export function createEdgeMapper(): (edges: readonly WorkflowEdge[], selected: ReadonlySet<string>) => FlowEdge[] {
  let cache = new Map<string, FlowEdge>();
  return (edges, selected) => {
    const next = new Map<string, FlowEdge>();
    for (const edge of edges) {
      const id = edgeKey(edge);
      const known = cache.get(id);
      const isSelected = selected.has(id);
      const flow: FlowEdge =
        known && known.selected === isSelected
          ? known
          : {
              id,
              type: 'step',
              source: edge.from,
              sourceHandle: edge.output,
              target: edge.to,
              targetHandle: edge.input,
              data: { edge },
              selected: isSelected,
            };
      next.set(id, flow);
    }
    cache = next;
    return [...next.values()];
  };
}
