import type { Edge, WorkflowDocument } from '@millwright/workflow';

/** One port of a step. */
export interface PortRef {
  readonly nodeId: string;
  readonly side: 'input' | 'output';
  readonly port: string;
}

const wired = new WeakMap<readonly Edge[], ReadonlySet<string>>();

function keyOf({ nodeId, side, port }: PortRef): string {
  return `${side} ${nodeId} ${port}`;
}

function readWiring(edges: readonly Edge[]): ReadonlySet<string> {
  return new Set(
    edges.flatMap((edge) => [
      keyOf({ nodeId: edge.from, side: 'output', port: edge.output }),
      keyOf({ nodeId: edge.to, side: 'input', port: edge.input }),
    ]),
  );
}

/** Whether a line ends at a port; read once for each list of edges. */
export function isWired({ edges }: Pick<WorkflowDocument, 'edges'>, ref: PortRef): boolean {
  const known = wired.get(edges) ?? readWiring(edges);
  wired.set(edges, known);
  return known.has(keyOf(ref));
}
