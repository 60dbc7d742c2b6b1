import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';

/** Root of the cache keys of all workflow lists. */
const WORKFLOW_LISTS = ['workflows', 'list'] as const;

/** Pages of workflows, the last changed first. @param search part of a name; empty for all */
export function workflowListQuery(search: string) {
  return infiniteQueryOptions({
    queryKey: [...WORKFLOW_LISTS, search],
    queryFn: ({ pageParam, signal }) =>
      api.workflows.list({ ...(search ? { query: search } : {}), ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    // What is shown must be true: a run or a colleague may have changed it since the last visit.
    staleTime: 0,
    placeholderData: (before) => before,
  });
}

/** Templates to begin with. */
export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => api.templates.list({}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Creates a workflow and opens it. */
export function useCreateWorkflow() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: (body: { readonly name: string; readonly template?: string }) => api.workflows.create({ body }),
    onSuccess: async ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: WORKFLOW_LISTS });
      await navigate({ to: '/workflows/$workflowId', params: { workflowId: id } });
    },
    onError: tellError,
  });
}

/** Renames a workflow or switches it on or off. */
export function useUpdateWorkflow() {
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: ({ workflowId, ...body }: { readonly workflowId: string; readonly name?: string; readonly active?: boolean }) =>
      api.workflows.update({ workflowId, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['workflows'] }),
    onError: tellError,
  });
}

/** Archives a workflow. */
export function useArchiveWorkflow() {
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: (workflowId: string) => api.workflows.remove({ workflowId }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['workflows'] }),
    onError: tellError,
  });
}
