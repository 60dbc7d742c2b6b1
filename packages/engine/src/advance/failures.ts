import type { EndReason, RememberedSection, RunError, RunState, ScopeInstance } from '@millwright/workflow';
import { enter, openScope } from './enter.ts';
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
  if (work.remembered.length === 0) return work.end({ status: 'failed', ...failing });
  cancelInside(work, undefined, failing.reason);
  work.failing = failing;
}

/**
 * Cancels what happens in a scope instance, however deep; what is remembered there is its own from now on. What is being
 * undone goes on: half of it would be worse than all.
 */
function cancelInside(work: Working, id: string | undefined, reason: EndReason = 'error'): void {
  const inner = innerOf(work, id);
  const isInner = (scope: string | undefined): scope is string => scope !== undefined && inner.has(scope);
  work.cancel((one) => one.scope === id || isInner(one.scope), reason);
  work.scopes = work.scopes.filter((one) => !inner.has(one.id)).map((one) => (isInner(one.parent) ? heldBy(one, id, 'parent') : one));
  work.forget(inner);
  work.leave(id);
  work.remembered = work.remembered.map((one) => (isInner(one.scope) ? heldBy(one, id, 'scope') : one));
}

/** The same, held by another scope instance. */
function heldBy<One extends object>(one: One, id: string | undefined, key: 'parent' | 'scope'): One {
  const moved: One & Record<string, unknown> = { ...one, [key]: id };
  if (id === undefined) delete moved[key];
  return moved;
}

/** The scope instances inside one, however deep, but for what is being undone. A parent is opened before what it holds. */
function innerOf(work: Working, id: string | undefined): ReadonlySet<string> {
  const inner = new Set<string>();
  for (const one of work.scopes)
    if (one.phase !== 'undo' && (one.parent === id || (one.parent !== undefined && inner.has(one.parent)))) inner.add(one.id);
  return inner;
}

/** Undoes the section that was remembered last in a scope instance; false when there is none. */
export function undoLast(work: Working, scopeId: string | undefined): boolean {
  const last = work.remembered.findLast((one) => one.scope === scopeId);
  if (last === undefined) return false;
  work.remembered = work.remembered.filter((one) => one !== last);
  openUndo(work, last);
  return true;
}

/** Undoes the next section of a run that fails; false when nothing is left to undo, or something is under way. */
export function undoNext(work: Working): boolean {
  return work.failing !== undefined && work.active.length + work.scopes.length === 0 && undoLast(work, undefined);
}

function openUndo(work: Working, { scope, ref, ...section }: RememberedSection): void {
  const parent = scope === undefined ? {} : { parent: scope };
  const undo = openScope(work, { id: `${section.nodeId}:${section.runIndex}`, ...section, ...parent, phase: 'undo' });
  enter(work, undo, { port: 'undo', parts: [{ ref }] });
}

/** An `undo` that failed does not stop the others; what fails says so. */
export function noteUndoFailure(work: Working, undo: ScopeInstance, error: RunError): void {
  const noted = (failed: RunError): RunError => {
    const note = `Undoing "${undo.nodeId}" failed too: ${error.message}`;
    return { ...failed, hint: failed.hint === undefined ? note : `${failed.hint} ${note}` };
  };
  if (undo.parent === undefined) {
    if (work.failing !== undefined) work.failing = { ...work.failing, error: noted(work.failing.error) };
    return;
  }
  const parent = work.scope(undo.parent);
  if (parent.failed !== undefined) work.change(parent, { failed: noted(parent.failed) });
}
