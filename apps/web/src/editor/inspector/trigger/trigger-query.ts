import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';

/** How often it is asked for while it can be seen, ms: nothing announces it. */
const EVERY_MS = 10_000;

/** How the triggers of a workflow listen in its live version. */
export function triggersQuery(workflowId: string) {
  return queryOptions({
    queryKey: ['workflows', 'one', workflowId, 'triggers'],
    queryFn: ({ signal }) => api.workflows.triggers({ workflowId }, { signal }),
    refetchInterval: EVERY_MS,
  });
}
