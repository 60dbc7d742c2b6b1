import type { WorkflowSummary } from '@millwright/contracts';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { Hand, Webhook } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { useNow } from '../../i18n/now.ts';
import { Pill } from '../../ui/states/pill.tsx';
import { StatusGlyph } from '../../ui/states/status-glyph.tsx';
import { actionsColumn, type Column, Table } from '../../ui/table.tsx';
import { WorkflowActions } from './workflow-actions.tsx';

function StatePill({ workflow }: { readonly workflow: WorkflowSummary }) {
  const { t } = useTranslation('workflows');
  const { state, liveVersion, draftChanged } = workflow;
  const word = state === 'draft' ? t('state.draft') : t(`state.${state}`, { version: liveVersion ?? 0 });
  const hasChanges = draftChanged && state !== 'draft';
  return (
    <span className="inline-flex items-center gap-1.5">
      <Pill
        tone={state === 'live' ? 'success' : 'neutral'}
        icon={state === 'live' ? <span className="size-1.5 rounded-full bg-status-success forced-color-adjust-none" /> : null}
      >
        {word}
      </Pill>
      {hasChanges ? (
        <span className="size-1.5 shrink-0 rounded-full bg-status-retrying forced-color-adjust-none" title={t('state.changed')}>
          <span className="sr-only">{t('state.changed')}</span>
        </span>
      ) : null}
    </span>
  );
}

function triggerWord(type: string, t: TFunction<'workflows'>): string {
  if (type === 'core.webhook') return t('triggers.webhook');
  if (type === 'core.manual') return t('triggers.manual');
  return t('triggers.other', { type });
}

function Triggers({ types }: { readonly types: readonly string[] }) {
  const { t } = useTranslation('workflows');
  if (types.length === 0) return <span className="text-text-3">{t('triggers.none')}</span>;
  const Icon = types[0] === 'core.webhook' ? Webhook : Hand;
  return (
    <span className="inline-flex items-center gap-1.5 text-text-2">
      <Icon size={14} className="shrink-0 text-text-3" aria-hidden="true" />
      {[...new Set(types.map((type) => triggerWord(type, t)))].join(', ')}
    </span>
  );
}

function LastRun({ workflow }: { readonly workflow: WorkflowSummary }) {
  const { t } = useTranslation('workflows');
  const core = useTranslation('core');
  const format = useFormat();
  const now = useNow();
  const run = workflow.lastRun;
  if (!run) return <span className="text-text-3">{t('neverRun')}</span>;
  return (
    <Link
      to="/runs/$runId"
      params={{ runId: run.id }}
      className="relative z-1 inline-flex max-w-full items-center gap-1.5 rounded-control text-text-2 hover:text-text hover:underline"
      title={format.exact(run.startedAt)}
    >
      <StatusGlyph status={run.status} label={core.t(`status.${run.status}`)} />
      <span className="truncate">{format.relative(run.startedAt, now)}</span>
    </Link>
  );
}

function Updated({ workflow }: { readonly workflow: WorkflowSummary }) {
  const { t } = useTranslation('workflows');
  const format = useFormat();
  const now = useNow();
  const time = format.relative(workflow.updatedAt, now);
  return (
    <time dateTime={workflow.updatedAt} title={format.exact(workflow.updatedAt)} className="text-text-3">
      {workflow.updatedBy ? t('updatedBy', { time, name: workflow.updatedBy.name }) : time}
    </time>
  );
}

function Name({ workflow }: { readonly workflow: WorkflowSummary }) {
  return (
    <Link
      to="/workflows/$workflowId"
      params={{ workflowId: workflow.id }}
      title={workflow.name}
      className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
    >
      {workflow.name}
    </Link>
  );
}

/** The list of workflows; a row opens its editor. */
export function WorkflowTable({ workflows }: { readonly workflows: readonly WorkflowSummary[] }) {
  const { t } = useTranslation('workflows');
  const columns: readonly Column<WorkflowSummary>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      narrow: 'main',
      cell: (workflow) => <Name workflow={workflow} />,
    },
    { key: 'state', header: t('columns.state'), width: '15%', cell: (workflow) => <StatePill workflow={workflow} /> },
    {
      key: 'trigger',
      header: t('columns.trigger'),
      width: '15%',
      narrow: 'hide',
      cell: (workflow) => <Triggers types={workflow.triggerTypes} />,
    },
    { key: 'lastRun', header: t('columns.lastRun'), width: '17%', cell: (workflow) => <LastRun workflow={workflow} /> },
    {
      key: 'updated',
      header: t('columns.updated'),
      width: '23%',
      narrow: 'hide',
      wideOnly: true,
      cell: (workflow) => <Updated workflow={workflow} />,
    },
    actionsColumn(t('columns.actions'), (workflow) => <WorkflowActions workflow={workflow} />),
  ];
  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={workflows}
      rowKey={(workflow) => workflow.id}
      isQuiet={(workflow) => workflow.state === 'off'}
    />
  );
}
