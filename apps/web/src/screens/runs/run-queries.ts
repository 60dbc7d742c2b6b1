import type { RunSummary } from '@millwright/contracts';
import { infiniteQueryOptions, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api/client.ts';
import { isSignedOut } from '../../api/query-client.ts';
import type { RunFilter } from '../../router/search-params.ts';
import { mergeRuns } from './merge-runs.ts';

/** Changes are gathered this long before the list is drawn again, so that a burst of runs does not shake it. */
const GATHER_MS = 250;

/** Pages of runs, the newest first. */
export function runListQuery(filter: RunFilter) {
  const { status, workflow } = filter;
  return infiniteQueryOptions({
    queryKey: ['runs', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      api.runs.list(
        { ...(status ? { status } : {}), ...(workflow ? { workflowId: workflow } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    staleTime: 0,
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
}

/**
 * Keeps the list live over server-sent events, merging what changed; reads it again when the stream was lost, because events were missed.
 * @returns whether the stream stands; `null` before the first answer
 */
export function useLiveRuns(filter: RunFilter): 'live' | 'lost' | null {
  const queryClient = useQueryClient();
  const [state, setState] = useState<'live' | 'lost' | null>(null);
  const { status, workflow } = filter;
  useEffect(() => {
    const wanted: RunFilter = { ...(status ? { status } : {}), ...(workflow ? { workflow } : {}) };
    const { queryKey } = runListQuery(wanted);
    const stop = new AbortController();
    let changed: RunSummary[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wasLost = false;
    const apply = (): void => {
      const runs = changed;
      changed = [];
      timer = undefined;
      queryClient.setQueryData(queryKey, (data) => (data ? mergeRuns(data, runs, wanted) : data));
    };
    const onRun = (run: RunSummary): void => {
      changed.push(run);
      timer ??= setTimeout(apply, GATHER_MS);
    };
    const onState = (next: 'live' | 'lost'): void => {
      setState(next);
      if (next === 'live' && wasLost) void queryClient.invalidateQueries({ queryKey });
      wasLost = next === 'lost';
    };
    api.runs
      .watchAll(workflow ? { workflowId: workflow } : {}, { on: { run: onRun }, onState, signal: stop.signal })
      .catch((error: unknown) => {
        setState('lost');
        // The list's own request finds out that the session is gone, and leads to sign-in.
        if (isSignedOut(error)) void queryClient.invalidateQueries({ queryKey });
      });
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [queryClient, status, workflow]);
  return state;
}
