import type { RunSummary } from '@millwright/contracts';
import type { InfiniteData } from '@tanstack/react-query';
import type { RunFilter } from '../../router/search-params.ts';

/** One page of runs as the API answers it. */
export interface RunPageData {
  readonly items: readonly RunSummary[];
  readonly nextCursor: string | null;
}

function isWanted(run: RunSummary, filter: RunFilter): boolean {
  return (!filter.status || run.status === filter.status) && (!filter.workflow || run.workflowId === filter.workflow);
}

/**
 * Puts changed runs into pages that were read before, without reading again: known ones are replaced where they stand,
 * those that no longer fit the filter leave, new ones come to the top, the newest first.
 */
export function mergeRuns<D extends InfiniteData<RunPageData>>(data: D, changed: readonly RunSummary[], filter: RunFilter): D {
  const byId = new Map(changed.map((run) => [run.id, run]));
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.flatMap((run) => {
      const newer = byId.get(run.id);
      if (!newer) return [run];
      byId.delete(run.id);
      return isWanted(newer, filter) ? [newer] : [];
    }),
  }));
  const [first, ...rest] = pages;
  if (!first) return data;
  const oldest = first.items.at(-1)?.startedAt ?? '';
  const fresh = [...byId.values()].filter((run) => isWanted(run, filter) && (first.nextCursor === null || run.startedAt >= oldest));
  const items = [...fresh, ...first.items].toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  return { ...data, pages: [{ ...first, items }, ...rest] };
}
