import type { Edge as WorkflowEdge, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import { SECTION_TYPE } from '../core/graph/annotations/collapsed-view.ts';
import { type Sections, sectionsOf } from '../core/graph/annotations/sections.ts';
import type { Box } from '../core/graph/geometry.ts';
import { isCarried, isContainer, type Layout, layoutOf } from '../core/graph/layout.ts';
import { portPlaces } from '../core/graph/edges/port-places.ts';

/** A card or a frame for the canvas library: an id and a place; everything else is read by id. */
export type FlowNode = Node<Record<string, never>, 'step' | 'frame' | 'note' | 'section' | 'collapsed'>;
/** An edge for the canvas library. */
export type FlowEdge = Edge<
  {
    readonly edge: WorkflowEdge;
    /** Stands for lines of hidden steps: only to look at. */
    readonly isProxy: boolean;
  },
  'step'
>;

/** Size of a port's dot, px. */
const DOT = 12;

/** Data of all cards: they read what they show by id. */
export const NO_DATA: Record<string, never> = {};

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
  /** In the overview cards are drawn without ports. */
  readonly isBlock: boolean;
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
  /** Handed over for the overview. */
  readonly isBlock: boolean;
}

const FACTS = ['isSelected', 'x', 'y', 'width', 'height', 'parent', 'isReadOnly'] as const satisfies readonly (keyof Facts)[];

interface Around {
  readonly nodes: ReadonlyMap<string, WorkflowNode>;
  readonly sections: Sections;
}

/** A card inside a frame or section has its place from that corner: it moves with it. */
function factsOf(node: WorkflowNode, layout: Layout, view: NodeView & Around): Facts {
  const container = layout.parentOf(node.id);
  const section = container === null ? view.sections.holding(node.id) : undefined;
  const parent = container ?? section?.annotation.id ?? null;
  const origin = container === null ? section && ([section.box.x, section.box.y] as const) : view.nodes.get(container)?.position;
  const moved = view.offset?.nodeIds;
  const moves = moved?.has(node.id) === true && !isCarried(node.id, layout, moved) && !moved.has(section?.annotation.id ?? '');
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

/** Turns nodes into cards and frames; what did not change keeps its identity, so that the library skips it. */
export function createNodeMapper(catalog: NodeTypeCatalog): (document: WorkflowDocument, view: NodeView) => FlowNode[] {
  let cache = new Map<string, Cached>();
  return (document, view) => {
    const next = new Map<string, Cached>();
    const layout = layoutOf(document, catalog);
    const nodes = new Map(document.nodes.map((node) => [node.id, node]));
    const sections = sectionsOf(document, catalog);
    const flows = layout.inOrder.map((node) => {
      const facts = factsOf(node, layout, { ...view, nodes, sections });
      const known = cache.get(node.id);
      const fits = known && known.source === node && FACTS.every((fact) => known.facts[fact] === facts[fact]);
      // The library measured a card without ports, and draws no line at it until it is handed over anew.
      const isDrawnAnew = known?.isBlock === true && !view.isBlock;
      const flow = fits ? (isDrawnAnew ? { ...known.flow } : known.flow) : toFlowNode(node, catalog, facts);
      next.set(node.id, { source: node, facts, flow, isBlock: view.isBlock });
      return flow;
    });
    cache = next;
    return flows;
  };
}

function toFlowNode(node: WorkflowNode, catalog: NodeTypeCatalog, facts: Facts): FlowNode {
  const { width, height } = facts;
  const isFrame = isContainer(catalog.get(node.type, node.version));
  const isCollapsed = node.type === SECTION_TYPE;
  return {
    id: node.id,
    type: isFrame ? 'frame' : isCollapsed ? 'collapsed' : 'step',
    position: { x: facts.x, y: facts.y },
    width,
    height,
    measured: { width, height },
    handles: handlesOf(node, catalog, { width, height }),
    data: NO_DATA,
    selected: facts.isSelected,
    draggable: !facts.isReadOnly,
    connectable: !facts.isReadOnly && !isCollapsed,
    ...(facts.parent === null ? {} : { parentId: facts.parent }),
    ...(isFrame ? { dragHandle: '.mw-frame-head' } : {}),
  };
}

/** Turns edges into the library's; identity is kept like that of nodes. Lines to collapsed sections are only to look at. */
export function createEdgeMapper(): (
  edges: readonly WorkflowEdge[],
  view: { readonly selected: ReadonlySet<string>; readonly collapsed: ReadonlySet<string> },
) => FlowEdge[] {
  let cache = new Map<string, FlowEdge>();
  return (edges, { selected, collapsed }) => {
    const next = new Map<string, FlowEdge>();
    for (const edge of edges) {
      const id = edgeKey(edge);
      const known = cache.get(id);
      const isSelected = selected.has(id);
      const isProxy = collapsed.has(edge.from) || collapsed.has(edge.to);
      const flow: FlowEdge =
        known && known.selected === isSelected && known.data?.edge.label === edge.label
          ? known
          : {
              id,
              type: 'step',
              source: edge.from,
              sourceHandle: edge.output,
              target: edge.to,
              targetHandle: edge.input,
              data: { edge, isProxy },
              ...(isProxy ? { selectable: false, reconnectable: false } : {}),
              selected: isSelected,
            };
      next.set(id, flow);
    }
    cache = next;
    return [...next.values()];
  };
}
