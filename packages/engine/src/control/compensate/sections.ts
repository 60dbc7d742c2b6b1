import type { PlanNode, PlanSkeleton } from '@millwright/workflow';
import { repeatedNodes } from '../repeated.ts';

/** What is inside a section that can be undone. */
export interface UndoableSection {
  /** It may run several times in a run. */
  readonly isRepeated: boolean;
  /** Nodes that the port `undo` leads to. */
  readonly undo: ReadonlySet<string>;
  /** Nodes that the port `do` leads to. */
  readonly done: ReadonlySet<string>;
  /** How many maps inside the section are around each of them. */
  readonly maps: ReadonlyMap<string, number>;
}

/** The sections of a plan that can be undone. */
export function undoableSections(skeleton: PlanSkeleton): readonly UndoableSection[] {
  const nodes = new Map(skeleton.nodes.map((node) => [node.id, node]));
  const repeated = repeatedNodes(skeleton);
  return skeleton.nodes
    .filter((node) => node.control === 'compensate')
    .map((section) => {
      const [undo, done] = [reach(nodes, section, 'undo'), reach(nodes, section, 'do')];
      return {
        isRepeated: repeated.has(section.id),
        undo: new Set(undo.keys()),
        done: new Set(done.keys()),
        maps: new Map([...undo, ...done]),
      };
    });
}

/** Nodes inside a section that a port of it leads to, with the number of maps around each. */
function reach(nodes: ReadonlyMap<string, PlanNode>, section: PlanNode, port: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const open = (section.outputs[port] ?? []).map(({ to }) => ({ to, maps: 0 }));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { to: id, maps } = at;
    if (id === section.id || found.has(id)) continue;
    found.set(id, maps);
    const node = nodes.get(id);
    for (const [output, targets] of Object.entries(node?.outputs ?? {})) {
      const inner = node?.control === 'map' && output === 'each' ? maps + 1 : maps;
      open.push(...targets.map(({ to }) => ({ to, maps: inner })));
    }
  }
  return found;
}
