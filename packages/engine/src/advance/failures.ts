import type { EndReason, RunError, RunState, ScopeInstance } from '@millwright/workflow';
import { enter, openScope } from './enter.ts';
import { given } from './tables/given.ts';
import type { Working } from './working.ts';

/**
 * A failure that nothing at its own place takes up ends the scope instance it happened in: what else is active there is
 * canceled, what is remembered there is undone, then its container says how to go on. Without one it ends the run.
 */
export function failIn(work: Working, scopeId: string | undefined, error: RunError): void {
  if (scopeId === undefined) return failRun(work, { reason: error.reason ?? 'error', error });
  const scope = work.scope(scopeId);
  // The first failed item of a map that stops is the failure of the map.
  const isWhole = scope.index !== undefined && work.graph.node(scope.nodeId).container?.collect !== true;
  if (isWhole) return failIn(work, scope.parent, error);
  cancelInside(work, scope.id);
  work.change(scope, { failed: error });
}

/** The run fails, once everything that it remembers is undone. */
export function failRun(work: Working, failing: NonNullable<RunState['failing']>): void {
  const isUndoing = work.graph.rules.undoesAll && work.now.scopes.some((one) => one.phase === 'undo');
  if (work.now.remembered.length === 0 && !isUndoing) return work.end({ status: 'failed', ...failing });
  cancelInside(work, undefined, failing.reason);
  work.now.failing = failing;
}

/**
 * Cancels what happens in a scope instance, however deep; what is remembered there is its own from now on. What is being
 * undone goes on: half of it would be worse than all.
 */
function cancelInside(work: Working, id: string | undefined, reason: EndReason = 'error'): void {
  const inner = innerOf(work, id);
  const isInner = (scope: string | undefined): scope is string => scope !== undefined && inner.has(scope);
  work.cancel((one) => one.scope === id || isInner(one.scope), reason);
  work.now.scopes = work.now.scopes
    .filter((one) => !inner.has(one.id))
    .map((one) => (isInner(one.parent) ? given({ ...one, parent: id }) : one));
  work.forget(inner);
  work.leave(id);
  work.now.remembered = work.now.remembered.map((one) => (isInner(one.scope) ? given({ ...one, scope: id }) : one));
}

/** The scope instances inside one, however deep, but for what is being undone. A parent is opened before what it holds. */
function innerOf(work: Working, id: string | undefined): ReadonlySet<string> {
  const inner = new Set<string>();
  for (const one of work.now.scopes)
    if (one.phase !== 'undo' && (one.parent === id || (one.parent !== undefined && inner.has(one.parent)))) inner.add(one.id);
  return inner;
}

/** Undoes the section that was remembered last in a scope instance; false when there is none. */
export function undoLast(work: Working, scopeId: string | undefined): boolean {
  const last = work.now.remembered.findLast((one) => one.scope === scopeId);
  if (last === undefined) return false;
  work.now.remembered = work.now.remembered.filter((one) => one !== last);
  const { scope: parent, ref, ...section } = last;
  const undo = openScope(work, given({ id: `${last.nodeId}:${last.runIndex}`, ...section, parent, phase: 'undo' as const }));
  enter(work, undo, { port: 'undo', parts: [{ ref }] });
  return true;
}

/** Undoes the next section of a run that fails; false when nothing is left to undo, or something is under way. */
export function undoNext(work: Working): boolean {
  return work.now.failing !== undefined && work.now.active.length + work.now.scopes.length === 0 && undoLast(work, undefined);
}

/** An `undo` that failed does not stop the others; what fails says so. */
export function noteUndoFailure(work: Working, undo: ScopeInstance, error: RunError): void {
  const noted = (failed: RunError): RunError => {
    const note = `Undoing "${undo.nodeId}" failed too: ${error.message}`;
    return { ...failed, hint: failed.hint === undefined ? note : `${failed.hint} ${note}` };
  };
  if (undo.parent === undefined) {
    if (work.now.failing !== undefined) work.now.failing = { ...work.now.failing, error: noted(work.now.failing.error) };
    return;
  }
  const parent = work.scope(undo.parent);
  if (parent.failed !== undefined) work.change(parent, { failed: noted(parent.failed) });
}
