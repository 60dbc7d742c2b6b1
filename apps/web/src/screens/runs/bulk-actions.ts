import type { RunSummary } from '@millwright/contracts';
import { isEnded } from '@millwright/workflow';

/** What can be done with many runs at once. */
export const BULK_ACTIONS = ['resume', 'rerun', 'cancel'] as const;
/** One of {@link BULK_ACTIONS}. */
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** Most runs that one request takes. */
const BULK_LIMIT = 1000;

/** The chosen runs that an action makes sense for; the others are left out, and the question says how many. */
export function fitting(action: BulkAction, runs: readonly RunSummary[]): readonly RunSummary[] {
  const fits = (run: RunSummary): boolean => {
    switch (action) {
      case 'cancel':
        return !isEnded(run.status) && run.cancelRequested !== true;
      case 'rerun':
        return isEnded(run.status);
      case 'resume':
        return (run.status === 'failed' || run.status === 'canceled') && run.resumedByRunId === undefined;
    }
  };
  return runs.filter(fits).slice(0, BULK_LIMIT);
}
