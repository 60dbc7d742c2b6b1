import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../api/session.ts';
import { errorWords } from '../../api/error-words.ts';
import type { RunFilter } from '../../router/search-params.ts';
import { Page, Sheet } from '../../shell/page.tsx';
import { buttonClass } from '../../ui/controls/button-class.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadMore } from '../../ui/controls/load-more.tsx';
import { Pill } from '../../ui/states/pill.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { RunFilters } from './run-filters.tsx';
import { runListQuery, useLiveRuns } from './run-queries.ts';
import { RunTable } from './run-table.tsx';

/** Whether new runs appear by themselves just now. */
function LiveSign({ state }: { readonly state: 'live' | 'lost' | null }) {
  const { t } = useTranslation('runs');
  if (state === null) return null;
  const dot = <span className={`size-1.5 rounded-full ${state === 'live' ? 'bg-status-success' : 'bg-status-retrying'}`} />;
  return (
    <span title={t(`${state}Hint`)}>
      <Pill tone={state === 'live' ? 'success' : 'warning'} icon={dot}>
        {t(state)}
        <span className="sr-only">. {t(`${state}Hint`)}</span>
      </Pill>
    </span>
  );
}

function RunList({ filter }: { readonly filter: RunFilter }) {
  const { t } = useTranslation('runs');
  const core = useTranslation('core');
  const canWrite = useCan('runs.write');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useInfiniteQuery(runListQuery(filter));
  if (list.isPending) return <SkeletonRows rows={8} />;
  if (list.isError && !list.data) {
    return <ErrorState title={core.t('errors.title')} words={errorWords(list.error, core.t)} onRetry={() => void list.refetch()} />;
  }
  const runs = list.data.pages.flatMap((page) => page.items);
  if (runs.length === 0 && (filter.status || filter.workflow))
    return <EmptyState title={t('noMatch.title')}>{t('noMatch.text')}</EmptyState>;
  if (runs.length === 0) {
    const action = (
      <Link to="/workflows" className={buttonClass('primary')}>
        {t('empty.action')}
      </Link>
    );
    return (
      <EmptyState title={t('empty.title')} actions={action}>
        {t('empty.text')}
      </EmptyState>
    );
  }
  const toggle = (runId: string, isChosen: boolean): void =>
    setChosen((before) => new Set(isChosen ? [...before, runId] : [...before].filter((id) => id !== runId)));
  return (
    <>
      {canWrite ? <BulkBar chosen={runs.filter((run) => chosen.has(run.id))} shown={runs} onChoose={setChosen} /> : null}
      <RunTable runs={runs} choice={canWrite ? { chosen, onToggle: toggle } : undefined} />
      <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
    </>
  );
}

/** All runs, live. The filters stand in the address. */
export function RunListPage() {
  const { t } = useTranslation('runs');
  const filter = useSearch({ from: '/shell/runs' });
  const navigate = useNavigate({ from: '/runs' });
  const live = useLiveRuns(filter);
  return (
    <Page
      title={t('title')}
      status={<LiveSign state={live} />}
      tools={<RunFilters filter={filter} onChange={(search) => void navigate({ search, replace: true })} />}
    >
      <Sheet>
        <RunList filter={filter} />
      </Sheet>
    </Page>
  );
}
