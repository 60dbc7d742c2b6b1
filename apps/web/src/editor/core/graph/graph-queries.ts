import type { Edge, WorkflowDocument, WorkflowNode } from '@millwright/workflow';

const indexes = new WeakMap<readonly WorkflowNode[], ReadonlyMap<string, WorkflowNode>>();

/** Nodes by id; made once for each list of nodes. */
export function nodesById({ nodes }: Pick<WorkflowDocument, 'nodes'>): ReadonlyMap<string, WorkflowNode> {
  const known = indexes.get(nodes) ?? new Map(nodes.map((node) => [node.id, node]));
  indexes.set(nodes, known);
  return known;
}

/** Finds a node by id. */
export function findNode(document: WorkflowDocument, nodeId: string): WorkflowNode | undefined {
  return nodesById(document).get(nodeId);
}

/** Edges by the node they leave from, or arrive at. */
function edgesBy(edges: readonly Edge[], side: 'from' | 'to'): ReadonlyMap<string, readonly Edge[]> {
  const map = new Map<string, Edge[]>();
  for (const edge of edges) {
    const list = map.get(edge[side]);
    if (list) list.push(edge);
    else map.set(edge[side], [edge]);
  }
  return map;
}

/** Whether an edge joins a container with something inside it: it hangs at a port of the inside. */
function isInnerEdge(nodes: ReadonlyMap<string, WorkflowNode>, edge: Edge): boolean {
  return nodes.get(edge.to)?.parent === edge.from || nodes.get(edge.from)?.parent === edge.to;
}

/**
 * Every node that can be reached, nearest first, the start not included (unless a loop leads back).
 * Upwards it leads out of containers to what comes before them, never into them: what is inside is not seen from outside.
 * Downwards it stays on the level of the start.
 * @param direction `down` follows edges, `up` goes against them
 */
export function reachable(document: WorkflowDocument, startId: string, direction: 'up' | 'down'): readonly string[] {
  const near = direction === 'down' ? 'from' : 'to';
  const far = direction === 'down' ? 'to' : 'from';
  const nodes = nodesById(document);
  const isOpen = (edge: Edge): boolean => !isInnerEdge(nodes, edge) || (direction === 'up' && nodes.get(edge.to)?.parent === edge.from);
  const byNear = edgesBy(document.edges.filter(isOpen), near);
  const found = new Set<string>();
  let front = [startId];
  while (front.length > 0) {
    const next: string[] = [];
    for (const id of front) {
      for (const edge of byNear.get(id) ?? []) {
        if (found.has(edge[far])) continue;
        found.add(edge[far]);
        next.push(edge[far]);
      }
    }
    front = next;
  }
  return [...found];
}

/** Edges that lie inside a set of nodes. */
export function innerEdges(document: WorkflowDocument, nodeIds: ReadonlySet<string>): readonly Edge[] {
  return document.edges.filter((edge) => nodeIds.has(edge.from) && nodeIds.has(edge.to));
}
