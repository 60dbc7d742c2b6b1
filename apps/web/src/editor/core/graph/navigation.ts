import type { WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { findNode } from './graph-queries.ts';

/** Where an arrow key points. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** @param weights how much a px counts across and down */
function distance(a: WorkflowNode, b: WorkflowNode, weights: readonly [number, number]): number {
  return Math.abs(a.position[0] - b.position[0]) * weights[0] + Math.abs(a.position[1] - b.position[1]) * weights[1];
}

function nearest(from: WorkflowNode, candidates: readonly WorkflowNode[], direction: Direction): WorkflowNode | undefined {
  const isAcross = direction === 'left' || direction === 'right';
  const weights = isAcross ? ([1, 2] as const) : ([2, 1] as const);
  return candidates.toSorted((a, b) => distance(from, a, weights) - distance(from, b, weights))[0];
}

function lies(node: WorkflowNode, from: WorkflowNode, direction: Direction): boolean {
  const dx = node.position[0] - from.position[0];
  const dy = node.position[1] - from.position[1];
  switch (direction) {
    case 'left':
      return dx < 0;
    case 'right':
      return dx > 0;
    case 'up':
      return dy < 0;
    case 'down':
      return dy > 0;
  }
}

/** The first step in reading order: leftmost, then topmost. */
export function firstNode(document: WorkflowDocument): WorkflowNode | undefined {
  return document.nodes.toSorted((a, b) => a.position[0] - b.position[0] || a.position[1] - b.position[1])[0];
}

/**
 * The step that an arrow key goes to: left and right follow edges, up and down go to neighbours of the same
 * edges first; where no edge leads, the nearest step on that side.
 * @returns null when there is nothing on that side
 */
export function nextInDirection(document: WorkflowDocument, fromId: string | null, direction: Direction): string | null {
  const from = fromId === null ? undefined : findNode(document, fromId);
  if (!from) return firstNode(document)?.id ?? null;
  const linked = linkedNodes(document, from, direction);
  const candidates = linked.length > 0 ? linked : document.nodes.filter((node) => node.id !== from.id && lies(node, from, direction));
  return nearest(from, candidates, direction)?.id ?? null;
}

function linkedNodes(document: WorkflowDocument, from: WorkflowNode, direction: Direction): readonly WorkflowNode[] {
  const { edges } = document;
  const pick = (ids: readonly string[]): WorkflowNode[] => document.nodes.filter((node) => node.id !== from.id && ids.includes(node.id));
  switch (direction) {
    case 'right': {
      // From the last step of a container on to what follows the container.
      const leads = edges.filter((edge) => edge.from === from.id).map((edge) => edge.to);
      const isLast = from.parent !== null && leads.includes(from.parent);
      const behind = edges.filter((edge) => edge.from === from.parent && findNode(document, edge.to)?.parent !== from.parent);
      return pick([...leads.filter((id) => id !== from.parent), ...(isLast ? behind.map((edge) => edge.to) : [])]);
    }
    case 'left':
      return pick(
        edges.filter((edge) => edge.to === from.id && findNode(document, edge.from)?.parent !== from.id).map((edge) => edge.from),
      );
    case 'up':
    case 'down': {
      const before = new Set(edges.filter((edge) => edge.to === from.id).map((edge) => edge.from));
      const siblings = edges.filter((edge) => before.has(edge.from)).map((edge) => edge.to);
      return pick(siblings).filter((node) => lies(node, from, direction));
    }
  }
}
