import {
  nodeSettingsSchema,
  type Edge,
  type NodeTypeCatalog,
  type NodeTypeInfo,
  type WorkflowDocument,
  type WorkflowNode,
} from '@millwright/workflow';
import type { DraftChange } from '../document/changes.ts';
import { edgeLevel, intoFrame, planGrowth, planMove } from './frames.ts';
import { CARD_HEIGHT, CARD_WIDTH, cardHeight, doOverlap, snap, type Box, type Point } from './geometry.ts';
import { findNode, reachable } from './graph-queries.ts';
import { FRAME, isContainer, layoutOf, smallestFrame } from './layout.ts';
import { freeName, newNodeId, takenIn } from './names.ts';
import { MANY_PORTS, portPoint } from './edges/port-places.ts';
import { inputsOf, isInner, outputsOf } from './edges/ports.ts';

/** Space between a step and the one after it, px. */
const COLUMN_GAP = 80;
/** The same where the outputs have names beside them. */
const WIDE_GAP = 184;
/** Space that stays free around a step that is placed by us, px. */
const MARGIN = 24;

/** Where a new step comes from, when it follows another one. */
export interface PortRef {
  readonly nodeId: string;
  readonly port: string;
}

/** A new node with every default. */
function createNode(
  document: WorkflowDocument,
  info: NodeTypeInfo,
  at: { readonly name: string; readonly position: readonly [number, number]; readonly parent: string | null },
): WorkflowNode {
  const taken = takenIn(document);
  return {
    id: newNodeId(info.type, taken.ids),
    name: freeName(at.name, taken.names),
    type: info.type,
    version: info.version,
    position: [...at.position],
    parameters: {},
    credentials: {},
    parent: at.parent,
    settings: nodeSettingsSchema.parse({}),
  };
}

/** Where a new step is wanted: in which frame, and as large as it is. */
interface Wanted {
  readonly at: Point;
  readonly parent: string | null;
  readonly size: Pick<Box, 'width' | 'height'>;
}

/** The wanted spot, or the nearest free one below it, on the level of the frame. */
export function freeSpot(document: WorkflowDocument, catalog: NodeTypeCatalog, { at, parent, size }: Wanted): readonly [number, number] {
  const layout = layoutOf(document, catalog);
  const frame = parent === null ? undefined : findNode(document, parent);
  const boxes = document.nodes.filter((node) => layout.parentOf(node.id) === parent).map(layout.boxOf);
  const [x, y] = snap(frame ? intoFrame(layout.boxOf(frame), at) : at);
  for (let top = y; ; top += CARD_HEIGHT / 2) {
    if (!boxes.some((box) => doOverlap({ x, y: top, ...size }, box, MARGIN))) return [x, top];
  }
}

/** Distance of a step's first input from its top: where a straight line arrives. */
function inputHeight(info: NodeTypeInfo): number {
  return (isContainer(info) ? FRAME.head : CARD_HEIGHT) / 2;
}

/** The spot to the right of a step, or inside of a container, level with the output that is used. */
function spotAfter(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { from, info }: { readonly from: PortRef; readonly info: NodeTypeInfo },
): Point {
  const node = findNode(document, from.nodeId);
  if (!node) return { x: 0, y: 0 };
  const type = catalog.get(node.type, node.version);
  const box = layoutOf(document, catalog).boxOf(node);
  const outputs = outputsOf(node, type);
  const port = outputs.find((candidate) => candidate.name === from.port);
  const at = portPoint(node, type, { box, side: 'output', port: from.port });
  if (port && isInner(port)) return { x: box.x + FRAME.side, y: at.y - inputHeight(info) };
  const index = Math.max(
    0,
    outputs.findIndex((candidate) => candidate.name === from.port),
  );
  const shift = !isContainer(type) && outputs.length > 1 ? (index - (outputs.length - 1) / 2) * (CARD_HEIGHT + MARGIN * 2) : 0;
  const top = isContainer(type) ? at.y - inputHeight(info) : box.y + CARD_HEIGHT / 2 - inputHeight(info) + shift;
  return { x: box.x + box.width + (outputs.length >= MANY_PORTS ? WIDE_GAP : COLUMN_GAP), y: top };
}

