import type { PlanNode, PlanSkeleton } from '@millwright/workflow';

/** What an earlier run left in the ledger. */
interface Row {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly startedAtMs: number;
}

/** When a node run of an earlier run was undone, ms since 1970; undefined where it was not. */
export type UndoneAt = (nodeId: string, runIndex: number) => number | undefined;

/**
 * Which node runs of earlier runs were undone: what they did before has to be done anew. A section is undone in full, so
 * it is where its `undo` left rows under the same number.
 */
export function undoneIn(skeleton: PlanSkeleton, rows: readonly Row[]): UndoneAt {
  const nodes = new Map(skeleton.nodes.map((node) => [node.id, node]));
  const undone = new Map<string, number>();
  for (const section of skeleton.nodes.filter((node) => node.control === 'compensate')) {
    const undo = reach(nodes, section, ['undo']);
    const all = reach(nodes, section, ['do', 'undo']);
    for (const row of rows.filter(({ nodeId }) => undo.has(nodeId))) {
      for (const nodeId of all) {
        const key = `${nodeId}:${row.runIndex}`;
        undone.set(key, Math.max(undone.get(key) ?? 0, row.startedAtMs));
      }
    }
  }
  return (nodeId, runIndex) => undone.get(`${nodeId}:${runIndex}`);
}

/** Nodes inside a section that these of its ports lead to. */
function reach(nodes: ReadonlyMap<string, PlanNode>, section: PlanNode, ports: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = ports.flatMap((port) => (section.outputs[port] ?? []).map(({ to }) => to));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === section.id || found.has(id)) continue;
    found.add(id);
    for (const targets of Object.values(nodes.get(id)?.outputs ?? {})) open.push(...targets.map(({ to }) => to));
  }
  return found;
}
