import type { HistoryEntryView } from '@millwright/contracts';
import { useNavigate } from '@tanstack/react-router';
import type { VersionsSearch } from '../../router/search-params.ts';
import { DRAFT_ID } from './use-history.ts';

/** Which two states are compared; null: there is none to compare with. */
export interface Compared {
  readonly before: string | null;
  readonly after: string;
}

/** Without a wish: the draft with the live version, else with the newest state that says something else. */
export function comparedIn(search: VersionsSearch, entries: readonly HistoryEntryView[]): Compared {
  const live = entries.find((entry) => entry.kind === 'version' && entry.live);
  const other = live ?? entries.find((entry) => !entry.current) ?? entries[0];
  return { before: search.before ?? other?.id ?? null, after: search.after ?? DRAFT_ID };
}

/** Changes what is compared; the address says it, so that it can be sent to somebody. */
export function useCompare(workflowId: string): (next: VersionsSearch) => void {
  const navigate = useNavigate();
  return (next) =>
    void navigate({
      to: '/workflows/$workflowId/versions',
      params: { workflowId },
      search: (now: VersionsSearch) => ({ ...now, ...next }),
      replace: true,
    });
}
