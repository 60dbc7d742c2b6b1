import { unreachable } from '@millwright/core';
import type { Activation, DataRef, RunError, ScopeInstance } from '@millwright/workflow';
import { containerPlan, inputOf, makeList, resultOf } from './collect.ts';
import { handOver } from './deliver.ts';
import { closeScope, enter, openScope } from './enter.ts';
import type { ListPart } from './events.ts';
import { failIn, noteUndoFailure, undoLast } from './failures.ts';
import { given } from './tables/given.ts';
import { COMPENSATION_LIMIT, mapTooLarge, MAP_LIMIT, tooMuchToUndo } from './failing/limits.ts';
import { closeItem, mapParts, openItem } from './map-items.ts';
import { mapBase, sectionSlot, slotOf } from './slots.ts';
import type { Working } from './working.ts';

/** Whether an activation is a container whose inside is under way. */
export function isOpenContainer(activation: Activation): boolean {
  return activation.status === 'waiting' && activation.waitsFor === undefined;
}

/** Opens a container that is ready. */
export function openContainer(work: Working, ready: Activation): void {
  const main = takenIn(work, ready);
  const activation: Activation = { ...ready, status: 'waiting', inputs: { main } };
  work.replace(ready, activation);
  work.commands.push({ type: 'open', activation });
  const { nodeId, runIndex, scope: parent } = activation;
  const base = given({ id: `${nodeId}:${runIndex}`, nodeId, runIndex, parent });
  const kind = containerPlan(work.graph.node(nodeId))?.kind ?? 'try';
  if (kind === 'map') {
    const total = main.count;
    const first = total > MAP_LIMIT ? undefined : mapBase(work, base, total);
    const scope = openScope(work, { ...base, phase: 'each', map: given({ next: 0, base: first, done: 0, failed: 0, total, pieces: [] }) });
    return total > MAP_LIMIT ? failContainer(work, scope, mapTooLarge(nodeId, total)) : undefined;
  }
  const scope = openScope(
    work,
    kind === 'try' ? { ...base, phase: 'try', ...slotOf(work, base) } : { ...base, phase: 'do', ...sectionSlot(work, base) },
  );
  const kept = work.now.remembered.length + work.now.scopes.filter((one) => one.phase === 'do').length;
  if (kind === 'compensate' && kept > COMPENSATION_LIMIT) return failContainer(work, scope, tooMuchToUndo(nodeId));
  enter(work, scope, { port: scope.phase, parts: [{ ref: main }] });
}

function takenIn(work: Working, { nodeId, runIndex, inputs }: Activation): DataRef {
  const ref = inputs['main'] ?? Object.values(inputs)[0];
  if (ref === undefined) return makeList(work, `~${nodeId}:${runIndex}:input`, [{}]);
  const isCut = work.graph.node(nodeId).executeOnce && ref.count > 1;
  return isCut ? makeList(work, `~${nodeId}:${runIndex}:input`, [{ ref, at: 0 }]) : ref;
}

/** A scope instance in which nothing happens any more goes on: the next phase, the container's result, or its failure. */
export function goOn(work: Working, scope: ScopeInstance): void {
  if (scope.failed !== undefined) {
    if (undoLast(work, scope.id)) return;
    return goOnFailed(work, work.change(scope, { failed: undefined }), scope.failed);
  }
  switch (scope.phase) {
    case 'each':
      return scope.index === undefined ? goOnMap(work, scope) : closeItem(work, scope);
    case 'try':
    case 'catch':
      return conclude(work, scope);
    case 'finally':
      return scope.pending === undefined ? succeed(work, scope, resultOf(scope)) : failContainer(work, scope, scope.pending);
    case 'do':
      return remember(work, scope);
    case 'undo':
      return closeUndo(work, scope);
    default:
      return unreachable(scope.phase);
  }
}

