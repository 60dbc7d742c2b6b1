import type { WorkflowChangesView } from '@millwright/contracts';
import { Activity } from 'lucide-react';
import { useFormat } from '../../../../i18n/format.ts';
import { useTexts } from '../../../texts.ts';

/** Callers that are named before they are only counted. */
const NAMED = 3;

/** What hangs on the live version: how often it runs, who starts it, when it looks next. */
export function ReachLine({ reach }: { readonly reach: WorkflowChangesView['reach'] }) {
  const { t, language } = useTexts();
  const format = useFormat();
  const { runsPerDay, callers, nextAt } = reach;
  const runs =
    runsPerDay === 0
      ? t('publishing.noRuns')
      : runsPerDay < 1
        ? t('publishing.fewRuns')
        : t('publishing.runs', { count: Math.round(runsPerDay) });
  const names = callers.slice(0, NAMED).map(({ name }) => t('publishing.step', { name }));
  const more = callers.length - names.length;
  const parts = [
    runs,
    callers.length === 0
      ? ''
      : t('publishing.callers', { names: new Intl.ListFormat(language).format(more > 0 ? [...names, `+${more}`] : names) }),
    nextAt === null ? '' : t('publishing.next', { time: format.dateTime(nextAt) }),
  ];
  return (
    <p aria-label={t('publishing.reach')} role="note" className="my-3 flex gap-2 text-body text-text-2">
      <Activity size={16} className="mt-0.5 shrink-0" aria-hidden="true" />
      <span className="min-w-0 break-words">{parts.filter((part) => part !== '').join(' · ')}</span>
    </p>
  );
}
