import type { ReplyMessage, RunEnd, RunHeader } from '@millwright/workflow';
import type { ItemList } from '../items/item-list.ts';

const LOOK = 'Who runs the workflow finds the run by its id in Millwright.';

const NOT_REACHED: Told = {
  code: 'respond_not_reached',
  detail: 'The run ended without reaching a step that answers.',
  hint: 'Lead every branch of the workflow to a "Respond to webhook" step, or let the webhook answer at the end.',
};

interface Told {
  readonly code: string;
  readonly detail: string;
  readonly hint: string;
}

function problem(header: RunHeader, { code, detail, hint }: Told): ReplyMessage {
  const body = {
    type: `urn:millwright:problem:${code}`,
    title: 'The workflow did not answer',
    status: 500,
    detail,
    code,
    hint,
    runId: header.runId,
  };
  return { status: 500, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify(body) };
}

/**
 * What the caller gets when the run has ended; null when it already has its answer, or waits for none.
 * Of a failure it learns the code and the run, never more.
 * @param last outputs of the node run that succeeded last
 */
export function replyAtEnd(
  header: RunHeader,
  { ended, isReplied }: { readonly ended: RunEnd; readonly isReplied: boolean },
  last: readonly ItemList[],
): ReplyMessage | null {
  if (header.reply === 'none' || (header.reply === 'respond' && isReplied)) return null;
  if (ended.status === 'canceled') return problem(header, { code: 'run_canceled', detail: 'The run was canceled.', hint: LOOK });
  if (ended.status === 'failed')
    return problem(header, { code: ended.error?.code ?? 'run_failed', detail: 'The run failed. Its history says why.', hint: LOOK });
  if (header.reply === 'respond') return problem(header, NOT_REACHED);
  const items = last.flatMap((list) => list.items.map((item) => item.json));
  return {
    status: header.replyStatus ?? 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ runId: header.runId, status: ended.status, items }),
  };
}

/**
 * What a caller who still waits gets when the run had ended before. How it succeeded or failed only the answer says that was stored with
 * the end, for which the caller of a delivery looks; who cancels a run stores none.
 */
export function toldInstead(header: RunHeader, ended: RunEnd, isReplied: boolean): ReplyMessage | null {
  if (ended.status === 'succeeded' || (ended.status === 'failed' && header.delivery !== undefined)) return null;
  return replyAtEnd(header, { ended, isReplied }, []);
}
