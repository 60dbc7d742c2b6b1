import { InvariantError, unreachable } from '@millwright/core';
import type { Activation, DataRef, PlanNode, PlanSkeleton, RunError, RunState } from '@millwright/workflow';
import { planOf } from '../control/advance-plans.ts';
import { containerPlan, makeList } from './collect.ts';
import { goOn, isOpenContainer, openContainer } from './containers.ts';
import { handOver, releaseRound, releaseStarved } from './deliver.ts';
import type { Command, EngineEvent } from './events.ts';
import { failIn, failRun, undoNext } from './failures.ts';
import { given } from './tables/given.ts';
import { graphOf } from './graph.ts';
import { openNextItem } from './map-items.ts';
import { retryAt } from './failing/retry.ts';
import { keyIn } from './scope-keys.ts';
import { Working } from './working.ts';

/**
 * What a run does next: the state after an event, and the commands that follow from it, in order.
 * Pure: equal arguments give equal results. An event for a run that has ended changes nothing.
 * @param skeleton the plan's control skeleton; its identity is used as a cache key
 * @param state null only for the event `started`
 * @throws InvariantError when the event does not fit the state
 */
export function advance(
  skeleton: PlanSkeleton,
  state: RunState | null,
  event: EngineEvent,
): { readonly state: RunState; readonly commands: readonly Command[] } {
  if (state?.ended !== undefined) return { state, commands: [] };
  const work = new Working(graphOf(skeleton), state ?? freshState(event));
  apply(work, event);
  settleDown(work);
  return { state: work.finish(), commands: work.commands };
}

function freshState(event: EngineEvent): RunState {
  if (event.type !== 'started') throw new InvariantError({ code: 'event_without_state', message: `${event.type} before the run started` });
  return {
    v: 1,
    seq: 0,
    timeMs: event.timeMs,
    startedAtMs: event.startedAtMs,
    active: [],
    arrivals: {},
    counts: {},
    outputs: {},
    total: 0,
  };
}

function apply(work: Working, event: EngineEvent): void {
  switch (event.type) {
    case 'started':
      return start(work, event.nodeId, event.ref);
    case 'opened':
      work.now.timeMs = event.timeMs;
      for (const one of work.now.active) if (one.status === 'running') work.commands.push({ type: 'run', activation: one });
      return;
    case 'time': {
      work.now.timeMs = event.timeMs;
      if (event.of === undefined) return;
      const activation = work.find(event.of);
      const { atMs, keyIndex } = event.of;
      if (keyIndex === undefined) return work.replace(activation, { ...activation, atMs });
      if (keyIndex !== activation.runIndex) work.unmatch(activation.scope);
      work.inherited.set(activation.nodeId, [...(work.inherited.get(activation.nodeId) ?? []), keyIndex]);
      return work.replace(activation, { ...activation, atMs, keyIndex });
    }
    case 'progress':
      return progress(work, event);
    case 'completed':
      if (event.seq !== undefined) work.take(event.seq);
      if (event.memory !== undefined) work.memory.put(keyIn(event.nodeId, work.find(event).scope), event.memory);
      if (event.progress === true) work.progress();
      return handOver(work, work.find(event), { status: 'succeeded', outputs: event.outputs });
    case 'failed':
      return fail(work, event);
    case 'waiting': {
      const activation = work.find(event);
      return wait(work, activation, { activation: { ...activation, status: 'waiting', waitsFor: event.waitsFor } });
    }
    case 'timer':
      work.take(event.seq);
      return fire(work, work.find(event));
    case 'decided':
      return decided(work, event);
    case 'canceled':
      return work.end({ status: 'canceled', reason: event.reason });
    case 'timedOut':
      if (event.seq !== undefined) work.take(event.seq);
      return work.now.failing === undefined ? failRun(work, { reason: 'timeout', error: event.error }) : undefined;
    case 'passed':
      return work.take(event.seq);
    default:
      return unreachable(event);
  }
}

function wait(work: Working, before: Activation, waits: { readonly activation: Activation; readonly error?: RunError }): void {
  work.replace(before, waits.activation);
  work.commands.push({ type: 'wait', ...waits });
}

function start(work: Working, nodeId: string, ref: DataRef): void {
  const node = work.graph.node(nodeId);
  work.activate([{ node, inputs: {} }], undefined);
  handOver(work, work.find({ nodeId, runIndex: 0 }), { status: 'succeeded', outputs: { [firstPort(node)]: ref } });
}

function progress(work: Working, event: Extract<EngineEvent, { type: 'progress' }>): void {
  work.take(event.seq);
  const activation = work.find(event);
  if (activation.since === undefined) work.replace(activation, { ...activation, since: event.seq - 1 });
}

/** What waited goes on: it is running, as far as the engine is concerned. */
function decided(work: Working, event: Extract<EngineEvent, { type: 'decided' }>): void {
  progress(work, { ...event, type: 'progress' });
  unwait(work, work.find(event), 'running');
}

function unwait(work: Working, activation: Activation, status: 'running' | 'ready'): void {
  const { waitsFor: _over, ...rest } = activation;
  work.replace(activation, { ...rest, status });
}

