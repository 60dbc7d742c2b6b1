import type { ReplyMessage, RunEnd, RunHeader } from '@millwright/workflow';
import type { ItemList } from '../items/item-list.ts';

function problem(header: RunHeader, code: string, detail: string): ReplyMessage {
  const body = {
    type: `urn:millwright:problem:${code}`,
    title: 'The workflow did not answer',
    status: 500,
    detail,
    code,
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
  if (ended.status === 'canceled') return problem(header, 'run_canceled', 'The run was canceled.');
  if (ended.status === 'failed') return problem(header, ended.error?.code ?? 'run_failed', 'The run failed. Its history says why.');
  if (header.reply === 'respond') return problem(header, 'respond_not_reached', 'The run ended without reaching a step that answers.');
  const items = last.flatMap((list) => list.items.map((item) => item.json));
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ runId: header.runId, status: ended.status, items }),
  };
}
