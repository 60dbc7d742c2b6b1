import type { Problem } from '@millwright/workflow';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type * as Y from 'yjs';
import { api } from '../../api/client.ts';

/** Pause in editing before the draft is checked again, ms. */
const CHECK_AFTER_MS = 900;

const NONE: readonly Problem[] = [];

/** What is wrong with the draft as the server has it, checked again after each pause in editing. */
export function useProblems(workflowId: string, draft: Y.Doc | null): readonly Problem[] {
  const queryClient = useQueryClient();
  const { data } = useQuery({
    queryKey: ['problems', workflowId],
    queryFn: ({ signal }) => api.workflows.problems({ workflowId }, { signal }),
  });
  useEffect(() => {
    if (!draft) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const check = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        void queryClient.invalidateQueries({ queryKey: ['problems', workflowId] });
        void queryClient.invalidateQueries({ queryKey: ['workflows', 'one', workflowId] });
      }, CHECK_AFTER_MS);
    };
    draft.on('update', check);
    return () => {
      clearTimeout(timer);
      draft.off('update', check);
    };
  }, [draft, workflowId, queryClient]);
  return data?.problems ?? NONE;
}
