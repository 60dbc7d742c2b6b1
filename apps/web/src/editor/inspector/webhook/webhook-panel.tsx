import type { WorkflowNode } from '@millwright/workflow';
import { useQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { Button } from '../../../ui/controls/button.tsx';
import { CopyButton } from '../../../ui/controls/copy-button.tsx';
import { Skeleton } from '../../../ui/states/skeleton.tsx';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { curlFor, SAMPLE_BODY, workflowQuery } from './endpoint.ts';

/** The address of a webhook: copy it, copy a cURL command, or send a test event. */
export function WebhookPanel({ node }: { readonly node: WorkflowNode }) {
  const { workflowId, ui } = useEditor();
  const { t } = useTexts();
  const { data } = useQuery(workflowQuery(workflowId));
  if (!data) return <Skeleton className="h-16 w-full" />;
  const endpoint = data.endpoints.find((candidate) => candidate.nodeId === node.id);
  if (!endpoint) {
    return (
      <section className="rounded-control border border-border bg-canvas p-3 text-secondary text-text-2">
        <p className="font-medium text-text">{t('webhook.noUrl')}</p>
        <p>{t('webhook.noUrlHint')}</p>
      </section>
    );
  }
  return (
    <section aria-label={t('webhook.url')} className="flex flex-col gap-2 rounded-control border border-border bg-canvas p-3">
      <p className="text-secondary font-medium text-text-2">{t('webhook.url')}</p>
      <div className="flex items-center gap-1">
        <code className="min-w-0 flex-1 truncate font-mono text-secondary select-all" title={endpoint.url}>
          {endpoint.url}
        </code>
        <CopyButton text={endpoint.url} label={t('webhook.copyUrl')} iconOnly size="sm" variant="quiet" />
      </div>
      <div className="flex flex-wrap gap-1.5">
        <CopyButton text={curlFor(endpoint.url, JSON.stringify(SAMPLE_BODY))} label={t('webhook.copyCurl')} size="sm" />
        <Button size="sm" onClick={() => ui.setState({ dialog: 'testEvent' })}>
          <Send size={14} aria-hidden="true" />
          {t('webhook.test')}
        </Button>
      </div>
      {data.draft.changed ? (
        <p className="text-secondary text-text-3">{t('webhook.runsLive', { version: data.liveVersion?.number ?? 0 })}</p>
      ) : null}
    </section>
  );
}
