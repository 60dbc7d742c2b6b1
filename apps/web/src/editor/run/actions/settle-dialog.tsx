import type { AttemptView } from '@millwright/contracts';
import type { JsonValue } from '@millwright/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { useErrorToast } from '../../../api/use-error-toast.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Field } from '../../../ui/controls/field.tsx';
import { Select } from '../../../ui/controls/select.tsx';
import { controlClass } from '../../../ui/controls/text-input.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { showToast } from '../../../ui/layers/toast.tsx';
import type { StepRun } from '../../core/state/overlay-store.ts';
import { useTexts } from '../../texts.ts';
import { readJson } from './new-input.ts';
import { Choices } from './version-choice.tsx';

const ANSWERS = ['done', 'notDone', 'sendAgain', 'sendAgainAsNew'] as const;
type Answer = (typeof ANSWERS)[number];
const ALL = 'all';

function useSettle(runId: string, run: StepRun, onDone: () => void) {
  const { t } = useTexts();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: (body: { readonly answer: Answer; readonly itemIndex?: number; readonly response?: JsonValue }) =>
      api.runs.settle({ runId, nodeId: run.nodeId, runIndex: run.runIndex, body }),
    onSuccess: () => {
      showToast({ title: t('settle.decided') });
      onDone();
    },
    onError: tellError,
  });
}

/** Items whose answer is not known, for a step that asks about several. */
function WhichItem({
  attempts,
  value,
  onChange,
}: {
  readonly attempts: readonly AttemptView[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTexts();
  const items = [
    ...new Set(
      attempts.filter((attempt) => attempt.status === 'unknown' || attempt.status === 'started').map((attempt) => attempt.itemIndex),
    ),
  ];
  if (items.length < 2) return null;
  return (
    <Field label={t('settle.which')}>
      {(control) => (
        <Select
          control={control}
          value={value}
          options={[
            { value: ALL, label: t('settle.allItems', { count: items.length }) },
            ...items.map((index) => ({ value: String(index), label: t('settle.oneItem', { number: index + 1 }) })),
          ]}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

/** What the service answered, for a step whose answer was lost. */
function Response({
  text,
  isBad,
  onChange,
}: {
  readonly text: string;
  readonly isBad: boolean;
  readonly onChange: (text: string) => void;
}) {
  const { t } = useTexts();
  return (
    <Field label={t('settle.response')} optional hint={t('settle.responseHint')} error={isBad ? t('settle.badJson') : undefined}>
      {(control) => (
        <textarea
          {...control}
          rows={3}
          spellCheck={false}
          value={text}
          placeholder={'{ "id": "42" }'}
          onChange={(event) => onChange(event.currentTarget.value)}
          className={`${controlClass} py-1.5 font-mono text-secondary`}
        />
      )}
    </Field>
  );
}

/** What the person has chosen and typed so far, and how it is sent. */
function useAnswer(runId: string, run: StepRun, onClose: () => void) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [item, setItem] = useState(ALL);
  const [text, setText] = useState('');
  const settle = useSettle(runId, run, onClose);
  const response = answer === 'done' ? readJson(text) : { value: undefined };
  const decide = (): void => {
    if (answer === null || response === null) return;
    settle.mutate({
      answer,
      ...(item === ALL ? {} : { itemIndex: Number(item) }),
      ...(response.value === undefined ? {} : { response: response.value }),
    });
  };
  return { answer, setAnswer, item, setItem, text, setText, response, decide, isPending: settle.isPending };
}

/** A request left and its answer was lost: a person who looked says what became of it. */
export function SettleDialog({
  runId,
  run,
  attempts,
  onClose,
}: {
  readonly runId: string;
  readonly run: StepRun;
  readonly attempts: readonly AttemptView[];
  readonly onClose: () => void;
}) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const { answer, setAnswer, item, setItem, text, setText, response, decide, isPending } = useAnswer(runId, run, onClose);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t('settle.title')}
      description={t('settle.intro')}
      widthPx={540}
      actions={
        <>
          <Button onClick={onClose}>{core('ui.cancel')}</Button>
          <Button variant="primary" disabled={answer === null || response === null} busy={isPending} onClick={decide}>
            {answer === null ? t('settle.choose') : t(`settle.actions.${answer}`)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-3">
        <WhichItem attempts={attempts} value={item} onChange={setItem} />
        <Choices
          legend={t('settle.question')}
          value={answer}
          onChange={setAnswer}
          options={ANSWERS.map((value) => ({ value, label: t(`settle.answers.${value}`), hint: t(`settle.hints.${value}`) }))}
        />
        {answer === 'done' ? <Response text={text} isBad={response === null} onChange={setText} /> : null}
      </div>
    </Dialog>
  );
}
