import type { TriggerStateView } from '@millwright/contracts';
import type { WorkflowNode } from '@millwright/workflow';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { runErrorWords } from '../../../api/fault-words.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useNow } from '../../../i18n/now.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

/** How often it is asked for while it can be seen, ms: nothing announces it. */
const EVERY_MS = 10_000;

function triggersQuery(workflowId: string) {
  return queryOptions({
    queryKey: ['workflows', 'one', workflowId, 'triggers'],
    queryFn: ({ signal }) => api.workflows.triggers({ workflowId }, { signal }),
    refetchInterval: EVERY_MS,
  });
}

/** What a trigger is at, with when it asks next and what came last. */
function StateLine({ state }: { readonly state: TriggerStateView }) {
  const { t } = useTexts();
  const format = useFormat();
  const nowMs = useNow();
  const { status, way, lastEventAt, nextAt } = state;
  const isTriedAgain = status === 'failing' || status === 'needsReconnect';
  const parts = [
    t(`trigger.${status}`),
    lastEventAt === null ? t('trigger.noEvent') : t('trigger.lastEvent', { when: format.relative(lastEventAt, nowMs) }),
    ...(nextAt === null || status === 'off' || (way === 'webhook' && !isTriedAgain)
      ? []
      : [t(isTriedAgain ? 'trigger.tryAgain' : 'trigger.nextPoll', { when: format.relative(nextAt, nowMs) })]),
  ];
  return <p className="text-secondary text-text-2">{parts.join(' · ')}</p>;
}

/** How the trigger of a connector listens in the live version: one line, and what is wrong where something is. */
export function TriggerPanel({ node }: { readonly node: WorkflowNode }) {
  const { workflowId } = useEditor();
  const { t, faults } = useTexts();
  const { data } = useQuery(triggersQuery(workflowId));
  const state = data?.triggers.find(({ nodeId }) => nodeId === node.id);
  if (data === undefined) return null;
  const words =
    state === undefined || state.error === null ? null : runErrorWords({ code: state.error.code, message: state.error.text }, faults);
  return (
    <section role="status" aria-label={t('trigger.label')} className="rounded-control border border-border bg-canvas p-3">
      {state === undefined ? <p className="text-secondary text-text-2">{t('trigger.notPublished')}</p> : <StateLine state={state} />}
      {words === null ? null : <p className="text-secondary text-status-failed">{words.text}</p>}
    </section>
  );
}
