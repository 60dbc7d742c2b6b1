import type { DataRef, PlanNode, ScopeInstance } from '@millwright/workflow';
import type { ControlPlan } from '../control/control-plan.ts';
import { planOf } from '../control/advance-plans.ts';
import type { ListPart } from './events.ts';
import type { Working } from './working.ts';

/** What `advance` knows of a container; undefined for every other node. */
export function containerPlan(node: PlanNode): ControlPlan['container'] {
  return planOf(node)?.container;
}

/** The inner input port of a container. */
export function exitOf(node: PlanNode): string | undefined {
  return containerPlan(node)?.exit;
}

/** What a container works on, while its node run is open. */
export function inputOf(work: Working, open: ScopeInstance): DataRef | undefined {
  return work.find(open).inputs['main'];
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
  const collected = makeList(work, `~${scope.id}:collected`, [...resultOf(scope), { ref, from: cameFrom(work, scopeId) }]);
  work.change(scope, { collected });
}

/** What reached the inner input so far. */
export function resultOf({ collected }: ScopeInstance): readonly ListPart[] {
  return collected === undefined ? [] : [{ ref: collected, from: 'kept' }];
}

/** Where results come from, as positions in the container's input: known where there is only one item. */
function cameFrom(work: Working, scopeId: string): readonly number[] {
  const scope = work.scope(scopeId);
  if (scope.index !== undefined) return [scope.index];
  return inputOf(work, scope)?.count === 1 ? [0] : [];
}
