import type { TriggerStateView } from '@millwright/contracts';
import type { WorkflowNode } from '@millwright/workflow';
import { useQuery } from '@tanstack/react-query';
import { runErrorWords } from '../../../api/fault-words.ts';
import { useSession } from '../../../api/session.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useNow } from '../../../i18n/now.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { remedyOf } from './remedy.ts';
import { triggersQuery } from './trigger-query.ts';

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

type Fault = NonNullable<TriggerStateView['error']>;

/** Why a service that should call is asked instead, what that means, and how it would call again. */
function AskedInstead({ refusal }: { readonly refusal: Fault }) {
  const { t } = useTexts();
  const { server } = useSession();
  return (
    <div className="mt-2 flex flex-col gap-1 border-t border-border pt-2 text-secondary break-words">
      <p className="font-medium text-text">{t('trigger.asked')}</p>
      <p className="text-text-2">{t('trigger.askedMeans')}</p>
      <p className="text-text-2">{t('trigger.askedWhy', { text: refusal.text })}</p>
      <p className="text-text-2">{t(`trigger.remedy.${remedyOf(refusal.code, server.url)}`, { url: server.url })}</p>
    </div>
  );
}

/** What is wrong now, and what to do. */
function Trouble({ error }: { readonly error: Fault }) {
  const { faults } = useTexts();
  const { text, hint } = runErrorWords(
    { code: error.code, message: error.text, ...(error.hint === null ? {} : { hint: error.hint }) },
    faults,
  );
  return (
    <div className="mt-1 flex flex-col gap-1 text-secondary break-words">
      <p className="text-status-failed">{text}</p>
      {hint === '' ? null : <p className="text-text-2">{hint}</p>}
    </div>
  );
}

/** How the trigger of a connector listens in the live version: one line, and in plain words what is not as it should be. */
export function TriggerPanel({ node }: { readonly node: WorkflowNode }) {
  const { workflowId } = useEditor();
  const { t } = useTexts();
  const { data } = useQuery(triggersQuery(workflowId));
  const state = data?.triggers.find(({ nodeId }) => nodeId === node.id);
  if (data === undefined) return null;
  // Where it is asked instead, its error is why; only what is wrong with the asking is trouble.
  const isInTrouble = state !== undefined && state.error !== null && state.error.at !== state.refusal?.at;
  return (
    <section role="status" aria-label={t('trigger.label')} className="rounded-control border border-border bg-canvas p-3">
      {state === undefined ? <p className="text-secondary text-text-2">{t('trigger.notPublished')}</p> : <StateLine state={state} />}
      {isInTrouble && state.error !== null ? <Trouble error={state.error} /> : null}
      {state?.refusal ? <AskedInstead refusal={state.refusal} /> : null}
    </section>
  );
}
