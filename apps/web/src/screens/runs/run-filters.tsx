import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type RunFilter, runStatuses } from '../../router/search-params.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { StatusGlyph } from '../../ui/states/status-glyph.tsx';
import { workflowListQuery } from '../workflows/workflow-queries.ts';

const ANY = 'any';

/** Status and workflow; both stand in the address, so that a filtered list can be shared. */
export function RunFilters({ filter, onChange }: { readonly filter: RunFilter; readonly onChange: (filter: RunFilter) => void }) {
  const { t } = useTranslation('runs');
  const core = useTranslation('core');
  const workflows = useInfiniteQuery(workflowListQuery('')).data?.pages.flatMap((page) => page.items) ?? [];
  const isListed = !filter.workflow || workflows.some((workflow) => workflow.id === filter.workflow);
  const statusOptions = [
    { value: ANY, label: t('filters.anyStatus') },
    ...runStatuses.map((status) => ({
      value: status,
      label: core.t(`status.${status}`),
      icon: <StatusGlyph status={status} sizePx={14} />,
    })),
  ];
  const workflowOptions = [
    { value: ANY, label: t('filters.anyWorkflow') },
    ...(isListed || !filter.workflow ? [] : [{ value: filter.workflow, label: t('filters.unknownWorkflow') }]),
    ...workflows.map((workflow) => ({ value: workflow.id, label: workflow.name })),
  ];
  const setStatus = (value: string): void => {
    const status = runStatuses.find((known) => known === value);
    onChange({ ...(filter.workflow ? { workflow: filter.workflow } : {}), ...(status ? { status } : {}) });
  };
  const setWorkflow = (value: string): void =>
    onChange({ ...(filter.status ? { status: filter.status } : {}), ...(value === ANY ? {} : { workflow: value }) });
  return (
    <>
      <Select
        quiet
        label={t('filters.status')}
        value={filter.status ?? ANY}
        options={statusOptions}
        onChange={setStatus}
        className="min-w-36 max-sm:flex-1"
      />
      <Select
        quiet
        label={t('filters.workflow')}
        value={filter.workflow ?? ANY}
        options={workflowOptions}
        onChange={setWorkflow}
        className="max-w-60 min-w-36 max-sm:flex-1 sm:min-w-44"
      />
      {filter.status || filter.workflow ? (
        <Button variant="quiet" onClick={() => onChange({})}>
          {t('filters.clear')}
        </Button>
      ) : null}
    </>
  );
}
