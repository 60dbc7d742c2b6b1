import type { ClientAppView } from '@millwright/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { KeyRound, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { errorWords } from '../../api/error-words.ts';
import { useCan } from '../../api/session.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';
import { useFormat } from '../../i18n/format.ts';
import { Sheet } from '../../shell/page.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { ConfirmDialog } from '../../ui/layers/confirm-dialog.tsx';
import { Dialog } from '../../ui/layers/dialog.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { NoPermission } from '../../ui/states/no-permission.tsx';
import { Pill } from '../../ui/states/pill.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { AppSign } from '../connections/app-sign.tsx';
import { clientAppsQuery, useConnectionsChanged } from '../connections/connection-queries.ts';
import { ClientAppForm } from './client-app-form.tsx';

function RemoveApp({ app }: { readonly app: ClientAppView }) {
  const { t } = useTranslation('clientApps');
  const changed = useConnectionsChanged();
  const tellError = useErrorToast();
  const [isAsking, setAsking] = useState(false);
  const values = { app: app.connectorTitle };
  const remove = useMutation({
    mutationFn: () => api.clientApps.remove({ connectorKey: app.connectorKey }),
    onSettled: changed,
    onError: tellError,
  });
  return (
    <>
      <IconButton size="sm" label={t('remove', values)} icon={<Trash2 size={14} />} onClick={() => setAsking(true)} />
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={t('removeTitle', values)}
        body={t('removeBody', values)}
        action={t('removeAction')}
        danger
        onConfirm={async () => {
          await remove.mutateAsync();
          showToast({ title: t('removeDone', values) });
        }}
      />
    </>
  );
}

function AppRow({ app, onOpen }: { readonly app: ClientAppView; readonly onOpen: () => void }) {
  const { t } = useTranslation('clientApps');
  const format = useFormat();
  const isEntered = app.clientId !== null;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-border/70 px-3 py-2.5 last:border-b-0">
      <AppSign appKey={app.connectorKey} title={app.connectorTitle} sizePx={28} />
      <div className="min-w-0 flex-1 basis-40">
        <p className="truncate font-medium">{app.connectorTitle}</p>
        <p className="truncate text-secondary text-text-3">
          {isEntered && app.updatedAt !== null
            ? t('enteredBy', { name: app.updatedBy?.name ?? t('somebody'), time: format.date(app.updatedAt) })
            : t('notEntered')}
        </p>
      </div>
      <Pill tone={isEntered ? 'success' : 'neutral'}>{isEntered ? t('ready') : t('missing')}</Pill>
      <Button
        size="sm"
        onClick={onOpen}
        aria-label={isEntered ? t('changeNamed', { app: app.connectorTitle }) : t('enterNamed', { app: app.connectorTitle })}
      >
        {isEntered ? t('change') : t('enter')}
      </Button>
      {isEntered ? <RemoveApp app={app} /> : null}
    </li>
  );
}

function AppDialog({ app, onClose }: { readonly app: ClientAppView; readonly onClose: () => void }) {
  const { t } = useTranslation('clientApps');
  const core = useTranslation('core');
  const id = useId();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      widthPx={560}
      title={t('form.title', { app: app.connectorTitle })}
      description={t('form.intro', { app: app.connectorTitle })}
      actions={
        <>
          <Button onClick={onClose}>{core.t('ui.cancel')}</Button>
          <Button type="submit" form={id} variant="primary">
            {t('form.save')}
          </Button>
        </>
      }
    >
      <ClientAppForm
        id={id}
        app={app}
        onDone={() => {
          showToast({ title: t('form.done', { app: app.connectorTitle }) });
          onClose();
        }}
      />
    </Dialog>
  );
}

/** The install's client at each vendor: entered once, so that builders only press "Connect". */
export function ClientAppsPage() {
  const { t } = useTranslation('clientApps');
  const core = useTranslation('core');
  const canManage = useCan('credentials.manage');
  const { app: wanted } = useSearch({ from: '/shell/settings/apps' });
  const navigate = useNavigate({ from: '/settings/apps' });
  const list = useQuery({ ...clientAppsQuery, enabled: canManage });
  if (!canManage) return <NoPermission title={t('forbiddenTitle')} />;
  const open = (app?: string): void => void navigate({ search: app === undefined ? {} : { app }, replace: true });
  const items = list.data?.items ?? [];
  const shown = items.find(({ connectorKey }) => connectorKey === wanted);
  return (
    <>
      <p className="mb-3 text-text-2">{t('intro')}</p>
      <Sheet>
        {list.data === undefined && list.isError ? (
          <ErrorState title={core.t('errors.title')} words={errorWords(list.error, core.t)} onRetry={() => void list.refetch()} />
        ) : list.data === undefined ? (
          <SkeletonRows rows={3} />
        ) : items.length === 0 ? (
          <EmptyState art={<KeyRound size={28} aria-hidden="true" />} title={t('empty.title')}>
            {t('empty.text')}
          </EmptyState>
        ) : (
          <ul>
            {items.map((app) => (
              <AppRow key={app.connectorKey} app={app} onOpen={() => open(app.connectorKey)} />
            ))}
          </ul>
        )}
      </Sheet>
      {shown ? <AppDialog key={shown.connectorKey} app={shown} onClose={() => open()} /> : null}
    </>
  );
}
