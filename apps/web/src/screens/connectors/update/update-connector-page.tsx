import type { ConnectorView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Plug } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import { useCan } from '../../../api/session.ts';
import { buttonClass } from '../../../ui/controls/button-class.ts';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { NoPermission } from '../../../ui/states/no-permission.tsx';
import { SkeletonRows } from '../../../ui/states/skeleton.tsx';
import { Notice } from '../../connections/parts/notice.tsx';
import { SourceForm } from '../add/source-form.tsx';
import { type ComparedDescription, connectorsQuery, useCompareDescription } from '../connector-queries.ts';
import { ComparedPanel, type UpdatedConnector } from './compared-panel.tsx';

type Made = ConnectorView & { readonly made: NonNullable<ConnectorView['made']> };

function isMade(connector: ConnectorView): connector is Made {
  return connector.made !== undefined;
}

function BackLink() {
  const { t } = useTranslation('connectors');
  return (
    <Link to="/settings/connectors" className={buttonClass('primary')}>
      {t('update.back')}
    </Link>
  );
}

/** The new version is there: what stays, and how a step gets it. */
function Updated({ updated: { title, version, actions } }: { readonly updated: UpdatedConnector }) {
  const { t } = useTranslation('connectors');
  return (
    <Notice tone="good" title={t('update.made', { title, version })} actions={<BackLink />}>
      {t('update.madeText', { count: actions })} {t('update.madeNext')}
    </Notice>
  );
}

function UpdateOf({ connector: { key, title, made } }: { readonly connector: Made }) {
  const { t } = useTranslation('connectors');
  const compare = useCompareDescription(key);
  const [found, setFound] = useState<ComparedDescription | null>(null);
  const [updated, setUpdated] = useState<UpdatedConnector | null>(null);
  const isAddress = /^https?:\/\//.test(made.source);
  return (
    <div className="flex flex-col gap-5">
      <div className="max-w-3xl">
        <h2 className="mb-1 text-panel font-semibold break-words">{t('update.title', { title })}</h2>
        <p className="text-text-2">{t('update.intro')}</p>
        {updated === null ? <p className="mt-1 break-words text-text-3">{t('update.from', made)}</p> : null}
      </div>
      {updated === null ? (
        <>
          <SourceForm read={compare} onFound={setFound} known={{ address: isAddress ? made.source : '', baseUrl: made.baseUrl ?? '' }} />
          {found === null ? null : <ComparedPanel key={found.view.digest} connectorKey={key} found={found} onUpdated={setUpdated} />}
        </>
      ) : (
        <Updated updated={updated} />
      )}
    </div>
  );
}

/** Makes the next version of a connector from a newer description: where that is, what it changes, what is confirmed. */
export function UpdateConnectorPage() {
  const { t } = useTranslation('connectors');
  const core = useTranslation('core');
  const { connectorKey } = useParams({ from: '/shell/settings/connectors/$connectorKey/update' });
  const canManage = useCan('network.manage');
  const connectors = useQuery(connectorsQuery);
  if (!canManage) return <NoPermission title={t('update.forbidden')} />;
  if (connectors.isPending) return <SkeletonRows rows={4} />;
  if (connectors.isError)
    return (
      <ErrorState title={core.t('errors.title')} words={errorWords(connectors.error, core.t)} onRetry={() => void connectors.refetch()} />
    );
  const connector = connectors.data.items.find(({ key }) => key === connectorKey);
  if (connector === undefined || !isMade(connector))
    return (
      <EmptyState art={<Plug size={28} aria-hidden="true" />} title={t('update.gone')} actions={<BackLink />}>
        {t('update.goneNext')}
      </EmptyState>
    );
  return <UpdateOf key={connector.key} connector={connector} />;
}
