import type { HistoryEntryView } from '@millwright/contracts';
import { Bookmark, FileClock, RotateCcw, Rocket } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { useCan } from '../../api/session.ts';
import type { VersionsSearch } from '../../router/search-params.ts';
import { usePageTitle } from '../../router/use-page-title.ts';
import { TopBar } from '../../shell/top-bar.tsx';
import { buttonClass } from '../../ui/controls/button-class.ts';
import type { MenuEntry } from '../../ui/layers/menu.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Pill } from '../../ui/states/pill.tsx';
import { workflowQuery } from '../inspector/webhook/endpoint.ts';
import { OpeningCanvas } from '../page/opening.tsx';
import { useTexts } from '../texts.ts';
import { ComparedView } from './compared-view.tsx';
import { EntryDialogs, type Question } from './entry-dialogs.tsx';
import { HistoryList } from './history-list.tsx';
import { comparedIn, useCompare } from './use-compared.ts';
import { useHistoryList } from './use-history.ts';

function VersionsTopBar({ workflowId, name }: { readonly workflowId: string; readonly name: string }) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const canEdit = useCan('workflows.edit');
  const link = { to: '/workflows/$workflowId', params: { workflowId } } as const;
  return (
    <TopBar
      crumbs={[
        { label: core('nav.workflows'), link: { to: '/workflows' } },
        { label: name, link },
        { label: <h1 tabIndex={-1}>{t('versions.title')}</h1> },
      ]}
      status={canEdit ? null : <Pill>{t('page.readOnly')}</Pill>}
      actions={
        <Link {...link} className={buttonClass()}>
          {t('versions.back')}
        </Link>
      }
    />
  );
}

/** What can be done with a state, for those who may. */
function useMoves(ask: (question: Question) => void): (entry: HistoryEntryView) => readonly MenuEntry[] {
  const { t } = useTexts();
  const canEdit = useCan('workflows.edit');
  const canPublish = useCan('workflows.publish');
  return (entry) => {
    const move = (kind: Question['kind'], icon: MenuEntry & { kind?: 'item' }): readonly MenuEntry[] => [
      { ...icon, key: kind, onSelect: () => ask({ kind, entry }) },
    ];
    const none = { key: '', onSelect: () => undefined };
    return [
      ...(canEdit
        ? move('restore', {
            ...none,
            label: t('versions.restoreEntry'),
            hint: t(entry.current ? 'versions.restoreCurrent' : 'versions.restoreEntryHint'),
            disabled: entry.current,
            icon: <RotateCcw size={14} aria-hidden="true" />,
          })
        : []),
      ...(canPublish && entry.kind === 'version' && !entry.live
        ? move('publish', {
            ...none,
            label: t('versions.publishEntry'),
            hint: t('versions.publishEntryHint'),
            icon: <Rocket size={14} aria-hidden="true" />,
          })
        : []),
      ...(canEdit && entry.kind === 'point'
        ? move('rename', {
            ...none,
            label: t(entry.name === null ? 'versions.nameEntry' : 'versions.renameEntry'),
            icon: <Bookmark size={14} aria-hidden="true" />,
          })
        : []),
    ];
  };
}

function NothingYet({ workflowId }: { readonly workflowId: string }) {
  const { t } = useTexts();
  return (
    <EmptyState
      art={<FileClock size={40} strokeWidth={1.5} aria-hidden="true" />}
      title={t('versions.empty')}
      actions={
        <Link to="/workflows/$workflowId" params={{ workflowId }} className={buttonClass('primary')}>
          {t('versions.back')}
        </Link>
      }
    >
      {t('versions.emptyHint')}
    </EmptyState>
  );
}

/** Versions of a workflow, and what differs between any two of them. @param workflowId id of the workflow; give the component a `key` of it */
export function VersionsPage({ workflowId, search }: { readonly workflowId: string; readonly search: VersionsSearch }) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const { data: workflow, error, refetch } = useQuery(workflowQuery(workflowId));
  const list = useHistoryList(workflowId);
  const compare = useCompare(workflowId);
  const [question, setQuestion] = useState<Question | null>(null);
  const movesOf = useMoves(setQuestion);
  const { entries } = list;
  const compared = useMemo(() => (entries ? comparedIn(search, entries) : null), [search, entries]);
  usePageTitle(workflow ? t('versions.pageTitle', { name: workflow.name }) : '');
  const failed = (workflow ? null : error) ?? (entries ? null : list.error);
  if (failed)
    return (
      <ErrorState title={core('errors.title')} words={errorWords(failed, core)} onRetry={() => (void refetch(), void list.refetch())} />
    );
  if (!workflow || !compared || !entries) return <OpeningCanvas />;
  return (
    <>
      <VersionsTopBar workflowId={workflowId} name={workflow.name} />
      {entries.length === 0 && search.before === undefined ? (
        <NothingYet workflowId={workflowId} />
      ) : (
        <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
          <HistoryList list={list} compared={compared} onCompare={compare} movesOf={movesOf} />
          <ComparedView
            workflowId={workflowId}
            compared={compared}
            hidesMoved={search.moved === 'hide'}
            onCompare={compare}
            onRestore={(entry) => setQuestion({ kind: 'restore', entry })}
          />
        </div>
      )}
      <EntryDialogs workflowId={workflowId} question={question} onClose={() => setQuestion(null)} onCompare={compare} />
    </>
  );
}
