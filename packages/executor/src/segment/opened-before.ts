import type { LedgerOpened, SegmentInput } from '@millwright/workflow';

/**
 * When the segment was opened, ms since 1970: where an earlier try left rows, when that one was. Temporal opens a segment whose worker
 * was lost again at a later time; what is begun in it must be begun as it was, or the same keys would get other requests.
 */
export function openedBefore({ state, header, openedAtMs }: SegmentInput, { outcomes, open }: LedgerOpened): number {
  // Rows of earlier segments say their times; in a resumed run, rows that took over what an earlier run began say that run's.
  const beforeMs = state?.timeMs ?? (header.resumes === undefined ? Number.NEGATIVE_INFINITY : header.startedAtMs - 1);
  const times = [...outcomes.map(({ timeMs }) => timeMs), ...[...outcomes, ...open].map(({ atMs }) => atMs)];
  const own = times.filter((one) => one !== undefined).filter((one) => one > beforeMs);
  return own.length === 0 ? openedAtMs : own.reduce((least, one) => Math.min(least, one));
}
