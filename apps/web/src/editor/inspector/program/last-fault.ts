import type { RunError } from '@millwright/workflow';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { findNode } from '../../core/graph/graph-queries.ts';
import { useEditor } from '../../session-context.ts';

/** Where a program failed in the last run. */
export interface LastFault {
  readonly runId: string;
  readonly error: RunError;
  readonly line: number;
}

/** How the last run of this workflow failed at a program, while the text is still the one that ran; null otherwise. */
export function useLastFault(at: { readonly nodeId: string; readonly key: string; readonly source: string }): LastFault | null {
  const { workflowId, isReadOnly } = useEditor();
  const { data: latest } = useQuery({
    queryKey: ['runs', 'last', workflowId],
    queryFn: ({ signal }) => api.runs.list({ workflowId, limit: 1 }, { signal }),
    enabled: !isReadOnly,
  });
  const run = latest?.items[0];
  const error = run?.error ?? null;
  const isHere = run !== undefined && error?.nodeId === at.nodeId && error.line !== undefined;
  const { data: detail } = useQuery({
    queryKey: ['runs', 'one', run?.id],
    queryFn: ({ signal }) => api.runs.get({ runId: run?.id ?? '' }, { signal }),
    enabled: isHere,
  });
  if (!isHere || error === null || !detail) return null;
  const ran = findNode(detail.document, at.nodeId)?.parameters[at.key];
  return ran === at.source && error.line !== undefined ? { runId: run.id, error, line: error.line } : null;
}
