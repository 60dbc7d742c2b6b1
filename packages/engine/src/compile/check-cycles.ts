import type { Edge, Problem } from '@millwright/workflow';
import { leadsOut } from './check-containers.ts';
import { isLoop } from './return-loops.ts';
import { outputPorts, reach, type Drawing } from './drawing.ts';

/**
 * Cycles that nothing can end. A node can end one when it chooses between outputs and at least one of
 * them leaves the cycle.
 */
export function checkCycles(drawing: Drawing): Problem[] {
  return endless(drawing, () => true).map((ids) => {
    const names = ids.map((id) => drawing.byId.get(id)?.name ?? id);
    return {
      code: 'cycle_endless',
      level: 'error',
      ...(ids[0] === undefined ? {} : { nodeId: ids[0] }),
      field: 'outputs',
      text: `These steps repeat for ever: ${names.join(' → ')}.`,
      hint: 'Put an If step into the loop with one output that leaves it.',
      values: { steps: names.join(' → ') },
    };
  });
}

/** Cycles that are left when nodes that can end one are taken out, again and again: what leaves an inner cycle may stay in one around it. */
function endless(drawing: Drawing, isIn: (id: string) => boolean): string[][] {
  return components(drawing, isIn).flatMap((cycle) => {
    const inside = new Set(cycle);
    const stuck = new Set(cycle.filter((id) => !canEnd(drawing, id, inside)));
    return stuck.size === cycle.length ? [cycle] : endless(drawing, (id) => stuck.has(id));
  });
}

function canEnd(drawing: Drawing, id: string, cycle: ReadonlySet<string>): boolean {
  const node = drawing.byId.get(id);
  const info = drawing.types.get(id);
  if (node === undefined || info === undefined || node.settings.disabled) return false;
  if (isLoop(node.type)) return true;
  const ports = outputPorts(node, info).filter((port) => port !== 'error');
  if (ports.length < 2) return false;
  const staying = new Set((drawing.outgoing.get(id) ?? []).filter((edge) => cycle.has(edge.to)).map((edge) => edge.output));
  return ports.some((port) => !staying.has(port));
}

/** A disabled node hands on through its first port only. */
function isTaken(drawing: Drawing, { from, output }: Edge): boolean {
  const node = drawing.byId.get(from);
  const info = drawing.types.get(from);
  if (node === undefined || info === undefined || !node.settings.disabled) return true;
  const ports = outputPorts(node, info);
  return output === (ports.includes('main') ? 'main' : ports[0]);
}

/** Strongly connected components that hold a cycle, each in drawing order (Kosaraju). */
function components(drawing: Drawing, isIn: (id: string) => boolean): string[][] {
  const ids = drawing.nodes.map((node) => node.id).filter(isIn);
  // Through its inner ports a container comes back to itself; that is no cycle.
  const edges = drawing.edges.filter((edge) => isIn(edge.from) && isIn(edge.to) && !leadsOut(drawing, edge) && isTaken(drawing, edge));
  if (!hasCycle(ids, edges)) return [];
  const forward = Map.groupBy(edges, (edge) => edge.from);
  const backward = Map.groupBy(
    edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from })),
    (edge) => edge.from,
  );
  const finished = finishOrder(ids, forward);
  const done = new Set<string>();
  const found: string[][] = [];
  for (const root of finished.toReversed()) {
    if (done.has(root)) continue;
    const open = new Map([...backward].map(([id, list]) => [id, list.filter((edge) => !done.has(edge.to))]));
    const members = [...reach([root], open)];
    for (const id of members) done.add(id);
    const loops = members.length > 1 || (forward.get(root) ?? []).some((edge) => edge.to === root);
    if (loops) found.push(ids.filter((id) => members.includes(id)));
  }
  return found;
}

type Adjacent = ReadonlyMap<string, readonly { readonly to: string }[]>;

/** Nodes in the order in which a depth-first walk leaves them. */
function finishOrder(ids: readonly string[], forward: Adjacent): string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  for (const root of ids) {
    if (seen.has(root)) continue;
    seen.add(root);
    const path = [{ id: root, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = forward.get(top.id)?.[top.next];
      top.next += 1;
      if (target === undefined) {
        order.push(top.id);
        path.pop();
      } else if (!seen.has(target.to)) {
        seen.add(target.to);
        path.push({ id: target.to, next: 0 });
      }
    }
  }
  return order;
}

/** Peels off nodes without incoming edges; what stays lies on or behind a cycle. */
function hasCycle(ids: readonly string[], edges: readonly { readonly from: string; readonly to: string }[]): boolean {
  const incoming = new Map(ids.map((id) => [id, 0]));
  for (const { to } of edges) incoming.set(to, (incoming.get(to) ?? 0) + 1);
  const forward = Map.groupBy(edges, (edge) => edge.from);
  const free = ids.filter((id) => incoming.get(id) === 0);
  let left = ids.length;
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    left -= 1;
    for (const { to } of forward.get(id) ?? []) {
      const rest = (incoming.get(to) ?? 0) - 1;
      incoming.set(to, rest);
      if (rest === 0) free.push(to);
    }
  }
  return left > 0;
}
