import { unreachable } from '@millwright/core';
import type { Activation, DataRef, RunError, ScopeInstance } from '@millwright/workflow';
import { containerPlan, makeList } from './collect.ts';
import { deliver } from './deliver.ts';
import { closeScope, enter, openScope } from './enter.ts';
import type { ListPart } from './events.ts';
import { failIn, noteUndoFailure, undoLast } from './failures.ts';
import { closeItem, mapParts, openItem } from './map-items.ts';
import { MAP_LIMIT, mapBase, sectionSlot, slotOf } from './slots.ts';
import type { Working } from './working.ts';

/** Most sections that a run remembers in order to undo them. */
const COMPENSATION_LIMIT = 200;

/** Whether an activation is a container whose inside is under way. */
export function isOpenContainer(activation: Activation): boolean {
  return activation.status === 'waiting' && activation.waitsFor === undefined;
}

/** Opens a container that is ready. */
export function openContainer(work: Working, ready: Activation): void {
  const activation: Activation = { ...ready, status: 'waiting', inputs: { main: inputOf(work, ready) } };
  work.replace(ready, activation);
  work.commands.push({ type: 'open', activation });
  const { nodeId, runIndex, scope: parent } = activation;
  const base = { id: `${nodeId}:${runIndex}`, nodeId, runIndex, ...(parent === undefined ? {} : { parent }) };
  const kind = containerPlan(work.graph.node(nodeId))?.kind ?? 'try';
  const total = activation.inputs['main']?.count ?? 0;
  if (kind === 'map') {
    const first = total > MAP_LIMIT ? undefined : mapBase(work, base, total);
    const slots = first === undefined ? {} : { base: first };
    const scope = openScope(work, { ...base, phase: 'each', map: { next: 0, ...slots, done: 0, failed: 0, total, pieces: [] } });
    return total > MAP_LIMIT ? failContainer(work, scope, mapTooLarge(nodeId, total)) : undefined;
  }
  const scope = openScope(
    work,
    kind === 'try' ? { ...base, phase: 'try', ...slotOf(work, base) } : { ...base, phase: 'do', ...sectionSlot(work, base) },
  );
  const kept = work.remembered.length + work.scopes.filter((one) => one.phase === 'do').length;
  if (kind === 'compensate' && kept > COMPENSATION_LIMIT) return failContainer(work, scope, tooMuchToUndo(nodeId));
  enter(work, scope, { port: scope.phase, parts: [{ ref: inputOf(work, activation) }] });
}

function inputOf(work: Working, { nodeId, runIndex, inputs }: Activation): DataRef {
  const ref = inputs['main'] ?? Object.values(inputs)[0];
  if (ref === undefined) return makeList(work, `~${nodeId}:${runIndex}:input`, [{}]);
  const isCut = work.graph.node(nodeId).executeOnce && ref.count > 1;
  return isCut ? makeList(work, `~${nodeId}:${runIndex}:input`, [{ ref, at: 0 }]) : ref;
}

/** A scope instance in which nothing happens any more goes on: the next phase, the container's result, or its failure. */
export function goOn(work: Working, scope: ScopeInstance): void {
  if (scope.failed !== undefined) {
    if (undoLast(work, scope.id)) return;
    const { failed, ...rest } = scope;
    work.scopes = work.scopes.map((one) => (one === scope ? rest : one));
    return goOnFailed(work, rest, failed);
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
    const { collected: _given, ...rest } = scope;
    const caught: ScopeInstance = { ...rest, phase: 'catch' };
    work.scopes = work.scopes.map((one) => (one === scope ? caught : one));
    return enter(work, caught, { port: 'catch', parts: [{ ref: activationOf(work, scope).inputs['main'] ?? empty(work, scope), error }] });
  }
  if (scope.phase === 'try' || scope.phase === 'catch') return conclude(work, scope, error);
  return failContainer(work, scope, error);
}

/** Runs `finally`, where there is one, before the try ends as it has to. */
function conclude(work: Working, scope: ScopeInstance, error?: RunError): void {
  if (!isWired(work, scope, 'finally'))
    return error === undefined ? succeed(work, scope, resultOf(scope)) : failContainer(work, scope, error);
  work.change(scope, { phase: 'finally', ...(error === undefined ? {} : { pending: error }) });
  const input = activationOf(work, scope).inputs['main'] ?? empty(work, scope);
  enter(work, work.scope(scope.id), { port: 'finally', parts: error === undefined ? resultOf(scope) : [{ ref: input, error }] });
}