/** How a step gets into the graph. */
export type Placement =
  /** Nothing joins it. */
  | { readonly kind: 'free'; readonly at: Point }
  | { readonly kind: 'after'; readonly from: PortRef; readonly at?: Point }
  | { readonly kind: 'before'; readonly to: PortRef; readonly at: Point }
  | { readonly kind: 'onEdge'; readonly edge: Edge };

/** A new step and everything that changes with it. */
export interface Insertion {
  readonly node: WorkflowNode;
  readonly changes: readonly DraftChange[];
}

/** The frame that a new step goes into. */
function frameFor(document: WorkflowDocument, catalog: NodeTypeCatalog, placement: Placement): string | null {
  const { parentOf, frameAt } = layoutOf(document, catalog);
  switch (placement.kind) {
    case 'free':
      return frameAt(placement.at);
    case 'after':
      return edgeLevel(document, catalog, { nodeId: placement.from.nodeId, output: placement.from.port });
    case 'before': {
      const node = findNode(document, placement.to.nodeId);
      const port = node && inputsOf(node, catalog.get(node.type, node.version)).find((candidate) => candidate.name === placement.to.port);
      return port && isInner(port) ? placement.to.nodeId : parentOf(placement.to.nodeId);
    }
    case 'onEdge':
      return edgeLevel(document, catalog, { nodeId: placement.edge.from, output: placement.edge.output });
  }
}

/** Size that a new step of a type has. */
function sizeOf(info: NodeTypeInfo): Pick<Box, 'width' | 'height'> {
  const bare = { parameters: {}, settings: nodeSettingsSchema.parse({}) };
  if (!isContainer(info)) return { width: CARD_WIDTH, height: cardHeight(bare, info) };
  const [width, height] = smallestFrame(bare, info);
  return { width, height };
}

/**
 * Plans a new step: where it goes, what it is joined to, who makes room.
 * @param type what to insert, and the name it gets when that is free
 */
export function planInsertion(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  type: { readonly info: NodeTypeInfo; readonly name: string; readonly placement: Placement },
): Insertion {
  const { info, placement } = type;
  const parent = info.kind === 'trigger' ? null : frameFor(document, catalog, placement);
  const insertion =
    placement.kind === 'onEdge'
      ? insertOnEdge(document, catalog, { ...type, parent, edge: placement.edge })
      : insertBeside(document, catalog, { ...type, parent, placement });
  return { ...insertion, changes: [...insertion.changes, ...planGrowth(document, catalog, insertion.changes)] };
}

/** The first port of each side that a line from outside may use. */
function outerPorts(node: WorkflowNode, info: NodeTypeInfo): { readonly input: string | undefined; readonly output: string | undefined } {
  return {
    input: inputsOf(node, info).find((port) => !isInner(port))?.name,
    output: outputsOf(node, info).find((port) => !isInner(port))?.name,
  };
}

function insertBeside(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  what: {
    readonly info: NodeTypeInfo;
    readonly name: string;
    readonly placement: Exclude<Placement, { readonly kind: 'onEdge' }>;
    readonly parent: string | null;
  },
): Insertion {
  const { info, name, placement, parent } = what;
  const wanted =
    placement.kind === 'after' && !placement.at
      ? spotAfter(document, catalog, { from: placement.from, info })
      : (placement.at ?? { x: 0, y: 0 });
  const position = freeSpot(document, catalog, { at: wanted, parent, size: sizeOf(info) });
  const node = createNode(document, info, { name, position, parent });
  const { input, output } = outerPorts(node, info);
  const changes: DraftChange[] = [{ kind: 'addNode', node }];
  if (placement.kind === 'after' && input !== undefined) {
    changes.push({ kind: 'addEdge', edge: { from: placement.from.nodeId, output: placement.from.port, to: node.id, input } });
    const back = output === undefined ? null : closingInput(document, catalog, placement.from);
    if (back && output !== undefined) changes.push({ kind: 'addEdge', edge: { from: node.id, output, to: back.nodeId, input: back.port } });
  }
  if (placement.kind === 'before' && output !== undefined) {
    changes.push({ kind: 'addEdge', edge: { from: node.id, output, to: placement.to.nodeId, input: placement.to.port } });
  }
  return { node, changes };
}

