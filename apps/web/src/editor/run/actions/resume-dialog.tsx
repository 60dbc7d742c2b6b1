import type { ResumePreview, RunSummary } from '@millwright/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { errorWords } from '../../../api/error-words.ts';
import { useErrorToast } from '../../../api/use-error-toast.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { SkeletonRows } from '../../../ui/states/skeleton.tsx';
import { useTexts } from '../../texts.ts';
import { consequencesOf, type OnChanged } from './consequences.ts';
import { InputChoice } from './input-choice.tsx';
import { readInput } from './new-input.ts';
import { StepNames } from './step-names.tsx';
import { useOpenNewRun } from './use-run-moves.ts';
import { type AgainVersion, Choices, VersionChoice } from './version-choice.tsx';

function isIn(steps: readonly { readonly nodeId: string }[], { nodeId }: { readonly nodeId: string }): boolean {
  return steps.some((step) => step.nodeId === nodeId);
}

/** What the click will do, in two sentences, and the names behind the numbers. */
function Consequences({ skipped, again }: Pick<ResumePreview, 'skipped' | 'again'>) {
  const { t } = useTexts();
  return (
    <section className="flex flex-col gap-2 rounded-control border border-border bg-canvas/60 p-3 text-body" aria-live="polite">
      <p className="font-medium">
        {skipped.length === 0 ? t('resume.nothingSkipped') : t('resume.skipped', { count: skipped.length })}{' '}
        {again.length === 0 ? t('resume.nothingAgain') : t('resume.again', { count: again.length })}
      </p>
      <StepNames
        title={t('resume.skippedTitle')}
        steps={skipped.map((step) => ({ ...step, note: step.count > 1 || isIn(again, step) ? t('run.items', { count: step.count }) : '' }))}
      />
      <StepNames
        title={t('resume.againTitle')}
        steps={again.map((step) => ({ ...step, note: isIn(skipped, step) ? t('resume.rest') : '' }))}
      />
    </section>
  );
}

/** Requests that were sent with other contents: the person decides. */
function ChangedQuestion({
  preview,
  value,
  onChange,
}: {
  readonly preview: ResumePreview;
  readonly value: OnChanged | null;
  readonly onChange: (value: OnChanged) => void;
}) {
  const { t } = useTexts();
  const steps = preview.changed.map((step) => ({ ...step, note: t(`resume.changedWhy.${step.why}`) }));
  return (
    <div className="flex flex-col gap-2">
      {steps.length > 0 ? (
        <StepNames title={t('resume.changed', { count: steps.length })} steps={steps} />
      ) : (
        <p className="text-secondary text-text-2">{t('newInput.mayChange')}</p>
      )}
      <Choices
        legend={t('resume.changedQuestion')}
        value={value}
        onChange={onChange}
        options={[
          { value: 'skip', label: t('resume.skip'), hint: t('resume.skipHint') },
          { value: 'resend', label: t('resume.resend'), hint: t('resume.resendHint') },
        ]}
      />
    </div>
  );
}

function Preview({
  preview,
  hasNewInput,
  onChanged,
  setOnChanged,
}: {
  readonly preview: ResumePreview;
  /** The preview was made with the old one. */
  readonly hasNewInput: boolean;
  readonly onChanged: OnChanged | null;
  readonly setOnChanged: (value: OnChanged) => void;
}) {
  const { t } = useTexts();
  if (preview.blocked.length > 0) {
    const steps = preview.blocked.map((step) => ({ ...step, note: t(`resume.blockedWhy.${step.why}`) }));
    return (
      <div role="alert" className="rounded-control border border-status-failed/40 bg-status-failed/8 p-3 text-body">
        <p className="mb-1 font-medium">{t('resume.blocked')}</p>
        <StepNames title={t('resume.blockedTitle')} steps={steps} />
        <p className="mt-1 text-text-2">{t('resume.blockedHint')}</p>
      </div>
    );
  }
  const consequences = hasNewInput ? null : consequencesOf(preview, onChanged);
  return (
    <>
      {preview.changed.length > 0 || hasNewInput ? <ChangedQuestion preview={preview} value={onChanged} onChange={setOnChanged} /> : null}
      {consequences ? <Consequences {...consequences} /> : null}
    </>
  );
}

/** What the resume would do, and the resume itself. */
function useResume(run: RunSummary, onClose: () => void) {
  const { t } = useTexts();
  const tellError = useErrorToast();
  const open = useOpenNewRun();
  const [version, setVersion] = useState<AgainVersion>('same');
  const [onChanged, setOnChanged] = useState<OnChanged | null>(null);
  const [text, setText] = useState<string | null>(null);
  const read = readInput(text);
  const preview = useQuery({
    queryKey: ['runs', 'resume-preview', run.id, version],
    queryFn: ({ signal }) => api.runs.resumePreview({ runId: run.id, version }, { signal }),
    staleTime: 0,
    retry: false,
  });
  const resume = useMutation({
    mutationFn: () =>
      api.runs.resume({
        runId: run.id,
        body: { version, ...(onChanged ? { onChanged } : {}), ...(read?.input ? { input: read.input } : {}) },
      }),
    onSuccess: ({ runId }) => {
      onClose();
      open(runId, t('resume.done'));
    },
    onError: tellError,
  });
  const mustAnswer = preview.data !== undefined && (preview.data.changed.length > 0 || text !== null) && onChanged === null;
  return { preview, resume, version, setVersion, onChanged, setOnChanged, mustAnswer, text, setText, isUnreadable: read === null };
}

/** Goes on with a run where it failed, as a new run: what is skipped, what runs again, and what has to be decided first. */
export function ResumeDialog({ run, onClose }: { readonly run: RunSummary; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const { preview, resume, onChanged, setOnChanged, mustAnswer, ...choice } = useResume(run, onClose);
  const { data, error, refetch } = preview;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t('resume.title')}
      description={t('resume.intro')}
      widthPx={560}
      actions={
        <>
          <Button onClick={onClose}>{core('ui.cancel')}</Button>
          <Button
            variant="primary"
            busy={resume.isPending}
            disabled={!data || data.blocked.length > 0 || mustAnswer || choice.isUnreadable}
            onClick={() => resume.mutate()}
          >
            {t('resume.action')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-3">
        <VersionChoice number={run.versionNumber} value={choice.version} onChange={choice.setVersion} />
        <InputChoice runId={run.id} text={choice.text} onChange={choice.setText} />
        {error && !data ? (
          <ErrorState compact title={core('errors.title')} words={errorWords(error, core)} onRetry={() => void refetch()} />
        ) : data ? (
          <Preview preview={data} hasNewInput={choice.text !== null} onChanged={onChanged} setOnChanged={setOnChanged} />
        ) : (
          <SkeletonRows rows={3} />
        )}
        {mustAnswer ? <p className="text-secondary text-text-2">{t('resume.mustAnswer')}</p> : null}
      </div>
    </Dialog>
  );
}
