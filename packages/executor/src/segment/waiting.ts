import { messageOf, TransientError } from '@millwright/core';
import { KEPT_VERSIONS } from '@millwright/engine';
import type { Activation, LedgerOpened, PlanSkeleton, Predecessor, RunEnd, RunError, RunState, WaitsFor } from '@millwright/workflow';
import type { UntakenOutcome } from './call.ts';
import { TIMER_INDEX } from '../waits/timer-index.ts';

/** What a run's first segment finds. */
export const NOTHING_STORED: LedgerOpened = { isOurs: true, ended: null, outcomes: [], open: [], cancelRequested: false, losses: 0 };

/** What the runs before a run did that goes on with none. */
export const NO_PREDECESSOR: Predecessor = { outcomes: [], open: [] };

/** Where the ledger is read from: activations that are not over need their earlier outcomes too. */
export function firstNeeded(state: RunState | null): number {
  return state === null ? 0 : Math.min(state.seq, ...state.active.map((one) => one.since ?? state.seq));
}

/** When an activation goes on by itself, ms since 1970. */
function timerOf({ status, waitsFor }: Activation): number {
  return status === 'waiting' && (waitsFor?.kind === 'timer' || waitsFor?.kind === 'retry') ? (waitsFor.untilMs ?? Infinity) : Infinity;
}

/** The earliest of these. */
export function nextTimer(state: RunState): number {
  return Math.min(Infinity, ...state.active.map(timerOf));
}

/** What the run as a whole waits for: what goes on first by itself, else the first. */
export function firstWait(state: RunState): WaitsFor | null {
  const waits = state.active.flatMap((one) => one.waitsFor ?? []);
  return waits.toSorted((a, b) => (a.untilMs ?? Infinity) - (b.untilMs ?? Infinity))[0] ?? null;
}

/** The run's time is over. */
export function runTimeout(timeoutMs: number): RunError {
  return {
    code: 'run_timeout',
    message: `The run took longer than ${timeoutMs / 1000} s.`,
    hint: 'Give the workflow more time in its settings, or make it shorter.',
    reason: 'timeout',
  };
}

/** The run takes its processes down with it. */
export function workerLost(losses: number): Omit<RunEnd, 'finishedAtMs'> {
  const error = {
    code: 'worker_lost',
    message: `${losses} processes died while they worked on this run.`,
    hint: 'A step of it may need more memory than there is, or crash the process. Make its lists smaller, or look at the step that ran last.',
    reason: 'error',
  } as const;
  return { status: 'failed', reason: 'error', error };
}

/**
 * Leaves a run alone whose plan was made for an engine that this process does not have: one that has it goes on.
 * @throws TransientError `engine_version_missing`
 */
export function assertKept({ engineVersion }: PlanSkeleton): void {
  if (KEPT_VERSIONS.includes(engineVersion)) return;
  throw new TransientError({ code: 'engine_version_missing', message: `the run needs engine version ${engineVersion}, which is not here` });
}

/** Nothing may be done for the run here any more. */
export function lost(): TransientError {
  return new TransientError({ code: 'segment_lost', message: 'the run belongs to another process now' });
}

/** Whether nothing can go on here by itself. What is ready stands behind what waits: in sequential order one thing happens at a time. */
export function isAllWaiting(state: RunState): boolean {
  return state.active.every((one) => one.status !== 'running');
}

/** The outcome of the first timer whose time has come. */
export function dueTimer(state: RunState, nowMs: number): UntakenOutcome | undefined {
  const due = state.active.find((one) => timerOf(one) <= nowMs);
  if (due === undefined) return undefined;
  const { nodeId, runIndex, attempt } = due;
  return { nodeId, runIndex, itemIndex: TIMER_INDEX, attempt, class: 'wait', status: 'done', startedAtMs: due.atMs, finishedAtMs: nowMs };
}

/** A fault of ours. */
export function brokenBy(thrown: unknown, code: string): Omit<RunEnd, 'finishedAtMs'> {
  const message = `The run could not go on: ${messageOf(thrown)}`;
  const hint = 'This is a fault in Millwright. Report it with the id of the run.';
  return { status: 'failed', reason: 'error', error: { code, message, hint } };
}
