import type { RunSummary } from '@millwright/contracts';
import { Link } from '@tanstack/react-router';
import { useFormat } from '../../i18n/format.ts';
import { WaitsForText } from '../../screens/runs/waits-for.tsx';
import { useTexts } from '../texts.ts';
import { ChildLink } from './child-link.tsx';
import { CredentialLink } from './credential-link.tsx';
import { errorText, sentences } from './step-run-words.ts';

const STARTED = {
  webhook: 'run.byWebhook',
  manual: 'run.byHand',
  called: 'run.byCall',
  failure: 'run.byFailure',
  test: 'run.byTest',
} as const;
const LINKS = ['parentRunId', 'resumesRunId', 'resumedByRunId', 'rerunOfRunId'] as const;

/** Runs that this one has to do with: who called it, what it goes on with, what went on with it. */
function RunLinks({ run }: { readonly run: RunSummary }) {
  const { t } = useTexts();
  return LINKS.map((link) => {
    const runId = run[link];
    return runId === undefined ? null : (
      <Link key={link} to="/runs/$runId" params={{ runId }} className="text-accent hover:underline">
        {t(`run.links.${link}`)}
      </Link>
    );
  });
}

/** Why the run stands still or is about to: what a person asked for and what it waits for. */
function Standing({ run }: { readonly run: RunSummary }) {
  const { t } = useTexts();
  if (run.finishedAt !== null) return null;
  if (run.cancelRequested) return <span>{t('run.canceling')}</span>;
  if (run.pauseRequested && run.waitsFor?.kind !== 'pause') return <span>{t('run.pausing')}</span>;
  return run.waitsFor ? (
    <span>
      <WaitsForText waitsFor={run.waitsFor} />
    </span>
  ) : null;
}

/** Above the canvas: which version ran, how it stands in a sentence, and the way back to the editor. */
export function RunBanner({ run }: { readonly run: RunSummary }) {
  const texts = useTexts();
  const { t, say, has } = texts;
  const format = useFormat();
  const error = run.error ? errorText(run.error, texts) : null;
  const reason = run.reason === null || error ? '' : `run.endReason.${run.reason}`;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-border bg-surface px-4 py-2 text-secondary text-text-2">
      <span>{t('run.banner', { number: run.versionNumber })}</span>
      <span className="num" title={format.exact(run.startedAt)}>
        {t(STARTED[run.mode], { time: format.dateTime(run.startedAt) })}
        {run.durationMs === null ? '' : ` · ${format.duration(run.durationMs)}`}
      </span>
      <Standing run={run} />
      {has(reason) ? <span>{say(reason)}</span> : null}
      {error ? <span className="order-last basis-full text-status-failed">{sentences(error.what, error.next)}</span> : null}
      <CredentialLink waitsFor={run.waitsFor} />
      <ChildLink waitsFor={run.waitsFor} error={run.error} />
      <RunLinks run={run} />
      <Link to="/workflows/$workflowId" params={{ workflowId: run.workflowId }} className="ml-auto text-accent hover:underline">
        {t('run.openEditor')}
      </Link>
    </div>
  );
}
