import type { RunGraphInput } from '@millwright/temporal-protocol';
import type { Priority } from '@temporalio/common';

/** Where a run stands when work waits: 1 first (somebody waits for the answer), 2 by hand, 3 otherwise; fair between workspaces. */
export function priorityOf(header: RunGraphInput['header']): Priority {
  const priorityKey = header.reply !== 'none' ? 1 : header.mode === 'manual' ? 2 : 3;
  return { priorityKey, fairnessKey: header.workspaceId.slice(0, 64) };
}
