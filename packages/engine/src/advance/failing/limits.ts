import type { RunError } from '@millwright/workflow';
import { given } from '../tables/given.ts';

/** Most items of one map in one run. */
export const MAP_LIMIT = 1000;
/** Most sections that a run remembers in order to undo them. */
export const COMPENSATION_LIMIT = 200;
/** Most activations of one run at all. */
export const RUN_LIMIT_ALL = 1_000_000;

/** The error of a map with so many items. */
export function mapTooLarge(nodeId: string, total: number): RunError {
  const message = `The map got ${told(total)} items; at most ${told(MAP_LIMIT)} are possible.`;
  return limit('map_too_large', { message, hint: 'Split the list before it, for example with a loop in batches.', nodeId });
}

/** The error of a section that is one too many to be remembered. */
export function tooMuchToUndo(nodeId: string): RunError {
  const message = `The run remembers more than ${COMPENSATION_LIMIT} sections that may have to be undone.`;
  return limit('compensation_limit', { message, hint: 'Put the list through one section instead of one section per item.', nodeId });
}

/** @param stuckAt the limit of node runs that got on with nothing; undefined: there were too many in all */
export function tooManySteps(stuckAt: number | undefined, nodeId: string | undefined): RunError {
  const stuck = stuckAt === undefined ? '' : ' and got no further with its items';
  const message = `The run started more than ${told(stuckAt ?? RUN_LIMIT_ALL)} steps${stuck}.`;
  return limit('run_limit', { message, hint: 'A loop may never end. Check the condition that should leave it.', nodeId });
}

function limit(code: string, more: { readonly message: string; readonly hint: string; readonly nodeId: string | undefined }): RunError {
  return given({ code, ...more, reason: 'limit' as const });
}

function told(count: number): string {
  return count.toLocaleString('en');
}
