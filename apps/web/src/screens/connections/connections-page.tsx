import type { CredentialView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { useCan } from '../../api/session.ts';
import { Page, Sheet } from '../../shell/page.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { SearchInput } from '../../ui/controls/search-input.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { NoPermission } from '../../ui/states/no-permission.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { ConnectDialog } from './connect/connect-dialog.tsx';
import { Notice } from './parts/notice.tsx';
import { ConnectionDialogs, type OpenConnection } from './connection-dialogs.tsx';
import { connectionsQuery } from './connection-queries.ts';
import { matches, reconnectMove } from './connection-words.ts';
import { ConnectionTable } from './connection-table.tsx';

interface Opened {
  readonly id: string;
  readonly what: OpenConnection;
}

function Empty({ onAdd }: { readonly onAdd: (() => void) | null }) {
  const { t } = useTranslation('connections');
  return (
    <EmptyState
      art={<Plug size={28} aria-hidden="true" />}
      title={t('empty.title')}
      actions={
        onAdd === null ? undefined : (
          <Button variant="primary" onClick={onAdd}>
            {t('add')}
          </Button>
        )
      }
    >
      {onAdd === null ? t('empty.readOnly') : t('empty.text')}
    </EmptyState>
  );
}

/** Says above the list that runs wait for a person. */
function DeadBanner({
  connections,
  onOpen,
}: {
  readonly connections: readonly CredentialView[];
  readonly onOpen: (opened: Opened) => void;
}) {
  const { t } = useTranslation('connections');
  const dead = connections.filter(({ health }) => health.status === 'needsReconnect');
  const mine = dead.filter(({ access }) => access === 'manage');
  const [first] = mine;
  if (dead.length === 0) return null;
  return (
    <div className="mb-3">
      <Notice
        tone="bad"
        wide
        title={t(dead.every(({ connect }) => connect === 'fields') ? 'banner.refused' : 'banner.title', {
          count: dead.length,
          name: dead[0]?.name ?? '',
        })}
        actions={
          first && mine.length === 1 ? (
            <Button
              size="sm"
              aria-label={t(`actions.${reconnectMove(first)}Named`, { name: first.name })}
              onClick={() => onOpen({ id: first.id, what: 'reconnect' })}
            >
              {t(`actions.${reconnectMove(first)}`)}
            </Button>
          ) : undefined
        }
      >
        {mine.length > 0 ? t('banner.yours') : t('banner.others', { owner: dead[0]?.owner.name ?? t('details.anAdmin') })}
      </Notice>
    </div>
  );
}

function List({
  connections,
  search,
  onClear,
  onAdd,
  onOpen,
}: {
  readonly connections: readonly CredentialView[];
  readonly search: string;
  readonly onClear: () => void;
  readonly onAdd: (() => void) | null;
  readonly onOpen: (opened: Opened) => void;
}) {
  const { t } = useTranslation('connections');
  const found = connections.filter((connection) => matches(connection, search));
  if (connections.length === 0) return <Empty onAdd={onAdd} />;
  if (found.length === 0)
    return (
      <EmptyState title={t('noMatch.title')} actions={<Button onClick={onClear}>{t('noMatch.clear')}</Button>}>
        {t('noMatch.text')}
      </EmptyState>
    );
  return (
    <>
      <output className="sr-only">{search === '' ? '' : t('found', { count: found.length })}</output>
      <ConnectionTable connections={found} onOpen={({ id }, what) => onOpen({ id, what })} />
    </>
  );
}

/** Above the list: the search, and the button that adds for those who may. */
function Tools({
  query,
  onSearch,
  onAdd,
}: {
  readonly query: string;
  readonly onSearch: (text: string) => void;
  readonly onAdd: (() => void) | null;
}) {
  const { t } = useTranslation('connections');
  return (
    <>
      <SearchInput label={t('search')} value={query} onChange={onSearch} />
      {onAdd === null ? null : (
        <Button variant="primary" className="ml-auto" onClick={onAdd}>
          <Plus size={14} aria-hidden="true" />
          {t('add')}
        </Button>
      )}
    </>
  );
}

/** Which dialog is open: the address names it for links from elsewhere, the list for its own buttons. */
function useOpened() {
  const { query = '', connection } = useSearch({ from: '/shell/connections' });
  const navigate = useNavigate({ from: '/connections' });
  const [opened, setOpened] = useState<Opened | null>(null);
  const shown = opened ?? (connection === undefined ? null : { id: connection, what: 'details' as const });
  const close = (): void => {
    setOpened(null);
    if (connection !== undefined) void navigate({ search: query === '' ? {} : { query }, replace: true });
  };
  const search = (text: string): void => void navigate({ search: text === '' ? {} : { query: text }, replace: true });
  return { query, shown, setOpened, close, search };
}

/** Accounts and keys that steps use: how they stand, whose they are, who uses them. */
export function ConnectionsPage() {
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  const canRead = useCan('credentials.read');
  const canWrite = useCan('credentials.write');
  const list = useQuery({ ...connectionsQuery, enabled: canRead });
  const [isAdding, setAdding] = useState(false);
  const { query, shown, setOpened, close, search } = useOpened();
  if (!canRead)
    return (
      <Page title={t('title')}>
        <NoPermission title={t('forbiddenTitle')} />
      </Page>
    );
  const connections = list.data?.items ?? [];
  const chosen = connections.find(({ id }) => id === shown?.id);
  const add = canWrite ? () => setAdding(true) : null;
  return (
    <Page title={t('title')} tools={connections.length === 0 ? undefined : <Tools query={query} onSearch={search} onAdd={add} />}>
      <DeadBanner connections={connections} onOpen={setOpened} />
      <Sheet>
        {list.data !== undefined ? (
          <List connections={connections} search={query} onClear={() => search('')} onAdd={add} onOpen={setOpened} />
        ) : list.isError ? (
          <ErrorState title={core.t('errors.title')} words={errorWords(list.error, core.t)} onRetry={() => void list.refetch()} />
        ) : (
          <SkeletonRows rows={4} />
        )}
      </Sheet>
      <p className="mt-2 text-secondary text-text-3">{t('intro')}</p>
      {isAdding ? <ConnectDialog onClose={() => setAdding(false)} onDone={() => undefined} /> : null}
      {shown !== null && chosen !== undefined ? (
        <ConnectionDialogs key={`${shown.id}:${shown.what}`} connection={chosen} first={shown.what} onClose={close} />
      ) : null}
    </Page>
  );
}
