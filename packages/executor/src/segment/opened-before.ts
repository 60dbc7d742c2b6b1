import type { LedgerOpened, Predecessor, SegmentInput } from '@millwright/workflow';

/**
 * When the segment was opened, ms since 1970: where an earlier try left rows, when that one was. Temporal opens a segment whose worker
 * was lost again at a later time; what is begun in it must be begun as it was, or the same keys would get other requests.
 */
export function openedBefore({ state, header, openedAtMs }: SegmentInput, { outcomes, open }: LedgerOpened, before: Predecessor): number {
  // Rows of earlier segments say their times; in a resumed run, rows that took over what an earlier run began say that run's.
  const inheritedMs = latestOf([...before.outcomes, ...before.open, ...(before.superseded ?? [])]);
  const takenMs = Math.max(state?.timeMs ?? Number.NEGATIVE_INFINITY, inheritedMs);
  const beforeMs = state === null && header.resumes !== undefined ? Math.max(takenMs, header.startedAtMs - 1) : takenMs;
  const own = timesOf([...outcomes, ...open]).filter((one) => one > beforeMs);
  // Clocks differ: what is begun here must be later than what was taken over, or a next try could not tell one from the other.
  return own.length === 0 ? Math.max(openedAtMs, takenMs + 1) : own.reduce((least, one) => Math.min(least, one));
}

/** What rows say of the run's time. */
interface Timed {
  /** When the activation was begun, ms since 1970. */
  readonly atMs?: number;
  /** The run's time when it was stored, ms since 1970. */
  readonly timeMs?: number;
}

function timesOf(rows: readonly Timed[]): readonly number[] {
  return rows.flatMap(({ atMs, timeMs }) => [atMs, timeMs]).filter((one) => one !== undefined);
}

function latestOf(rows: readonly Timed[]): number {
  return timesOf(rows).reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
}
