import type { Edge as WorkflowEdge, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import type { Box } from '../core/graph/geometry.ts';
import { isContainer, type Layout, layoutOf } from '../core/graph/layout.ts';
import { portPlaces } from '../core/graph/port-places.ts';

/** A card or a frame for the canvas library: an id and a place; everything else is read by id. */
export type FlowNode = Node<Record<string, never>, 'step' | 'frame'>;
/** An edge for the canvas library. */
export type FlowEdge = Edge<{ readonly edge: WorkflowEdge }, 'step'>;

/** Size of a port's dot, px. */
const DOT = 12;

const NO_DATA: Record<string, never> = {};

function handlesOf(node: WorkflowNode, catalog: NodeTypeCatalog, box: Pick<Box, 'width' | 'height'>): NodeHandle[] {
  return portPlaces(node, catalog.get(node.type, node.version), box).map(({ port, side, x, y }) => ({
    id: port.name,
    type: side === 'output' ? 'source' : 'target',
    position: side === 'output' ? Position.Right : Position.Left,
    x: x - DOT / 2,
    y: y - DOT / 2,
    width: DOT,
    height: DOT,
  }));
}

/** What decides how a card is handed over, besides the node itself. */
export interface NodeView {
  readonly selected: ReadonlySet<string>;
  /** Preview of the keyboard's move mode, px. */
  readonly offset: { readonly nodeIds: ReadonlySet<string>; readonly dx: number; readonly dy: number } | null;
  /** Preview of a frame's new size. */
  readonly resizing: { readonly nodeId: string; readonly size: readonly [number, number] } | null;
  readonly isReadOnly: boolean;
}

/** Everything that a card for the library is made from; two equal ones give the same card. */
interface Facts {
  readonly isSelected: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly parent: string | null;
  readonly isReadOnly: boolean;
}

interface Cached {
  readonly source: WorkflowNode;
  readonly facts: Facts;
  readonly flow: FlowNode;
}

const FACTS = ['isSelected', 'x', 'y', 'width', 'height', 'parent', 'isReadOnly'] as const satisfies readonly (keyof Facts)[];

/** A card inside a frame has its place from the frame's corner: it moves with the frame. */
function factsOf(node: WorkflowNode, layout: Layout, view: NodeView & { readonly nodes: ReadonlyMap<string, WorkflowNode> }): Facts {
  const parent = layout.parentOf(node.id);
  const origin = parent === null ? undefined : view.nodes.get(parent)?.position;
  const moves = view.offset?.nodeIds.has(node.id) === true && !isCarried(node.id, layout, view.offset.nodeIds);
  const box = layout.boxOf(node);
  const size = view.resizing?.nodeId === node.id ? view.resizing.size : null;
  return {
    isSelected: view.selected.has(node.id),
    x: node.position[0] - (origin?.[0] ?? 0) + (moves ? (view.offset?.dx ?? 0) : 0),
    y: node.position[1] - (origin?.[1] ?? 0) + (moves ? (view.offset?.dy ?? 0) : 0),
    width: size?.[0] ?? box.width,
    height: size?.[1] ?? box.height,
    parent,
    isReadOnly: view.isReadOnly,
  };
}

/** Whether a frame around a step is moved already. */
function isCarried(nodeId: string, layout: Layout, moved: ReadonlySet<string>): boolean {
  for (let at = layout.parentOf(nodeId); at !== null; at = layout.parentOf(at)) if (moved.has(at)) return true;
  return false;
}

/** Turns nodes into cards and frames; what did not change keeps its identity, so that the library skips it. */
export function createNodeMapper(catalog: NodeTypeCatalog): (document: WorkflowDocument, view: NodeView) => FlowNode[] {
  let cache = new Map<string, Cached>();
  return (document, view) => {
    const next = new Map<string, Cached>();
    const layout = layoutOf(document, catalog);
    const nodes = new Map(document.nodes.map((node) => [node.id, node]));
    const flows = layout.inOrder.map((node) => {
      const facts = factsOf(node, layout, { ...view, nodes });
      const known = cache.get(node.id);
      const fits = known && known.source === node && FACTS.every((fact) => known.facts[fact] === facts[fact]);
      const entry = fits ? known : { source: node, facts, flow: toFlowNode(node, catalog, facts) };
      next.set(node.id, entry);
      return entry.flow;
    });
    cache = next;
    return flows;
  };
}

function toFlowNode(node: WorkflowNode, catalog: NodeTypeCatalog, facts: Facts): FlowNode {
  const { width, height } = facts;
  const isFrame = isContainer(catalog.get(node.type, node.version));
  return {
    id: node.id,
    type: isFrame ? 'frame' : 'step',
    position: { x: facts.x, y: facts.y },
    width,
    height,
    measured: { width, height },
    handles: handlesOf(node, catalog, { width, height }),
    data: NO_DATA,
    selected: facts.isSelected,
    draggable: !facts.isReadOnly,
    connectable: !facts.isReadOnly,
    ...(facts.parent === null ? {} : { parentId: facts.parent }),
    ...(isFrame ? { dragHandle: '.mw-frame-head' } : {}),
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
