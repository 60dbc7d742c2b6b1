import type { Item, Plan, WorkflowDocumentInput } from '@millwright/workflow';
import { planOf, type World } from '../world.ts';
import { refusal } from './refusing.ts';

/** Nodes of a short drawing. */
export type Nodes = Parameters<typeof planOf>[0];

/** A plan in which the nodes of a group are inside the container that it is named for. */
export function inside(
  groups: Readonly<Record<string, Nodes>>,
  edges: readonly string[],
  settings?: WorkflowDocumentInput['settings'],
): Plan {
  const nodes: Record<string, Nodes[string]> = {};
  for (const [parent, group] of Object.entries(groups))
    for (const [id, node] of Object.entries(group)) {
      const known = typeof node === 'string' ? { type: node } : node;
      nodes[id] = parent === '' ? known : { ...known, parent };
    }
  return planOf(nodes, edges, settings);
}

/** So many items, numbered. */
export const items = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));
/** A map, with these parameters. */
export const map = (parameters: Readonly<Record<string, string | number>> = {}) => ({ type: 'core.map', parameters });
/** A write that sends the number of its item. */
export const byN = { type: 'test.write', parameters: { n: '{{ $json.n }}' } };

/** The number of the first of some items; 0 where there is none. */
export function numberOf([first]: readonly Item[]): number {
  const { n } = (first ?? { json: { n: 0 } }).json as { readonly n: number };
  return n;
}

/** Refuses what a node sends for these numbers. */
export function failing(world: World, nodeId: string, isBad: (n: unknown) => boolean): void {
  world.behaviour[nodeId] = async (call) => {
    if (isBad(call.parameters['n'])) refusal();
    return world.usual(call);
  };
}

/** Lets a node take its time, by the number of its item. @param ms how long, milliseconds */
export const delayed = (world: World, nodeId: string, ms: (n: number) => number): void => {
  world.behaviour[nodeId] = async (call) => {
    await new Promise((resolve) => setTimeout(resolve, ms(Number(call.parameters['n']))));
    return world.usual(call);
  };
};
