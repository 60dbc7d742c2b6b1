import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { useCan } from '../../api/session.ts';
import { Page, Sheet } from '../../shell/page.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadMore } from '../../ui/controls/load-more.tsx';
import { SearchInput } from '../../ui/controls/search-input.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { FirstSteps } from './first-steps.tsx';
import { NewWorkflowMenu } from './new-workflow-menu.tsx';
import { workflowListQuery } from './workflow-queries.ts';
import { WorkflowTable } from './workflow-table.tsx';

function WorkflowList({ search, onClear }: { readonly search: string; readonly onClear: () => void }) {
  const { t } = useTranslation('workflows');
  const core = useTranslation('core');
  const list = useInfiniteQuery(workflowListQuery(search));
  if (list.isPending) return <SkeletonRows />;
  if (list.isError && !list.data) {
    return <ErrorState title={core.t('errors.title')} words={errorWords(list.error, core.t)} onRetry={() => void list.refetch()} />;
  }
  const workflows = list.data.pages.flatMap((page) => page.items);
  if (workflows.length === 0 && search === '') return <FirstSteps />;
  if (workflows.length === 0) {
    return (
      <EmptyState title={t('noMatch.title')} actions={<Button onClick={onClear}>{t('noMatch.clear')}</Button>}>
        {t('noMatch.text')}
      </EmptyState>
    );
  }
  return (
    <>
      <output className="sr-only">{search ? t('found', { count: workflows.length }) : ''}</output>
      <WorkflowTable workflows={workflows} />
      <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
    </>
  );
}

/** All workflows of the workspace: find one, open it, make a new one. */
export function WorkflowListPage() {
  const { t } = useTranslation('workflows');
  const { query = '' } = useSearch({ from: '/shell/workflows' });
  const navigate = useNavigate({ from: '/workflows' });
  const canEdit = useCan('workflows.edit');
  const search = (text: string): void => void navigate({ search: text ? { query: text } : {}, replace: true });
  return (
    <Page
      title={t('title')}
      tools={
        <>
          <SearchInput label={t('search')} value={query} onChange={search} />
          {canEdit ? <NewWorkflowMenu /> : null}
        </>
      }
    >
      <Sheet>
        <WorkflowList search={query} onClear={() => search('')} />
      </Sheet>
    </Page>
  );
}
