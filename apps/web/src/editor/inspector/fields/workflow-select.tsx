import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import { workflowListQuery } from '../../../screens/workflows/workflow-queries.ts';
import type { FieldControlProps } from '../../../ui/controls/field.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { Select, type SelectOption } from '../../../ui/controls/select.tsx';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

/** Nothing chosen. */
const NONE = '';

/** Chooses a workflow that is live; what is chosen already stays in the list, live or not. */
export function WorkflowSelect({
  value,
  onChange,
  control,
  noneLabel,
}: {
  readonly value: string;
  readonly onChange: (workflowId: string) => void;
  readonly control: FieldControlProps;
  /** Words for none; absent: none is only shown, not offered. */
  readonly noneLabel?: string;
}) {
  const { isReadOnly, workflowId } = useEditor();
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(workflowListQuery(''));
  const all = data?.pages.flatMap((page) => page.items) ?? [];
  const offered = all.filter((workflow) => workflow.state === 'live' || workflow.id === value);
  const listed = offered.map((workflow): SelectOption<string> => ({
    value: workflow.id,
    label: workflow.name,
    ...(workflow.id === workflowId ? { hint: t('field.thisWorkflow') } : workflow.state === 'live' ? {} : { hint: t('field.notLive') }),
  }));
  const options: readonly SelectOption<string>[] = [
    { value: NONE, label: noneLabel ?? t('field.chooseWorkflow'), disabled: noneLabel === undefined },
    ...listed,
    ...(value === NONE || offered.some((workflow) => workflow.id === value)
      ? []
      : [{ value, label: data ? t('field.unknownWorkflow') : '…' }]),
  ];
  return (
    <div className="flex flex-col gap-1">
      <Select value={value} options={options} onChange={onChange} control={control} disabled={isReadOnly} />
      {error && !data ? <p className="text-secondary text-status-failed">{errorWords(error, core).what}</p> : null}
      {data && offered.length === 0 ? <p className="text-secondary text-text-3">{t('field.noLiveWorkflow')}</p> : null}
      {hasNextPage ? (
        <Button size="sm" variant="quiet" busy={isFetchingNextPage} onClick={() => void fetchNextPage()} className="self-start">
          {t('field.moreWorkflows')}
        </Button>
      ) : null}
    </div>
  );
}
