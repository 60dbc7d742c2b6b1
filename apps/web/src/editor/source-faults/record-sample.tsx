import type { NodeTypeInfo, WorkflowNode } from '@millwright/workflow';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { ApiError } from '@millwright/client';
import { errorWords } from '../../api/error-words.ts';
import { Button } from '../../ui/controls/button.tsx';
import { usePreviewState } from '../inspector/preview-context.ts';
import { useFollowsSources } from '../page/session/use-session-parts.ts';
import { useRunsFollowed } from '../page/session/use-runs-followed.ts';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';

/** Makes what a step gave in its last run the sample of its type, in the package: on a machine of a developer. */
export function RecordSample({ node, info }: { readonly node: WorkflowNode; readonly info: NodeTypeInfo }) {
  const { workflowId, isReadOnly } = useEditor();
  const { t, faults } = useTexts();
  const { t: core } = useTranslation('core');
  const isFollowed = useFollowsSources();
  const queryClient = useQueryClient();
  // The run that gives the sample may be started from anywhere.
  useRunsFollowed(isFollowed ? workflowId : null);
  const hasRun = usePreviewState()?.samples[node.id] !== undefined;
  const record = useMutation({
    mutationFn: () => api.workflows.recordSample({ workflowId, body: { nodeId: node.id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['node-types'] }),
  });
  if (!isFollowed || isReadOnly || (info.kind !== 'action' && info.kind !== 'transform')) return null;
  const { data, error } = record;
  const wrong = error instanceof ApiError && faults.has(`run.${error.code}.text`) ? faults.say(`run.${error.code}.text`, {}) : null;
  return (
    <section aria-label={t('sample.title')} className="flex flex-col gap-1 rounded-control border border-border p-2.5">
      <h2 className="text-secondary font-medium">{t('sample.title')}</h2>
      <p className="text-secondary text-text-2">{hasRun ? t('sample.what') : t('sample.runFirst')}</p>
      <Button size="sm" className="self-start" disabled={!hasRun} busy={record.isPending} onClick={() => record.mutate()}>
        {t('sample.record')}
      </Button>
      <p role="status" className="text-secondary break-words text-text-2 empty:hidden">
        {data ? t('sample.done', { file: data.file, count: data.replaced }) : ''}
      </p>
      {error ? (
        <p role="alert" className="text-secondary break-words text-status-failed">
          {wrong ?? (error instanceof ApiError && error.status > 0 ? error.detail : errorWords(error, core).what)}
        </p>
      ) : null}
    </section>
  );
}
