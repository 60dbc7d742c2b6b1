import type { Edge } from './document.ts';

/** The key of an edge: two edges between the same ports are one. */
export function edgeKey(edge: Edge): string {
  return `${edge.from}:${edge.output}->${edge.to}:${edge.input}`;
}

/** What an edge joins, without what stands at it. */
export function edgeEnds({ from, output, to, input }: Edge): Edge {
  return { from, output, to, input };
}

/** An edge with something else at it. @param label undefined: nothing */
export function labelledEdge(edge: Edge, label: string | undefined): Edge {
  return { ...edgeEnds(edge), ...(label === undefined ? {} : { label }) };
}