function goOnMap(work: Working, scope: ScopeInstance): void {
  const { map } = scope;
  if (map === undefined || map.next < map.total) openItem(work, scope);
  else succeed(work, scope, mapParts(map.pieces));
}

function remember(work: Working, scope: ScopeInstance): void {
  const { nodeId, runIndex, id, slot, ran, matched } = scope;
  const slots = {
    ...(slot === undefined ? {} : { slot }),
    ...(ran === undefined ? {} : { ran }),
    ...(matched === undefined ? {} : { matched }),
  };
  const main = resultList(work, scope, resultOf(scope));
  if (isWired(work, scope, 'undo')) work.remembered = [...work.remembered, { nodeId, runIndex, scope: id, ref: main, ...slots }];
  handOn(work, scope, main);
}

/** What was remembered while something was undone is not undone in turn. */
function closeUndo(work: Working, scope: ScopeInstance): void {
  work.remembered = work.remembered.filter((one) => one.scope !== scope.id);
  closeScope(work, scope);
}

function succeed(work: Working, scope: ScopeInstance, parts: readonly ListPart[]): void {
  handOn(work, scope, resultList(work, scope, parts));
}

/** What a section gives, as one list. */
function resultList(work: Working, scope: ScopeInstance, parts: readonly ListPart[]): DataRef {
  const isEmpty = parts.every(({ ref }) => ref !== undefined && ref.count === 0);
  if (!isEmpty || !work.graph.node(scope.nodeId).alwaysOutput) return makeList(work, `${scope.id}:main`, parts);
  const input = activationOf(work, scope).inputs['main'];
  return makeList(work, `${scope.id}:main`, [input === undefined ? {} : { of: input }]);
}

/** Ends a section well. */
function handOn(work: Working, scope: ScopeInstance, main: DataRef): void {
  const activation = activationOf(work, scope);
  closeScope(work, scope);
  work.settle(activation, { status: 'succeeded', outputs: { main }, ...progressOf(scope) });
  deliver(work, activation, { main });
}

function failContainer(work: Working, scope: ScopeInstance, error: RunError): void {
  const activation = activationOf(work, scope);
  const { onError } = work.graph.node(scope.nodeId);
  const input = activation.inputs['main'];
  const outputs: Record<string, DataRef> = {};
  if (onError === 'continue')
    outputs['main'] = makeList(work, `${scope.id}:main`, [{ error, from: [], ...(input === undefined ? {} : { of: input }) }]);
  if (onError === 'branch' && input !== undefined) outputs['error'] = makeList(work, `${scope.id}:error`, [{ ref: input, error }]);
  closeScope(work, scope);
  work.settle(activation, { status: 'failed', reason: error.reason ?? 'error', error, outputs, ...progressOf(scope) });
  if (onError === 'stop') failIn(work, activation.scope, error);
  else deliver(work, activation, outputs);
}

function resultOf({ collected }: ScopeInstance): readonly ListPart[] {
  return collected === undefined ? [] : [{ ref: collected, from: 'kept' }];
}

function progressOf({ map }: ScopeInstance) {
  return map === undefined ? {} : { progress: { done: map.done, failed: map.failed, total: map.total } };
}

function activationOf(work: Working, { nodeId, runIndex }: ScopeInstance): Activation {
  return work.find(nodeId, runIndex);
}

function empty(work: Working, { id }: ScopeInstance): DataRef {
  return makeList(work, `~${id}:input`, [{}]);
}

function isWired(work: Working, { nodeId }: ScopeInstance, port: string): boolean {
  return (work.graph.node(nodeId).outputs[port]?.length ?? 0) > 0;
}

function mapTooLarge(nodeId: string, total: number): RunError {
  return {
    code: 'map_too_large',
    message: `The map got ${total.toLocaleString('en')} items; at most ${MAP_LIMIT.toLocaleString('en')} are possible.`,
    hint: 'Split the list before it, for example with a loop in batches.',
    nodeId,
    reason: 'limit',
  };
}

function tooMuchToUndo(nodeId: string): RunError {
  return {
    code: 'compensation_limit',
    message: `The run remembers more than ${COMPENSATION_LIMIT} sections that may have to be undone.`,
    hint: 'Put the list through one section instead of one section per item.',
    nodeId,
    reason: 'limit',
  };
}
