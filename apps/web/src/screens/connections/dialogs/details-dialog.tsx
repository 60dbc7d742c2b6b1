import type { CredentialView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { useNow } from '../../../i18n/now.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { TestResult, TestStep } from '../connect/test-step.tsx';
import { connectionTypesQuery, useTestConnection } from '../connection-queries.ts';
import { appOf, needsPerson, reconnectMove, useKnownTitle } from '../connection-words.ts';
import { Expiry } from '../expiry.tsx';
import { HealthPill } from '../health-pill.tsx';
import { SharedWith } from '../shared-with.tsx';
import { UseList } from '../../../ui/use-list.tsx';

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="grid items-baseline gap-x-3 py-1.5 sm:grid-cols-[132px_minmax(0,1fr)]">
      <dt className="text-secondary text-text-3">{title}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Facts({ connection }: { readonly connection: CredentialView }) {
  const { t } = useTranslation('connections');
  const format = useFormat();
  const known = useKnownTitle();
  const now = useNow();
  const { data } = useQuery(connectionTypesQuery);
  const kind = data?.items.find(({ type }) => type === connection.type);
  const titleOf = (name: string): string => known(kind?.fields.find((field) => field.name === name)?.title ?? name);
  const { lastUsedAt, account, owner, hosts, fields, secretFields } = connection;
  return (
    <dl className="mt-3 divide-y divide-border/70">
      <Fact title={t('details.health')}>
        <HealthPill connection={connection} />
      </Fact>
      {account === null ? null : <Fact title={t('details.account')}>{account}</Fact>}
      <Fact title={t('details.kind')}>{connection.typeTitle === null ? t('details.notInstalled') : known(connection.typeTitle)}</Fact>
      <Fact title={t('details.owner')}>{owner.name ?? t('details.left')}</Fact>
      <Fact title={t('details.sharedWith')}>
        <SharedWith connection={connection} />
      </Fact>
      <Fact title={t('details.expires')}>
        <Expiry connection={connection} />
      </Fact>
      <Fact title={t('details.lastUsed')}>
        {lastUsedAt === null ? t('details.neverUsed') : <span title={format.exact(lastUsedAt)}>{format.relative(lastUsedAt, now)}</span>}
      </Fact>
      <Fact title={t('details.hosts')}>
        <span className="font-mono text-secondary">{hosts.join(', ')}</span>
      </Fact>
      {Object.entries(fields).map(([name, value]) => (
        <Fact key={name} title={titleOf(name)}>
          <span className="font-mono text-secondary break-all">{value}</span>
        </Fact>
      ))}
      {secretFields.length === 0 ? null : (
        <Fact title={t('details.secrets')}>{t('details.secretsKept', { count: secretFields.length })}</Fact>
      )}
      <Fact title={t('details.usedBy')}>
        {connection.usedBy.length === 0 ? (
          <span className="text-text-3">{t('uses.none')}</span>
        ) : (
          <UseList uses={connection.usedBy} words={{ live: t('uses.live'), draft: t('uses.draft') }} />
        )}
      </Fact>
    </dl>
  );
}

type OnAction = (action: 'reconnect' | 'edit' | 'share' | 'remove') => void;

/** Buttons for those who manage the connection. */
function Actions({
  connection,
  test,
  onAction,
}: {
  readonly connection: CredentialView;
  readonly test: ReturnType<typeof useTestConnection>;
  readonly onAction: OnAction;
}) {
  const { t } = useTranslation('connections');
  const isDead = needsPerson(connection);
  const byFields = connection.connect === 'fields';
  return (
    <>
      <Button variant="quiet" className="text-status-failed! sm:mr-auto" onClick={() => onAction('remove')}>
        {t('actions.remove')}
      </Button>
      <Button onClick={() => onAction('share')}>{t('actions.share')}</Button>
      <Button onClick={() => onAction('edit')}>{t('actions.edit')}</Button>
      {isDead ? null : (
        <Button busy={test.isPending} onClick={() => test.mutate(connection.id)}>
          {t('actions.test')}
        </Button>
      )}
      {byFields && !isDead ? null : (
        <Button variant={isDead ? 'primary' : 'secondary'} onClick={() => onAction('reconnect')}>
          {t(`actions.${reconnectMove(connection)}`)}
        </Button>
      )}
    </>
  );
}

/** All that is known of a connection, and what can be done with it. */
export function DetailsDialog({
  connection,
  canManage,
  onAction,
  onClose,
}: {
  readonly connection: CredentialView;
  readonly canManage: boolean;
  readonly onAction: OnAction;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('connections');
  const test = useTestConnection();
  const isDead = needsPerson(connection);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      widthPx={560}
      title={connection.name}
      description={appOf(connection)}
      actions={canManage ? <Actions connection={connection} test={test} onAction={onAction} /> : undefined}
    >
      <div className="mt-3 flex flex-col gap-2 empty:hidden">
        {test.isIdle && (isDead || connection.health.status === 'failing') ? (
          <TestResult connection={connection} />
        ) : (
          <TestStep test={test} />
        )}
      </div>
      {canManage ? null : (
        <p className="mt-3 text-text-2">{t('details.useOnly', { owner: connection.owner.name ?? t('details.anAdmin') })}</p>
      )}
      <Facts connection={connection} />
    </Dialog>
  );
}
