import type { Edge } from './document.ts';

/** The key of an edge: two edges between the same ports are one. */
export function edgeKey(edge: Edge): string {
  return `${edge.from}:${edge.output}->${edge.to}:${edge.input}`;
}
