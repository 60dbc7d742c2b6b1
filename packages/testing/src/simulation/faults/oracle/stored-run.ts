import type { MemoryStore, RunRow } from '@millwright/executor/testing';
import type { Item, Outcome, RunHeader, RunState, StoredDecision } from '@millwright/workflow';
import type { Played } from '../plans.ts';
import type { Accepted } from '../temporal/host.ts';

/** `itemIndex` of timers. */
export const TIMER = -2;

/** A run as it was stored. */
export interface StoredRun {
  readonly row: RunRow;
  /** The runs that it goes on with. */
  readonly before: readonly RunRow[];
  readonly played: Played;
  readonly items: readonly Item[];
  readonly accepted: readonly Accepted[];
}

/** The header's chain. */
export function chainOf(store: MemoryStore, { resumes }: RunHeader): readonly RunRow[] {
  const before = resumes === undefined ? undefined : store.runs.get(resumes.runId);
  return before === undefined ? [] : [...chainOf(store, before.header), before];
}

/** Whether a decision that nobody took may have led to an outcome. */
export function isAbout(
  { seq, nodeId, runIndex, itemIndex, kind }: StoredDecision & { readonly seq: number | null },
  outcome: Outcome,
): boolean {
  if (seq !== null && seq !== 0) return false;
  if (nodeId !== outcome.nodeId || runIndex !== outcome.runIndex) return false;
  return kind === 'retry' ? outcome.itemIndex === TIMER : itemIndex === outcome.itemIndex;
}

/** What an outcome is about. */
export function nameOf({ nodeId, runIndex, itemIndex }: Pick<Outcome, 'nodeId' | 'runIndex' | 'itemIndex'>): string {
  return `${nodeId}:${runIndex}:${itemIndex}`;
}

/**
 * When a segment was first opened, as its rows say: not after the try that was taken over, nor after a timer that an earlier try took. What
 * an earlier run of the chain began says that run's time.
 */
export function openedAtMs({ row, before }: StoredRun, state: RunState | null, { openedAtMs: atMs }: Accepted): number {
  const { header, attempts } = row;
  const inheritedMs = before.flatMap((one) => [...one.attempts.values()].flatMap(({ atMs: begunMs = 0, timeMs = 0 }) => [begunMs, timeMs]));
  const beforeMs = Math.max(state?.timeMs ?? (header.resumes === undefined ? 0 : header.startedAtMs - 1), ...inheritedMs);
  const times = [...attempts.values()]
    .flatMap((one) => [one.atMs, one.timeMs, one.itemIndex === TIMER ? one.finishedAtMs : undefined])
    .filter((one) => one !== undefined)
    .filter((one) => one > beforeMs && one <= atMs);
  return Math.min(atMs, ...times);
}

/** Which node run something is about. */
export function nodeRunOf({ nodeId, runIndex }: Pick<Outcome, 'nodeId' | 'runIndex'>): string {
  return `${nodeId}:${runIndex}`;
}