function goOnFailed(work: Working, scope: ScopeInstance, error: RunError): void {
  if (scope.phase === 'undo') {
    noteUndoFailure(work, scope, error);
    return closeUndo(work, scope);
  }
  if (scope.index !== undefined) return closeItem(work, scope, error);
  if (scope.phase === 'try' && isWired(work, scope, 'catch')) {
    const caught = work.change(scope, { collected: undefined, phase: 'catch' });
    return enter(work, caught, { port: 'catch', parts: [{ ref: startOf(work, scope), error }] });
  }
  if (scope.phase === 'try' || scope.phase === 'catch') return conclude(work, scope, error);
  return failContainer(work, scope, error);
}

/** Runs `finally`, where there is one, before the try ends as it has to. */
function conclude(work: Working, scope: ScopeInstance, error?: RunError): void {
  if (!isWired(work, scope, 'finally'))
    return error === undefined ? succeed(work, scope, resultOf(scope)) : failContainer(work, scope, error);
  const input = startOf(work, scope);
  enter(work, work.change(scope, { phase: 'finally', pending: error }), {
    port: 'finally',
    parts: error === undefined ? resultOf(scope) : [{ ref: input, error }],
  });
}

function goOnMap(work: Working, scope: ScopeInstance): void {
  const { map } = scope;
  if (map === undefined || map.next < map.total) openItem(work, scope);
  else succeed(work, scope, mapParts(map.pieces));
}

function remember(work: Working, scope: ScopeInstance): void {
  const { nodeId, runIndex, id, slot, ran, matched } = scope;
  const ref = resultList(work, scope, resultOf(scope));
  if (isWired(work, scope, 'undo'))
    work.now.remembered = [...work.now.remembered, given({ nodeId, runIndex, scope: id, ref, slot, ran, matched })];
  handOn(work, scope, ref);
}

/** What was remembered while something was undone is not undone in turn. */
function closeUndo(work: Working, scope: ScopeInstance): void {
  work.now.remembered = work.now.remembered.filter((one) => one.scope !== scope.id);
  closeScope(work, scope);
}

function succeed(work: Working, scope: ScopeInstance, parts: readonly ListPart[]): void {
  handOn(work, scope, resultList(work, scope, parts));
}

/** What a section gives, as one list. */
function resultList(work: Working, scope: ScopeInstance, parts: readonly ListPart[]): DataRef {
  const isEmpty = parts.every(({ ref }) => ref !== undefined && ref.count === 0);
  if (!isEmpty || !work.graph.node(scope.nodeId).alwaysOutput) return makeList(work, `${scope.id}:main`, parts);
  return makeList(work, `${scope.id}:main`, [given({ of: inputOf(work, scope) })]);
}

/** Ends a section well. */
function handOn(work: Working, scope: ScopeInstance, main: DataRef): void {
  const activation = work.find(scope);
  closeScope(work, scope);
  handOver(work, activation, { status: 'succeeded', outputs: { main }, ...progressOf(scope) });
}

function failContainer(work: Working, scope: ScopeInstance, error: RunError): void {
  const activation = work.find(scope);
  const { onError } = work.graph.node(scope.nodeId);
  const input = activation.inputs['main'];
  const outputs: Record<string, DataRef> = {};
  if (onError === 'continue') outputs['main'] = makeList(work, `${scope.id}:main`, [given({ error, from: [], of: input })]);
  if (onError === 'branch' && input !== undefined) outputs['error'] = makeList(work, `${scope.id}:error`, [{ ref: input, error }]);
  closeScope(work, scope);
  handOver(work, activation, { status: 'failed', reason: error.reason ?? 'error', error, outputs, ...progressOf(scope) });
  if (onError === 'stop') failIn(work, activation.scope, error);
}

function progressOf({ map }: ScopeInstance) {
  return map === undefined ? {} : { progress: { done: map.done, failed: map.failed, total: map.total } };
}

/** What a section began with; one empty item where that was nothing. */
function startOf(work: Working, scope: ScopeInstance): DataRef {
  return inputOf(work, scope) ?? makeList(work, `~${scope.id}:input`, [{}]);
}

function isWired(work: Working, { nodeId }: ScopeInstance, port: string): boolean {
  return (work.graph.node(nodeId).outputs[port]?.length ?? 0) > 0;
}
