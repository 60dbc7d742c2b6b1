import type { ConnectorView } from '@millwright/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Plug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { errorWords } from '../../api/error-words.ts';
import { Sheet } from '../../shell/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { StatusGlyph } from '../../ui/states/status-glyph.tsx';
import { type Column, Table } from '../../ui/table.tsx';

const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => api.connectors.list({}, { signal }),
});

function Badge({ badge }: Pick<ConnectorView, 'badge'>) {
  const { t } = useTranslation('connectors');
  return (
    <span className="block min-w-0 py-1.5">
      <span className="flex items-center gap-1.5">
        <StatusGlyph status={badge === 'none' ? 'waiting' : 'succeeded'} />
        {t(`badges.${badge}`)}
      </span>
      <span className="block text-secondary break-words whitespace-normal text-text-3">{t(`hints.${badge}`)}</span>
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

function useColumns(): readonly Column<ConnectorView>[] {
  const { t } = useTranslation('connectors');
  return [
    {
      key: 'connector',
      header: t('columns.connector'),
      narrow: 'main',
      cell: ({ title }) => (
        <span className="font-medium" title={title}>
          <bdi>{title}</bdi>
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
    { key: 'proof', header: t('columns.proof'), width: '38%', cell: ({ badge }) => <Badge badge={badge} /> },
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
  return <Table label={t('label')} columns={columns} rows={items} rowKey={({ key }) => key} />;
}

/** Installed connectors with their badges: the same as `npm run connectors` prints. */
export function ConnectorsPage() {
  const { t } = useTranslation('connectors');
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-3xl text-text-2">{t('intro')}</p>
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
