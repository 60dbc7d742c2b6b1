import type { Problem } from '@millwright/workflow';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../../api/client.ts';
import type { OpenedDraft } from './use-editor-session.ts';

/** Pause in editing before the draft is checked again, ms. */
const CHECK_AFTER_MS = 900;

const NONE: readonly Problem[] = [];

/** Calls back once the server has every change of this page: earlier it would check something else. @returns stops waiting */
function onceSaved({ sync }: OpenedDraft, then: () => void): () => void {
  const stop = sync.state.subscribe(({ save }) => {
    if (save !== 'saved') return;
    stop();
    then();
  });
  return stop;
}

/** What is wrong with the draft as the server has it: checked once it is open, never on the way there, and again after each pause in editing. */
export function useProblems(workflowId: string, opened: OpenedDraft | null): readonly Problem[] {
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['problems', workflowId],
    queryFn: ({ signal }) => api.workflows.problems({ workflowId }, { signal }),
    enabled: isOpen,
  });
  useEffect(() => {
    if (!opened) return undefined;
    const { draft } = opened;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const check = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        void queryClient.invalidateQueries({ queryKey: ['problems', workflowId] });
        void queryClient.invalidateQueries({ queryKey: ['workflows', 'one', workflowId] });
      }, CHECK_AFTER_MS);
    };
    const stopWaiting = onceSaved(opened, () => {
      setOpen(true);
      // What arrives while a draft is opened is not a change of it.
      draft.on('update', check);
    });
    return () => {
      stopWaiting();
      clearTimeout(timer);
      draft.off('update', check);
    };
  }, [opened, workflowId, queryClient]);
  return data?.problems ?? NONE;
}
