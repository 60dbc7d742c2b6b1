import type { HistoryEntryView } from '@millwright/contracts';
import type { WorkflowDocument } from '@millwright/workflow';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../api/client.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';

/** What stands in an address for the draft as it is now. */
export const DRAFT_ID = 'draft';

/** Entries of one page of the list. */
const PAGE = 50;

const keyOf = (workflowId: string) => ['workflows', 'history', workflowId] as const;

/** The history of a workflow, page by page, the newest first. */
export function useHistoryList(workflowId: string) {
  const query = useInfiniteQuery({
    queryKey: [...keyOf(workflowId), 'list'],
    queryFn: ({ pageParam, signal }) =>
      api.workflows.listHistory({ workflowId, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  return { ...query, entries };
}

/** One state of a workflow: what it said, and which one it is (null for the draft). */
export interface WorkflowState {
  readonly entry: HistoryEntryView | null;
  readonly document: WorkflowDocument;
}

/** What a workflow says, or said in one of its states. @param id of the history, or `draft`; null: nothing is asked for */
export function useWorkflowState(workflowId: string, id: string | null) {
  return useQuery({
    queryKey: [...keyOf(workflowId), 'state', id],
    queryFn: async ({ signal }): Promise<WorkflowState> =>
      id === null || id === DRAFT_ID
        ? { entry: null, document: (await api.drafts.get({ workflowId }, { signal })).document }
        : api.workflows.getHistoryEntry({ workflowId, entryId: id }, { signal }),
    enabled: id !== null,
    // A state that is kept never changes; the draft does all the time.
    staleTime: id === DRAFT_ID ? 0 : 300_000,
    refetchOnWindowFocus: id === DRAFT_ID,
  });
}

/** What can be done with a state; each tells its own errors and reads the history again. */
export function useHistoryMoves(workflowId: string) {
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  const over = { onSettled: () => queryClient.invalidateQueries({ queryKey: ['workflows'] }), onError: tellError };
  return {
    restore: useMutation({ mutationFn: (entryId: string) => api.workflows.restoreEntry({ workflowId, entryId }), ...over }),
    publish: useMutation({ mutationFn: (versionId: string) => api.workflows.publishVersion({ workflowId, versionId }), ...over }),
    rename: useMutation({
      mutationFn: ({ entryId, name }: { readonly entryId: string; readonly name: string | null }) =>
        api.workflows.renamePoint({ workflowId, entryId, body: { name } }),
      ...over,
    }),
  };
}

/** Keeps the draft as it is under a name; the dialog shows why it was refused. */
export function useNameVersion(workflowId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => api.workflows.nameVersion({ workflowId, body: { name } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(workflowId) }),
  });
}
