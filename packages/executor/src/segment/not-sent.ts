import type { AttemptStatus, RunError } from '@millwright/workflow';

/** Code of a call that stayed here because nothing could be sent any more. */
export const NOT_SENT = 'not_sent';

/** Codes that say so; the second one is of rows that were stored before there was one code for it. */
const CODES: ReadonlySet<string> = new Set([NOT_SENT, 'segment_lost']);

/**
 * Whether an outcome says only that its try never left, as its lease had run out or its segment was over: no answer of anybody, the item
 * goes again. A segment that is given up leaves such rows; were they taken as answers, a run would fail of what nobody ever refused.
 */
export function isTakenBack({ status, error }: { readonly status: AttemptStatus; readonly error?: RunError | undefined }): boolean {
  return (
    (status === 'notSent' && error === undefined) ||
    (status !== 'done' && status !== 'unknown' && error !== undefined && CODES.has(error.code))
  );
}
