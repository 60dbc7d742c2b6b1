import {
  nodeSettingsSchema,
  type Edge,
  type NodeTypeCatalog,
  type NodeTypeInfo,
  type WorkflowDocument,
  type WorkflowNode,
} from '@millwright/workflow';
import type { DraftChange } from '../document/changes.ts';
import { CARD_HEIGHT, CARD_WIDTH, cardBox, doOverlap, snap, type Box, type Point } from './geometry.ts';
import { findNode, reachable } from './graph-queries.ts';
import { freeName, newNodeId, takenIn } from './names.ts';
import { inputsOf, outputsOf } from './ports.ts';

/** Space between a step and the one after it, px. */
const COLUMN_GAP = 80;
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
  at: { readonly name: string; readonly position: readonly [number, number] },
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
    parent: null,
    settings: nodeSettingsSchema.parse({}),
  };
}

/** The wanted spot, or the nearest free one below it. */
function freeSpot(document: WorkflowDocument, catalog: NodeTypeCatalog, wanted: Point): readonly [number, number] {
  const boxes = document.nodes.map((node) => cardBox(node, catalog.get(node.type, node.version)));
  const [x, y] = snap(wanted);
  const spot: Box = { x, y, width: CARD_WIDTH, height: CARD_HEIGHT };
  for (let top = y; ; top += CARD_HEIGHT / 2) {
    if (!boxes.some((box) => doOverlap({ ...spot, y: top }, box, MARGIN))) return [x, top];
  }
}

/** The spot to the right of a step, level with the output that is used. */
function spotAfter(document: WorkflowDocument, catalog: NodeTypeCatalog, from: PortRef): readonly [number, number] {
  const node = findNode(document, from.nodeId);
  if (!node) return freeSpot(document, catalog, { x: 0, y: 0 });
  const outputs = outputsOf(node, catalog.get(node.type, node.version));
  const index = Math.max(
    0,
    outputs.findIndex((port) => port.name === from.port),
  );
  const shift = outputs.length > 1 ? (index - (outputs.length - 1) / 2) * (CARD_HEIGHT + MARGIN * 2) : 0;
  return freeSpot(document, catalog, { x: node.position[0] + CARD_WIDTH + COLUMN_GAP, y: node.position[1] + shift });
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

/**
 * Plans a new step: where it goes, what it is joined to, who makes room.
 * @param type what to insert, and the name it gets when that is free
 */
export function planInsertion(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  type: { readonly info: NodeTypeInfo; readonly name: string; readonly placement: Placement },
): Insertion {
  const { info, name, placement } = type;
  if (placement.kind === 'onEdge') return insertOnEdge(document, { info, name, edge: placement.edge });
  const at =
    placement.kind === 'after' && !placement.at
      ? spotAfter(document, catalog, placement.from)
      : freeSpot(document, catalog, placement.at ?? { x: 0, y: 0 });
  const node = createNode(document, info, { name, position: at });
  const changes: DraftChange[] = [{ kind: 'addNode', node }];
  const input = inputsOf(info)[0]?.name;
  const output = outputsOf(node, info)[0]?.name;
  if (placement.kind === 'after' && input !== undefined) {
    changes.push({ kind: 'addEdge', edge: { from: placement.from.nodeId, output: placement.from.port, to: node.id, input } });
  }
  if (placement.kind === 'before' && output !== undefined) {
    changes.push({ kind: 'addEdge', edge: { from: node.id, output, to: placement.to.nodeId, input: placement.to.port } });
  }
  return { node, changes };
}

function insertOnEdge(
  document: WorkflowDocument,
  what: { readonly info: NodeTypeInfo; readonly name: string; readonly edge: Edge },
): Insertion {
  const { info, name, edge } = what;
  const source = findNode(document, edge.from);
  const target = findNode(document, edge.to);
  const from = source?.position ?? [0, 0];
  const to = target?.position ?? from;
  const x = from[0] + CARD_WIDTH + COLUMN_GAP;
  const node = createNode(document, info, { name, position: snap({ x, y: (from[1] + to[1]) / 2 }) });
  const joins = joinThrough(node, info, edge);
  return { node, changes: [{ kind: 'addNode', node }, ...joins, ...makeRoom(document, edge, node.position[0])] };
}

/** Replaces an edge by two that lead through a node; by one where the node has no port on that side. */
function joinThrough(node: WorkflowNode, info: NodeTypeInfo | undefined, edge: Edge): DraftChange[] {
  const input = inputsOf(info)[0]?.name;
  const output = outputsOf(node, info)[0]?.name;
  if (input === undefined) return [];
  const changes: DraftChange[] = [
    { kind: 'removeEdge', edge },
    { kind: 'addEdge', edge: { from: edge.from, output: edge.output, to: node.id, input } },
  ];
  if (output !== undefined) changes.push({ kind: 'addEdge', edge: { from: node.id, output, to: edge.to, input: edge.input } });
  return changes;
}

/** Moves what lies behind an edge to the right, only as far as a new card needs. */
function makeRoom(document: WorkflowDocument, edge: Edge, newX: number): DraftChange[] {
  const target = findNode(document, edge.to);
  if (!target) return [];
  const shift = newX + CARD_WIDTH + COLUMN_GAP - target.position[0];
  if (shift <= 0) return [];
  const behind = new Set([target.id, ...reachable(document, target.id, 'down')]);
  return document.nodes
    .filter((node) => behind.has(node.id) && node.id !== edge.from && node.position[0] >= target.position[0])
    .map((node) => ({ kind: 'moveNode', nodeId: node.id, position: snap({ x: node.position[0] + shift, y: node.position[1] }) }));
}
