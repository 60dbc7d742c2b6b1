import type { ConnectorView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plug, Plus, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { useCan } from '../../api/session.ts';
import { Sheet } from '../../shell/page.tsx';
import { buttonClass } from '../../ui/controls/button-class.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Pill } from '../../ui/states/pill.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { StatusGlyph } from '../../ui/states/status-glyph.tsx';
import { actionsColumn, type Column, Table } from '../../ui/table.tsx';
import { connectorsQuery } from './connector-queries.ts';
import { RemoveConnector } from './remove-connector.tsx';

function Badge({ badge, standIn }: Pick<ConnectorView, 'badge' | 'standIn'>) {
  const { t } = useTranslation('connectors');
  return (
    <span className="block min-w-0 py-1.5">
      <span className="flex items-center gap-1.5">
        <StatusGlyph status={badge === 'none' ? 'waiting' : 'succeeded'} />
        {t(`badges.${badge}`)}
      </span>
      <span className="block text-secondary break-words whitespace-normal text-text-3">{t(`hints.${badge}`)}</span>
      {standIn === undefined ? null : (
        <span className="block text-secondary break-words whitespace-normal text-text-3">{t('standIn', { name: standIn })}</span>
      )}
    </span>
  );
}

function Scenarios({ connector }: { readonly connector: ConnectorView }) {
  const { t } = useTranslation('connectors');
  const { scenariosPassed: passed, scenariosApplicable: applicable } = connector;
  if (applicable === 0) return <span className="text-text-3">{t('noScenarios')}</span>;
  return (
    <>
      <span aria-hidden="true" className="num">
        {t('passed', { passed, applicable })}
      </span>
      <span className="sr-only">{t('passedLabel', { passed, applicable })}</span>
    </>
  );
}

/** The way to the page on which a connector that was made of a description is updated. */
function UpdateLink({ connector: { key, title } }: { readonly connector: ConnectorView }) {
  const { t } = useTranslation('connectors');
  return (
    <Link
      to="/settings/connectors/$connectorKey/update"
      params={{ connectorKey: key }}
      aria-label={t('update.open', { title })}
      title={t('update.open', { title })}
      className={buttonClass('quiet', 'sm', 'px-1.5 pointer-coarse:min-w-11')}
    >
      <RefreshCw size={14} aria-hidden="true" />
    </Link>
  );
}

function useColumns(): readonly Column<ConnectorView>[] {
  const { t } = useTranslation('connectors');
  return [
    {
      key: 'connector',
      header: t('columns.connector'),
      narrow: 'main',
      cell: ({ title, isImported, made }) => (
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 font-medium" title={title}>
          <bdi className="truncate">{title}</bdi>
          {isImported ? <Pill>{t('add.imported')}</Pill> : null}
          {made !== undefined && made.version > 1 ? <Pill>{t('update.version', { version: made.version })}</Pill> : null}
        </span>
      ),
    },
    {
      key: 'operations',
      header: t('columns.operations'),
      width: '170px',
      cell: ({ actions, triggers }) => (
        <span className="num text-text-2">
          {[t('actions', { count: actions }), ...(triggers > 0 ? [t('triggers', { count: triggers })] : [])].join(', ')}
        </span>
      ),
    },
    { key: 'proof', header: t('columns.proof'), width: '38%', cell: (connector) => <Badge {...connector} /> },
    { key: 'scenarios', header: t('columns.scenarios'), width: '110px', cell: (connector) => <Scenarios connector={connector} /> },
    {
      key: 'requests',
      header: t('columns.requests'),
      width: '150px',
      align: 'end',
      narrow: 'hide',
      wideOnly: true,
      cell: ({ contractRequests }) => (
        <span className="num" title={t('requests', { count: contractRequests })}>
          {contractRequests}
        </span>
      ),
    },
  ];
}

function Connectors() {
  const { t } = useTranslation('connectors');
  const core = useTranslation('core');
  const columns = useColumns();
  const canManage = useCan('network.manage');
  const connectors = useQuery(connectorsQuery);
  if (connectors.isPending) return <SkeletonRows rows={6} />;
  if (connectors.isError)
    return (
      <ErrorState title={core.t('errors.title')} words={errorWords(connectors.error, core.t)} onRetry={() => void connectors.refetch()} />
    );
  const { items } = connectors.data;
  if (items.length === 0)
    return (
      <EmptyState art={<Plug size={28} aria-hidden="true" />} title={t('empty')}>
        {t('emptyNext')}
      </EmptyState>
    );
  const moves = actionsColumn<ConnectorView>(t('add.actions'), (connector) =>
    connector.isImported ? (
      <span className="flex justify-end">
        <UpdateLink connector={connector} />
        <RemoveConnector connector={connector} />
      </span>
    ) : null,
  );
  const hasMoves = canManage && items.some(({ isImported }) => isImported);
  return (
    <Table
      label={t('label')}
      columns={hasMoves ? [...columns, { ...moves, width: '92px' }] : columns}
      rows={items}
      rowKey={({ key }) => key}
    />
  );
}

/** Installed connectors with their badges: the same as `npm run connectors` prints. */
export function ConnectorsPage() {
  const { t } = useTranslation('connectors');
  const canManage = useCan('network.manage');
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-3xl text-text-2">{t('intro')}</p>
      {canManage ? (
        <Link to="/settings/connectors/add" className={buttonClass('primary', 'md', 'self-start')}>
          <Plus size={14} aria-hidden="true" />
          {t('add.open')}
        </Link>
      ) : null}
      <Sheet>
        <Connectors />
      </Sheet>
      <section aria-labelledby="scenarios-title" className="max-w-3xl">
        <h2 id="scenarios-title" className="mb-1 text-panel font-semibold">
          {t('scenariosTitle')}
        </h2>
        <p className="text-text-2">{t('scenarios')}</p>
      </section>
    </div>
  );
}
