import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../api/client.ts';

/** A published version with its document, which never changes. */
export function versionQuery(workflowId: string, versionId: string | null) {
  return queryOptions({
    queryKey: ['versions', workflowId, versionId],
    queryFn: ({ signal }) => api.workflows.getVersion({ workflowId, versionId: versionId ?? '' }, { signal }),
    enabled: versionId !== null,
    staleTime: Infinity,
  });
}
