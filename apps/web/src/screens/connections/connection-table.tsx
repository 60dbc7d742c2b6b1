import type { CredentialView } from '@millwright/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/button.tsx';
import { actionsColumn, type Column, Table } from '../../ui/table.tsx';
import { AppSign } from './app-sign.tsx';
import { type OpenConnection, useMayManage } from './connection-dialogs.tsx';
import { ConnectionMenu } from './connection-menu.tsx';
import { appOf, needsPerson, reconnectMove } from './connection-words.ts';
import { Expiry } from './expiry.tsx';
import { HealthPill } from './health-pill.tsx';
import { SharedWith } from './shared-with.tsx';

type Open = (connection: CredentialView, what: OpenConnection) => void;

function NameCell({ connection }: { readonly connection: CredentialView }) {
  const { name, account } = connection;
  return (
    <span className="flex min-w-0 flex-col py-1.5">
      <Link
        to="/connections"
        search={(before) => ({ ...before, connection: connection.id })}
        title={name}
        className="max-w-full truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
      >
        {name}
      </Link>
      {account === null || account === name ? null : (
        <span className="truncate text-secondary text-text-3" title={account}>
          {account}
        </span>
      )}
    </span>
  );
}

function HealthCell({ connection, onOpen }: { readonly connection: CredentialView; readonly onOpen: Open }) {
  const { t } = useTranslation('connections');
  const canManage = useMayManage(connection);
  const move = reconnectMove(connection);
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-2 py-1">
      <HealthPill connection={connection} />
      {canManage && needsPerson(connection) ? (
        <Button
          size="sm"
          className="relative z-1"
          aria-label={t(`actions.${move}Named`, { name: connection.name })}
          onClick={() => onOpen(connection, 'reconnect')}
        >
          {t(`actions.${move}`)}
        </Button>
      ) : null}
    </span>
  );
}

function OwnerCell({ connection: { owner } }: { readonly connection: CredentialView }) {
  const { t } = useTranslation('connections');
  return (
    <span className="block truncate text-text-2" title={owner.name ?? undefined}>
      {owner.name ?? t('details.left')}
    </span>
  );
}

function SharedCell({ connection }: { readonly connection: CredentialView }) {
  return (
    <span className="block truncate text-text-2">
      <SharedWith connection={connection} />
    </span>
  );
}

function UsedByCell({ connection: { usedBy } }: { readonly connection: CredentialView }) {
  const { t } = useTranslation('connections');
  return usedBy.length === 0 ? (
    <span className="text-text-3">{t('uses.none')}</span>
  ) : (
    <span className="num text-text-2">{t('uses.count', { count: usedBy.length })}</span>
  );
}

function useColumns(onOpen: Open): readonly Column<CredentialView>[] {
  const { t } = useTranslation('connections');
  return [
    { key: 'name', header: t('columns.name'), narrow: 'main', cell: (connection) => <NameCell connection={connection} /> },
    {
      key: 'health',
      header: t('columns.health'),
      width: '232px',
      cell: (connection) => <HealthCell connection={connection} onOpen={onOpen} />,
    },
    {
      key: 'owner',
      header: t('columns.owner'),
      width: '128px',
      cell: (connection) => <OwnerCell connection={connection} />,
    },
    {
      key: 'shared',
      header: t('columns.sharedWith'),
      width: '150px',
      narrow: 'hide',
      wideOnly: true,
      cell: (connection) => <SharedCell connection={connection} />,
    },
    {
      key: 'used',
      header: t('columns.usedBy'),
      width: '116px',
      cell: (connection) => <UsedByCell connection={connection} />,
    },
    {
      key: 'expires',
      header: t('columns.expires'),
      width: '132px',
      narrow: 'hide',
      wideOnly: true,
      cell: (connection) => (
        <span className="block truncate">
          <Expiry connection={connection} />
        </span>
      ),
    },
    actionsColumn(t('columns.actions'), (connection) => (
      <ConnectionMenu connection={connection} onOpen={(what) => onOpen(connection, what)} />
    )),
  ];
}

/** Connections by app. */
export function ConnectionTable({ connections, onOpen }: { readonly connections: readonly CredentialView[]; readonly onOpen: Open }) {
  const { t } = useTranslation('connections');
  const rows = connections.toSorted((a, b) => appOf(a).localeCompare(appOf(b)) || a.name.localeCompare(b.name));
  return (
    <Table
      label={t('title')}
      columns={useColumns(onOpen)}
      rows={rows}
      rowKey={({ id }) => id}
      groupOf={(connection) => ({
        key: connection.connectorKey,
        title: (
          <>
            <AppSign appKey={connection.connectorKey} title={appOf(connection)} sizePx={20} />
            <span className="truncate">{appOf(connection)}</span>
            <span className="num font-normal text-text-3">
              {rows.filter(({ connectorKey }) => connectorKey === connection.connectorKey).length}
            </span>
          </>
        ),
      })}
    />
  );
}
