import type { PlanNode } from '@millwright/workflow';
import { planOf } from './advance-plans.ts';

/** The input port at which a node goes round; undefined for nodes that do not. */
export function roundPort(node: PlanNode): string | undefined {
  return node.disabled ? undefined : planOf(node)?.rounds;
}

/** Whether an arrival at this port is a node run by itself. */
export function isOwnRun(node: PlanNode, input: string): boolean {
  if (roundPort(node) === input) return false;
  return node.inputs.length <= 1 || planOf(node)?.eachArrival === true;
}
