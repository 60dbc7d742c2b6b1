import type { PlanNode, PlanSkeleton } from '@millwright/workflow';

/** What is inside a section that can be undone. */
export interface UndoableSection {
  /** Nodes that the port `undo` leads to. */
  readonly undo: ReadonlySet<string>;
  /** Nodes that the port `do` leads to. */
  readonly done: ReadonlySet<string>;
}

/** The sections of a plan that can be undone. */
export function undoableSections(skeleton: PlanSkeleton): readonly UndoableSection[] {
  const nodes = new Map(skeleton.nodes.map((node) => [node.id, node]));
  return skeleton.nodes
    .filter((node) => node.control === 'compensate')
    .map((section) => ({ undo: reach(nodes, section, 'undo'), done: reach(nodes, section, 'do') }));
}

/** Nodes inside a section that a port of it leads to. */
function reach(nodes: ReadonlyMap<string, PlanNode>, section: PlanNode, port: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = (section.outputs[port] ?? []).map(({ to }) => to);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === section.id || found.has(id)) continue;
    found.add(id);
    for (const targets of Object.values(nodes.get(id)?.outputs ?? {})) open.push(...targets.map(({ to }) => to));
  }
  return found;
}
