import type { NodeTypeCatalog, NodeTypeInfo, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { boundsOf, CARD_WIDTH, cardHeight, type Box, type Point } from './geometry.ts';
import { inputsOf, isInner, outputsOf, type PortOwner } from './edges/ports.ts';

/** Measures of a container's frame, canvas px at zoom 1. */
export const FRAME = {
  /** Height of the bar with icon and name; the frame is dragged by it. */
  head: 48,
  /** Width of the tabs that hold the ports of the inside. */
  tab: 96,
  /** Space at the left and right of the content: a tab and room for a line. */
  side: 144,
  /** Space above and below the content. */
  pad: 20,
  /** Height of the row that each tab has: a card and space around it. */
  row: 104,
} as const;

const MIN_WIDTH = FRAME.side * 2 + CARD_WIDTH;

/** Whether steps of this type hold other steps. */
export function isContainer(info: NodeTypeInfo | undefined): boolean {
  return info?.container === true;
}

/** The smallest frame that shows all tabs and has room for one step. */
export function smallestFrame(node: PortOwner, info: NodeTypeInfo | undefined): readonly [number, number] {
  const rows = Math.max(inputsOf(node, info).filter(isInner).length, outputsOf(node, info).filter(isInner).length);
  return [MIN_WIDTH, FRAME.head + Math.max(1, rows) * FRAME.row];
}

/** Where every step lies and which frame holds it, derived from a document. */
export interface Layout {
  /** The frame around a step; null for none, also where the document names one that cannot hold steps. */
  readonly parentOf: (nodeId: string) => string | null;
  readonly childrenOf: (nodeId: string) => readonly WorkflowNode[];
  /** Everything inside a frame, at any depth. */
  readonly within: (nodeId: string) => readonly string[];
  /** The frame of a container, around its content; else the card. */
  readonly boxOf: (node: WorkflowNode) => Box;
  /** The containers, in the order of the document. */
  readonly frames: readonly WorkflowNode[];
  /** The innermost frame at a point, those of `except` and what is in them left out. */
  readonly frameAt: (point: Point, except?: ReadonlySet<string>) => string | null;
  /** Frames before what they hold. */
  readonly inOrder: readonly WorkflowNode[];
}

type Lookup = ReadonlyMap<string, WorkflowNode>;

const NONE: readonly string[] = [];

/** Ids of the frames around a node, the innermost first; ends where concurrent edits made a circle. */
function framesAround(nodes: Lookup, catalog: NodeTypeCatalog, node: WorkflowNode): readonly string[] {
  if (node.parent === null) return NONE;
  const found: string[] = [];
  for (let at = node; at.parent !== null;) {
    const parent = nodes.get(at.parent);
    if (!parent || parent.id === node.id || found.includes(parent.id)) break;
    if (!isContainer(catalog.get(parent.type, parent.version))) break;
    found.push(parent.id);
    at = parent;
  }
  return found;
}

function isCircle(nodes: Lookup, start: WorkflowNode): boolean {
  if (start.parent === null) return false;
  const seen = new Set<string>();
  for (let at: WorkflowNode | undefined = start; at; at = at.parent === null ? undefined : nodes.get(at.parent)) {
    if (seen.has(at.id)) return true;
    seen.add(at.id);
  }
  return false;
}

/** What each frame holds at any depth, from the frames around each node. */
function insidesOf(around: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const insides = new Map<string, string[]>();
  for (const [nodeId, frames] of around) {
    for (const frame of frames) {
      const held = insides.get(frame);
      if (held) held.push(nodeId);
      else insides.set(frame, [nodeId]);
    }
  }
  return insides;
}

function createLayout(document: Pick<WorkflowDocument, 'nodes'>, catalog: NodeTypeCatalog): Layout {
  const nodes: Lookup = new Map(document.nodes.map((node) => [node.id, node]));
  const around = new Map(document.nodes.map((node) => [node.id, isCircle(nodes, node) ? NONE : framesAround(nodes, catalog, node)]));
  const inside = insidesOf(around);
  const parentOf = (nodeId: string): string | null => around.get(nodeId)?.[0] ?? null;
  const children = Map.groupBy(document.nodes, (node) => parentOf(node.id));
  const boxes = new Map<string, Box>();
  const childrenOf = (nodeId: string): readonly WorkflowNode[] => children.get(nodeId) ?? [];
  const boxOf = (node: WorkflowNode): Box => {
    const known = boxes.get(node.id);
    if (known) return known;
    const box = nodes.get(node.id) === node ? measure(node, catalog, childrenOf(node.id).map(boxOf)) : measure(node, catalog, []);
    if (nodes.get(node.id) === node) boxes.set(node.id, box);
    return box;
  };
  const frames = document.nodes.filter((node) => isContainer(catalog.get(node.type, node.version)));
  const depthOf = (node: WorkflowNode): number => around.get(node.id)?.length ?? 0;
  const isWithin = (nodeId: string, others: ReadonlySet<string>): boolean => (around.get(nodeId) ?? NONE).some((id) => others.has(id));
  return {
    parentOf,
    childrenOf,
    within: (nodeId) => inside.get(nodeId) ?? NONE,
    boxOf,
    frames,
    frameAt: (point, except = new Set()) =>
      frames
        .filter((node) => !except.has(node.id) && !isWithin(node.id, except))
        .filter((node) => holds(boxOf(node), point))
        .toSorted((a, b) => depthOf(b) - depthOf(a))[0]?.id ?? null,
    inOrder: children.size < 2 ? document.nodes : document.nodes.toSorted((a, b) => depthOf(a) - depthOf(b)),
  };
}

function holds(box: Box, point: Point): boolean {
  return point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height;
}

/** A card, or a frame as large as was chosen, at least as large as what is in it. */
export function measure(node: WorkflowNode, catalog: NodeTypeCatalog, content: readonly Box[]): Box {
  const info = catalog.get(node.type, node.version);
  const [x, y] = node.position;
  if (!isContainer(info)) return { x, y, width: CARD_WIDTH, height: cardHeight(node, info) };
  const [minWidth, minHeight] = smallestFrame(node, info);
  const inside = boundsOf(content);
  const right = inside ? inside.x + inside.width + FRAME.side - x : 0;
  const below = inside ? inside.y + inside.height + FRAME.pad - y : 0;
  return { x, y, width: Math.max(minWidth, node.size?.[0] ?? 0, right), height: Math.max(minHeight, node.size?.[1] ?? 0, below) };
}

const layouts = new WeakMap<readonly WorkflowNode[], { readonly catalog: NodeTypeCatalog; readonly layout: Layout }>();

/** The layout of a document; made once for each list of nodes. */
export function layoutOf(document: Pick<WorkflowDocument, 'nodes'>, catalog: NodeTypeCatalog): Layout {
  const known = layouts.get(document.nodes);
  if (known?.catalog === catalog) return known.layout;
  const layout = createLayout(document, catalog);
  layouts.set(document.nodes, { catalog, layout });
  return layout;
}

/** Whether a frame around a step is among those that are moved: the step goes along. */
export function isCarried(nodeId: string, layout: Pick<Layout, 'parentOf'>, moved: ReadonlySet<string>): boolean {
  for (let at = layout.parentOf(nodeId); at !== null; at = layout.parentOf(at)) if (moved.has(at)) return true;
  return false;
}