function fail(work: Working, event: Extract<EngineEvent, { type: 'failed' }>): void {
  if (event.seq !== undefined) work.take(event.seq);
  const activation = work.find(event);
  const node = work.graph.node(event.nodeId);
  const untilMs = retryAt(node, activation.attempt, event);
  if (untilMs !== null) {
    const since = activation.since ?? (event.seq === undefined ? undefined : event.seq - 1);
    const tried = given({ ...activation, attempt: activation.attempt + 1, since });
    return wait(work, activation, {
      activation: { ...tried, status: 'waiting', waitsFor: { kind: 'retry', untilMs } },
      error: event.error,
    });
  }
  const error = { ...event.error, nodeId: event.nodeId };
  const goesOn = node.onError !== 'stop';
  handOver(work, activation, { status: 'failed', reason: error.reason ?? 'error', error, outputs: goesOn ? event.fallback : {} });
  if (!goesOn) failIn(work, activation.scope, error);
}

function fire(work: Working, activation: Activation): void {
  const node = work.graph.node(activation.nodeId);
  const passes = planOf(node)?.onTimer;
  if (activation.waitsFor?.kind === 'timer' && passes !== undefined) return passOn(work, activation, passes);
  unwait(work, activation, 'ready');
}

/** Ends an activation that hands items on unchanged, or the first of them. */
function passOn(work: Working, activation: Activation, passes: Readonly<Record<string, string>>): void {
  const { disabled, executeOnce, id } = work.graph.node(activation.nodeId);
  const isCut = !disabled && executeOnce && work.graph.rules.timerRunsOnce;
  const outputs: Record<string, DataRef> = {};
  for (const [output, input] of Object.entries(passes)) {
    const [ref, to] = [activation.inputs[input], `${id}:${activation.runIndex}:${output}`];
    if (ref !== undefined) outputs[output] = isCut ? makeList(work, to, [{ ref, at: 0 }]) : { ...ref, id: to };
  }
  const how = disabled ? ({ status: 'skipped', reason: 'disabled' } as const) : ({ status: 'succeeded' } as const);
  handOver(work, activation, { ...how, outputs, ...(isCut ? {} : { passes }) });
}

/** Starts what may start, releases what waits in vain, lets containers go on, and ends the run when nothing is left. */
function settleDown(work: Working): void {
  while (
    !work.isEnded &&
    (stopAtLimit(work) || goOnInside(work) || goRound(work) || startNext(work) || openNextItem(work) || release(work) || undoNext(work))
  )
    continue;
  if (!work.isEnded && work.now.active.length === 0)
    work.end(work.now.failing === undefined ? { status: 'succeeded' } : { status: 'failed', ...work.now.failing });
}

/** Too many node runs end the run; what it remembers is undone first, unless there were too many in that. */
function stopAtLimit(work: Working): boolean {
  const exceeded = work.takeExceeded();
  if (exceeded === undefined) return false;
  const isUndoing = work.now.failing !== undefined;
  work.progress();
  if (isUndoing) work.end({ status: 'failed', ...exceeded });
  else failRun(work, exceeded);
  return true;
}

/** Lets the first scope instance go on in which nothing happens any more; whether there was one. */
function goOnInside(work: Working): boolean {
  if (work.now.scopes.length === 0) return false;
  const busy = new Set([...work.now.active.map((one) => one.scope), ...work.now.scopes.map((one) => one.parent)]);
  const quiet = work.now.scopes.find((one) => !busy.has(one.id));
  if (quiet === undefined) return false;
  if (!releaseStarved(work, quiet.id)) goOn(work, quiet);
  return true;
}

function startNext(work: Working): boolean {
  const ready = isBusy(work) ? undefined : work.nextReady();
  if (ready === undefined) return false;
  const node = work.graph.node(ready.nodeId);
  if (node.disabled) passDisabled(work, ready);
  else if (containerPlan(node) !== undefined) openContainer(work, ready);
  else command(work, ready);
  return true;
}

/** In sequential order a loop goes on with its next round before anything else begins. */
function goRound(work: Working): boolean {
  if (!work.graph.isSequential || isBusy(work)) return false;
  return releaseRound(work, undefined) || work.now.scopes.some((one) => releaseRound(work, one.id));
}

/** In sequential order what waits in vain comes after everything else. */
function release(work: Working): boolean {
  if (work.graph.isSequential && !work.now.active.every(isOpenContainer)) return false;
  return releaseStarved(work, undefined) || work.now.scopes.some((one) => releaseStarved(work, one.id));
}

/** In sequential order one thing happens at a time; an open container is where it happens. */
function isBusy(work: Working): boolean {
  return work.graph.isSequential && work.now.active.some((one) => one.status !== 'ready' && !isOpenContainer(one));
}

function command(work: Working, ready: Activation): void {
  const running: Activation = { ...ready, status: 'running' };
  work.replace(ready, running);
  work.commands.push({ type: 'run', activation: running });
}

/** A disabled node hands its first input on. */
function passDisabled(work: Working, ready: Activation): void {
  const node = work.graph.node(ready.nodeId);
  const input = node.inputs.find(({ port }) => ready.inputs[port] !== undefined)?.port ?? 'main';
  passOn(work, ready, { [firstPort(node)]: input });
}

/** `main` where there is one, else the first port. */
function firstPort(node: PlanNode): string {
  return 'main' in node.outputs ? 'main' : (Object.keys(node.outputs)[0] ?? 'main');
}
