import { UserError } from '@millwright/core';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Give it back for the next page; null at the end. */
  readonly nextCursor: string | null;
}

/** Which page is wanted. */
export interface PageRequest {
  readonly cursor?: string | undefined;
  /** Rows, 1–200; default 50. */
  readonly limit?: number | undefined;
}

/** Where a page starts: after this row of a list that is sorted by time, then id, the newest first. */
export interface CursorPosition {
  /** Microseconds count: Postgres' own text of the time. */
  readonly at: string;
  readonly id: string;
}

/** How `position` in the lists' statements writes a time. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/** Rows asked for, within bounds. */
export function pageLimit(request: PageRequest): number {
  return Math.max(1, Math.min(200, Math.floor(request.limit ?? 50)));
}

/**
 * Where to start.
 * @throws UserError `cursor_invalid`
 */
export function readCursor(cursor: string | undefined): CursorPosition | null {
  if (cursor === undefined || cursor === '') return null;
  const [at, id, ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split('|');
  if (
    at === undefined ||
    id === undefined ||
    rest.length > 0 ||
    !TIME.test(at) ||
    Number.isNaN(Date.parse(at)) ||
    !/^[a-z]+_[0-9a-z]+$/.test(id)
  ) {
    throw new UserError('invalid', {
      code: 'cursor_invalid',
      message: 'the cursor is not one of ours',
      hint: 'Start again without a cursor.',
    });
  }
  return { at, id };
}

/**
 * Makes a page of rows that were asked for with one more than the limit.
 * @param position of a row, for the next cursor
 */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  how: { readonly position: (row: R) => CursorPosition; readonly map: (row: R) => T },
): Page<T> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const more = rows.length > limit && last !== undefined;
  const at = more ? how.position(last) : null;
  return { items: kept.map(how.map), nextCursor: at === null ? null : Buffer.from(`${at.at}|${at.id}`).toString('base64url') };
}
