import type { DataRef, PlanNode } from '@millwright/workflow';
import { controlPlans } from '../control/plans.ts';
import type { ListPart } from './events.ts';
import type { Working } from './working.ts';

/** What `advance` knows of a container; undefined for every other node. */
export function containerPlan(node: PlanNode): { readonly kind: 'map' | 'try' | 'compensate'; readonly exit: string } | undefined {
  return node.control === null ? undefined : controlPlans[node.control]?.container;
}

/** The inner input port of a container. */
export function exitOf(node: PlanNode): string | undefined {
  return containerPlan(node)?.exit;
}

/**
 * Puts a list together; its handle.
 * @param id of an output port, `node:runIndex:port`; what is nobody's output begins with `~`
 */
export function makeList(work: Working, id: string, parts: readonly ListPart[]): DataRef {
  const count = parts.reduce((sum, { ref, at }) => sum + (ref === undefined || at !== undefined ? 1 : ref.count), 0);
  const ref = { id, count, sizeBytes: 0 };
  work.commands.push({ type: 'list', ref, parts });
  return ref;
}

/**
 * A result reached the inner input of the container whose inside this is. What a `finally` or an `undo` gives is
 * nobody's result.
 */
export function collect(work: Working, scopeId: string, ref: DataRef): void {
  const scope = work.scope(scopeId);
  if (scope.phase === 'finally' || scope.phase === 'undo') return;
  const before: readonly ListPart[] = scope.collected === undefined ? [] : [{ ref: scope.collected, from: 'kept' }];
  const collected = makeList(work, `~${scope.id}:collected`, [...before, { ref, from: cameFrom(work, scopeId) }]);
  work.change(scope, { collected });
}

/** Where results come from, as positions in the container's input: known where there is only one item. */
function cameFrom(work: Working, scopeId: string): readonly number[] {
  const { index, nodeId, runIndex } = work.scope(scopeId);
  if (index !== undefined) return [index];
  return work.find(nodeId, runIndex).inputs['main']?.count === 1 ? [0] : [];
}
