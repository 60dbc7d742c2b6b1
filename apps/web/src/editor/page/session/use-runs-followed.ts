import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../../api/client.ts';

/** Changes within this time are one reload, ms. */
const GATHER_MS = 300;

/** Reloads the latest runs of a workflow, and what its steps gave, whenever a run of it changes. null: follows nothing. */
export function useRunsFollowed(workflowId: string | null): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (workflowId === null) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const reload = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queryClient.invalidateQueries({ queryKey: ['runs', 'latest', workflowId] });
        void queryClient.invalidateQueries({ queryKey: ['samples', workflowId] });
      }, GATHER_MS);
    };
    api.runs.watchAll({ workflowId }, { on: { run: reload }, signal: stop.signal }).catch(() => undefined);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [queryClient, workflowId]);
}
