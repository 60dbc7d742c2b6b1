import type { RunSummary } from '@millwright/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { useNow } from '../../i18n/now.ts';
import { waitsForWords } from '../../screens/runs/run-words.ts';
import { useTexts } from '../texts.ts';
import { errorText } from './step-run-words.ts';

/** Above the canvas: which version ran, how it stands in a sentence, and the way back to the editor. */
export function RunBanner({ run }: { readonly run: RunSummary }) {
  const texts = useTexts();
  const { t } = texts;
  const { t: core } = useTranslation('core');
  const format = useFormat();
  const nowMs = useNow();
  const error = run.error ? errorText(run.error, texts) : null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-border bg-surface px-4 py-2 text-secondary text-text-2">
      <span>{t('run.banner', { number: run.versionNumber })}</span>
      <span className="num" title={format.exact(run.startedAt)}>
        {t(run.mode === 'webhook' ? 'run.byWebhook' : 'run.byHand', { time: format.dateTime(run.startedAt) })}
        {run.durationMs === null ? '' : ` · ${format.duration(run.durationMs)}`}
      </span>
      {run.waitsFor ? <span>{waitsForWords(run.waitsFor, core, { format, nowMs })}</span> : null}
      {error ? (
        <span className="text-status-failed">
          {error.what} {error.next}
        </span>
      ) : null}
      <Link to="/workflows/$workflowId" params={{ workflowId: run.workflowId }} className="ml-auto text-accent hover:underline">
        {t('run.openEditor')}
      </Link>
    </div>
  );
}