/** Branches of a container whose result is the container's: their first step hands on what comes out. */
const WITHOUT_RESULT: ReadonlySet<string> = new Set(['finally', 'undo']);

/** The inner input that the first step of a container's branch is joined to, so that its items come out of the container. */
function closingInput(document: WorkflowDocument, catalog: NodeTypeCatalog, from: PortRef): PortRef | null {
  const node = findNode(document, from.nodeId);
  const info = node && catalog.get(node.type, node.version);
  const port = node && outputsOf(node, info).find((candidate) => candidate.name === from.port);
  const input = node && inputsOf(node, info).find(isInner);
  const isFirst = !document.edges.some((edge) => edge.from === from.nodeId && edge.output === from.port);
  if (!port || !isInner(port) || !input || !isFirst || WITHOUT_RESULT.has(port.name)) return null;
  return { nodeId: from.nodeId, port: input.name };
}

function insertOnEdge(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  what: { readonly info: NodeTypeInfo; readonly name: string; readonly edge: Edge; readonly parent: string | null },
): Insertion {
  const { info, name, edge, parent } = what;
  const at = spotAfter(document, catalog, { from: { nodeId: edge.from, port: edge.output }, info });
  const target = findNode(document, edge.to);
  const isBranch = findNode(document, edge.from)?.position[1] !== target?.position[1] && edge.from !== parent && edge.to !== parent;
  const from = findNode(document, edge.from)?.position[1] ?? at.y;
  const y = isBranch && target ? (from + target.position[1]) / 2 : at.y;
  const node = createNode(document, info, { name, position: snap({ x: at.x, y }), parent });
  const joins = joinThrough(node, info, edge);
  const room = makeRoom(document, catalog, { edge, right: node.position[0] + sizeOf(info).width });
  return { node, changes: [{ kind: 'addNode', node }, ...joins, ...room] };
}

/** Replaces an edge by two that lead through a node; by one where the node has no port on that side. */
export function joinThrough(node: WorkflowNode, info: NodeTypeInfo, edge: Edge): DraftChange[] {
  const { input, output } = outerPorts(node, info);
  if (input === undefined) return [];
  const changes: DraftChange[] = [
    { kind: 'removeEdge', edge },
    // What stands at the line is about where it comes from.
    { kind: 'addEdge', edge: { ...edge, to: node.id, input } },
  ];
  if (output !== undefined) changes.push({ kind: 'addEdge', edge: { from: node.id, output, to: edge.to, input: edge.input } });
  return changes;
}

/** Moves what lies behind an edge to the right, only as far as the new step needs. */
export function makeRoom(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { edge, right }: { readonly edge: Edge; readonly right: number },
): DraftChange[] {
  const target = findNode(document, edge.to);
  const { parentOf } = layoutOf(document, catalog);
  // A line to the inner port of a container: its frame grows instead.
  if (!target || parentOf(edge.from) === target.id) return [];
  const shift = right + COLUMN_GAP - target.position[0];
  if (shift <= 0) return [];
  const behind = new Set([target.id, ...reachable(document, target.id, 'down')]);
  const moved = document.nodes.filter((node) => behind.has(node.id) && node.id !== edge.from && node.position[0] >= target.position[0]);
  return planMove(
    document,
    catalog,
    moved.map((node) => ({ nodeId: node.id, to: { x: node.position[0] + shift, y: node.position[1] } })),
  );
}
