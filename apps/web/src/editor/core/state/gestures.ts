import type { Edge, NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import type { DraftChange } from '../document/changes.ts';
import { refuseEdge } from '../graph/edges/check-edge.ts';
import { GRID } from '../graph/geometry.ts';
import { planDropAny } from '../graph/annotations/section-plans.ts';
import { boxOfAny } from '../graph/annotations/sections.ts';
import { findNode } from '../graph/graph-queries.ts';
import type { Direction } from '../graph/navigation.ts';
import { inputsOf, outputsOf } from '../graph/edges/ports.ts';
import type { Announcement } from './announcement.ts';

/**
 * What the keyboard is in the middle of. Each state says all that is needed to draw it;
 * nothing is written into the document until it is finished.
 */
export type Gesture =
  | { readonly kind: 'idle' }
  /** Choosing an output (left, right) and a target (up, down). */
  | {
      readonly kind: 'connect';
      readonly from: string;
      readonly outputs: readonly string[];
      readonly output: number;
      readonly targets: readonly Target[];
      readonly target: number;
    }
  /** Moving the selection by arrow keys; dx and dy in px. */
  | { readonly kind: 'move'; readonly nodeIds: readonly string[]; readonly dx: number; readonly dy: number };

/** An input that a gesture may connect to. */
export interface Target {
  readonly nodeId: string;
  readonly input: string;
}

const NONE: ReadonlySet<string> = new Set();

/** No gesture. */
export const IDLE: Gesture = { kind: 'idle' };

/** What a key did to a gesture. */
export interface GestureStep {
  readonly gesture: Gesture;
  readonly changes: readonly DraftChange[];
  readonly say: Announcement | null;
}

interface Graph {
  readonly document: WorkflowDocument;
  readonly catalog: NodeTypeCatalog;
  /** Sections that are shown as one card; absent: none. */
  readonly collapsed?: ReadonlySet<string>;
}

function targetsOf({ document, catalog }: Graph, from: string, output: string): readonly Target[] {
  const source = findNode(document, from);
  if (!source) return [];
  const far = (node: { readonly position: readonly [number, number] }): number =>
    Math.hypot(node.position[0] - source.position[0], node.position[1] - source.position[1]);
  return document.nodes
    .toSorted((a, b) => far(a) - far(b))
    .flatMap((node) => inputsOf(node, catalog.get(node.type, node.version)).map((port) => ({ nodeId: node.id, input: port.name })))
    .filter((target) => refuseEdge(document, catalog, { from, output, to: target.nodeId, input: target.input }) === null);
}

function sayTarget({ document }: Graph, gesture: Extract<Gesture, { readonly kind: 'connect' }>): Announcement {
  const target = gesture.targets[gesture.target];
  const name = target ? (findNode(document, target.nodeId)?.name ?? '') : '';
  const values = { from: findNode(document, gesture.from)?.name ?? '', output: gesture.outputs[gesture.output] ?? '', to: name };
  if (!target) return { key: 'say.connectNowhere', values };
  return { key: 'say.connectTo', values: { ...values, number: gesture.target + 1, count: gesture.targets.length } };
}

/** Starts connecting from a step by keyboard; idle where the step has no output. */
export function startConnect(graph: Graph, from: string): GestureStep {
  const node = findNode(graph.document, from);
  const outputs = node ? outputsOf(node, graph.catalog.get(node.type, node.version)).map((port) => port.name) : [];
  const first = outputs[0];
  if (first === undefined) return { gesture: IDLE, changes: [], say: { key: 'refused.noOutput', values: {} } };
  const gesture = { kind: 'connect', from, outputs, output: 0, targets: targetsOf(graph, from, first), target: 0 } as const;
  return { gesture, changes: [], say: sayTarget(graph, gesture) };
}

/** Starts moving steps by keyboard. */
export function startMove(nodeIds: readonly string[]): GestureStep {
  if (nodeIds.length === 0) return { gesture: IDLE, changes: [], say: null };
  return {
    gesture: { kind: 'move', nodeIds, dx: 0, dy: 0 },
    changes: [],
    say: { key: 'say.moveStart', values: { count: nodeIds.length } },
  };
}

function wrap(index: number, count: number): number {
  return count === 0 ? 0 : (index + count) % count;
}

function connectArrow(graph: Graph, gesture: Extract<Gesture, { readonly kind: 'connect' }>, direction: Direction): GestureStep {
  if (direction === 'up' || direction === 'down') {
    const next = { ...gesture, target: wrap(gesture.target + (direction === 'down' ? 1 : -1), gesture.targets.length) };
    return { gesture: next, changes: [], say: sayTarget(graph, next) };
  }
  const output = wrap(gesture.output + (direction === 'right' ? 1 : -1), gesture.outputs.length);
  const next = { ...gesture, output, target: 0, targets: targetsOf(graph, gesture.from, gesture.outputs[output] ?? '') };
  return { gesture: next, changes: [], say: sayTarget(graph, next) };
}

const STEPS: Readonly<Record<Direction, readonly [number, number]>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** Largest step of the move mode, in grid units. */
const BIG_STEP = 5;

/** An arrow key during a gesture. */
export function gestureArrow(graph: Graph, gesture: Gesture, key: { readonly direction: Direction; readonly isBig: boolean }): GestureStep {
  switch (gesture.kind) {
    case 'idle':
      return { gesture, changes: [], say: null };
    case 'connect':
      return connectArrow(graph, gesture, key.direction);
    case 'move': {
      const [x, y] = STEPS[key.direction];
      const size = GRID * (key.isBig ? BIG_STEP : 1);
      return { gesture: { ...gesture, dx: gesture.dx + x * size, dy: gesture.dy + y * size }, changes: [], say: null };
    }
  }
}

/** The edge that the connect gesture would draw now. */
export function proposedEdge(gesture: Gesture): Edge | null {
  if (gesture.kind !== 'connect') return null;
  const target = gesture.targets[gesture.target];
  const output = gesture.outputs[gesture.output];
  return target && output !== undefined ? { from: gesture.from, output, to: target.nodeId, input: target.input } : null;
}

/** Enter: writes what the gesture stands for, as one list of changes. */
export function gestureEnter({ document, catalog, collapsed = NONE }: Graph, gesture: Gesture): GestureStep {
  const name = (id: string): string => findNode(document, id)?.name ?? '';
  switch (gesture.kind) {
    case 'idle':
      return { gesture, changes: [], say: null };
    case 'connect': {
      const edge = proposedEdge(gesture);
      if (!edge) return { gesture: IDLE, changes: [], say: { key: 'say.canceled', values: {} } };
      return {
        gesture: IDLE,
        changes: [{ kind: 'addEdge', edge }],
        say: { key: 'say.connected', values: { from: name(edge.from), to: name(edge.to) } },
      };
    }
    case 'move': {
      const moves = gesture.nodeIds.flatMap((nodeId) => {
        const box = boxOfAny(document, catalog, nodeId);
        return box ? [{ nodeId, to: { x: box.x + gesture.dx, y: box.y + gesture.dy } }] : [];
      });
      const changes = planDropAny(document, catalog, { moves, collapsed });
      const hasMoved = gesture.dx !== 0 || gesture.dy !== 0;
      return { gesture: IDLE, changes: hasMoved ? changes : [], say: { key: 'say.moved', values: { count: moves.length } } };
    }
  }
}
