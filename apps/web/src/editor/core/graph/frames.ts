import type { Edge, NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import type { DraftChange } from '../document/changes.ts';
import { withChanges } from '../document/with-changes.ts';
import { snap, type Box, type Point } from './geometry.ts';
import { findNode } from './graph-queries.ts';
import { FRAME, isCarried, isContainer, layoutOf } from './layout.ts';
import { inputsOf, isInner, outputsOf } from './edges/ports.ts';

/** A step and where it goes, canvas px. */
export interface Move {
  readonly nodeId: string;
  readonly to: Point;
}

/** The level that an edge's end is on: the container for its inner ports, else what holds the step; null outside of all. */
export function edgeLevel(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  end: { readonly nodeId: string; readonly output: string },
): string | null {
  const node = findNode(document, end.nodeId);
  if (!node) return null;
  const port = outputsOf(node, catalog.get(node.type, node.version)).find((candidate) => candidate.name === end.output);
  return port && isInner(port) ? node.id : layoutOf(document, catalog).parentOf(node.id);
}

function inputLevel(document: WorkflowDocument, catalog: NodeTypeCatalog, edge: Edge): string | null {
  const node = findNode(document, edge.to);
  if (!node) return null;
  const port = inputsOf(node, catalog.get(node.type, node.version)).find((candidate) => candidate.name === edge.input);
  return port && isInner(port) ? node.id : layoutOf(document, catalog).parentOf(node.id);
}

/** Edges whose ends lie on two levels: they cannot be run, so they go with the move that made them so. */
function crossingEdges(document: WorkflowDocument, catalog: NodeTypeCatalog): readonly Edge[] {
  return document.edges.filter(
    (edge) => edgeLevel(document, catalog, { nodeId: edge.from, output: edge.output }) !== inputLevel(document, catalog, edge),
  );
}

/** Moves steps; what a container holds goes along. */
export function planMove(document: WorkflowDocument, catalog: NodeTypeCatalog, moves: readonly Move[]): DraftChange[] {
  const layout = layoutOf(document, catalog);
  const places = new Map<string, readonly [number, number]>();
  for (const { nodeId, to } of moves) {
    const node = findNode(document, nodeId);
    if (!node) continue;
    const [x, y] = snap(to);
    for (const id of layout.within(nodeId)) {
      const inner = findNode(document, id);
      if (inner) places.set(id, [inner.position[0] + x - node.position[0], inner.position[1] + y - node.position[1]]);
    }
  }
  for (const { nodeId, to } of moves) places.set(nodeId, snap(to));
  return [...places].flatMap(([nodeId, position]): DraftChange[] => {
    const now = findNode(document, nodeId)?.position;
    return now && (now[0] !== position[0] || now[1] !== position[1]) ? [{ kind: 'moveNode', nodeId, position }] : [];
  });
}

/** The nearest place inside a frame where a step hides neither head nor tabs. */
export function intoFrame(frame: Box, at: Point): Point {
  return { x: Math.max(at.x, frame.x + FRAME.side), y: Math.max(at.y, frame.y + FRAME.head + FRAME.pad) };
}

/** The frame that a moved step would be dropped into: the innermost one at its middle. */
export function dropTarget(document: WorkflowDocument, catalog: NodeTypeCatalog, move: Move): string | null {
  const node = findNode(document, move.nodeId);
  if (!node) return null;
  const layout = layoutOf(document, catalog);
  const box = layout.boxOf(node);
  // A container hangs at its head: its middle may be far away.
  const isFrame = isContainer(catalog.get(node.type, node.version));
  const middle = { x: move.to.x + (isFrame ? FRAME.head : box.width / 2), y: move.to.y + (isFrame ? FRAME.head : box.height) / 2 };
  const info = catalog.get(node.type, node.version);
  return info?.kind === 'trigger' ? null : layout.frameAt(middle, new Set([move.nodeId]));
}

/**
 * Drops moved steps: they go into the frame that they were dropped on, or out of the one that they left.
 * Lines that would cross a frame go; frames grow around what they hold, and neighbours make room.
 */
export function planDrop(document: WorkflowDocument, catalog: NodeTypeCatalog, moves: readonly Move[]): DraftChange[] {
  const layout = layoutOf(document, catalog);
  const moved = new Set(moves.map((move) => move.nodeId));
  const parents: DraftChange[] = [];
  const placed = moves.map((move) => {
    // What moves along with its container stays in it.
    const hasCarrier = isCarried(move.nodeId, layout, moved);
    const now = layout.parentOf(move.nodeId);
    const parent = hasCarrier ? now : dropTarget(document, catalog, move);
    if (parent !== now) parents.push({ kind: 'setParent', nodeId: move.nodeId, parent });
    const frame = parent === null || hasCarrier ? undefined : findNode(document, parent);
    return frame ? { nodeId: move.nodeId, to: intoFrame(layout.boxOf(frame), move.to) } : move;
  });
  const changes = [...planMove(document, catalog, placed), ...parents];
  const cut = parents.length === 0 ? [] : newlyCrossing(document, withChanges(document, changes), catalog);
  const dropped = [...changes, ...cut.map((edge): DraftChange => ({ kind: 'removeEdge', edge }))];
  const [only] = parents;
  const first = parents.length === 1 && only?.kind === 'setParent' ? planFirst(withChanges(document, dropped), catalog, only) : [];
  const all = [...dropped, ...first];
  return [...all, ...planGrowth(document, catalog, all)];
}

/** The first step in an empty container: level with the first inner port, and joined to both sides of the inside. */
function planFirst(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { nodeId, parent }: { readonly nodeId: string; readonly parent: string | null },
): DraftChange[] {
  const node = findNode(document, nodeId);
  const frame = parent === null ? undefined : findNode(document, parent);
  if (!node || !frame || layoutOf(document, catalog).childrenOf(frame.id).length > 1) return [];
  if (document.edges.some((edge) => edge.from === nodeId || edge.to === nodeId)) return [];
  const info = catalog.get(node.type, node.version);
  const frameInfo = catalog.get(frame.type, frame.version);
  const outer = {
    input: inputsOf(node, info).find((port) => !isInner(port)),
    output: outputsOf(node, info).find((port) => !isInner(port)),
  };
  const start = outputsOf(frame, frameInfo).find(isInner);
  const end = inputsOf(frame, frameInfo).find(isInner);
  const joins: DraftChange[] = [];
  if (start && outer.input)
    joins.push({ kind: 'addEdge', edge: { from: frame.id, output: start.name, to: nodeId, input: outer.input.name } });
  if (end && outer.output)
    joins.push({ kind: 'addEdge', edge: { from: nodeId, output: outer.output.name, to: frame.id, input: end.name } });
  const to = { x: frame.position[0] + FRAME.side, y: frame.position[1] + FRAME.head + FRAME.pad };
  return [...planMove(document, catalog, [{ nodeId, to }]), ...joins];
}

function newlyCrossing(before: WorkflowDocument, after: WorkflowDocument, catalog: NodeTypeCatalog): readonly Edge[] {
  const known = new Set(crossingEdges(before, catalog));
  return crossingEdges(after, catalog).filter((edge) => !known.has(edge));
}

/** Moves neighbours out of the way of frames that other changes make larger, from the inside to the outside. */
export function planGrowth(before: WorkflowDocument, catalog: NodeTypeCatalog, changes: readonly DraftChange[]): DraftChange[] {
  const shifts: DraftChange[] = [];
  const old = layoutOf(before, catalog);
  if (old.frames.length === 0) return shifts;
  let after = withChanges(before, changes);
  const frames = old.inOrder.filter((node) => isContainer(catalog.get(node.type, node.version))).toReversed();
  const own = new Set(changes.flatMap((change) => (change.kind === 'moveNode' || change.kind === 'addNode' ? [idOf(change)] : [])));
  for (const frame of frames) {
    const now = findNode(after, frame.id);
    if (!now || own.has(frame.id)) continue;
    const layout = layoutOf(after, catalog);
    const [was, is] = [old.boxOf(frame), layout.boxOf(now)];
    const neighbours = after.nodes.filter(
      (node) => node.id !== frame.id && !own.has(node.id) && layout.parentOf(node.id) === layout.parentOf(frame.id),
    );
    const moves = neighbours.flatMap((node) => makeWay(layout.boxOf(node), was, is).map((to) => ({ nodeId: node.id, to })));
    const step = planMove(after, catalog, moves);
    shifts.push(...step);
    after = withChanges(after, step);
  }
  return shifts;
}

function idOf(change: Extract<DraftChange, { readonly kind: 'moveNode' | 'addNode' }>): string {
  return change.kind === 'addNode' ? change.node.id : change.nodeId;
}

/** Where a neighbour goes when a frame grew: what was beside it to the right, what was below it down. */
function makeWay(box: Box, was: Box, is: Box): readonly Point[] {
  const [dx, dy] = [Math.max(0, is.width - was.width), Math.max(0, is.height - was.height)];
  if (dx > 0 && box.x >= was.x + was.width) return [{ x: box.x + dx, y: box.y }];
  const isBelow = box.y >= was.y + was.height && box.x < is.x + is.width && box.x + box.width > is.x;
  return dy > 0 && isBelow ? [{ x: box.x, y: box.y + dy }] : [];
}
