import type { MailSettingsView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { useCan } from '../../api/session.ts';
import { Sheet } from '../../shell/page.tsx';
import { SheetSection } from '../../shell/sheet-section.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { ConfirmDialog } from '../../ui/layers/confirm-dialog.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { NoPermission } from '../../ui/states/no-permission.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { mailSettingsQuery, useRemoveServer } from './mail-queries.ts';
import { Outbox } from './outbox-table.tsx';
import { ServerForm } from './server-form.tsx';
import { ServerHealth } from './server-health.tsx';
import { TestPanel } from './test-panel.tsx';

function RemoveServer({ waiting }: { readonly waiting: number }) {
  const { t } = useTranslation('mail');
  const [asking, setAsking] = useState(false);
  const remove = useRemoveServer();
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('form.remove')}</Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('form.removeTitle')}
        body={t('form.removeBody', { count: waiting })}
        action={t('form.remove')}
        danger
        onConfirm={async () => {
          await remove.mutateAsync();
          showToast({ title: t('form.removeDone') });
        }}
      />
    </>
  );
}

function NoServer({ onSetUp }: { readonly onSetUp: () => void }) {
  const { t } = useTranslation('mail');
  return (
    <Sheet>
      <EmptyState
        art={<Mail size={28} aria-hidden="true" />}
        title={t('empty.title')}
        actions={
          <Button variant="primary" onClick={onSetUp}>
            {t('empty.action')}
          </Button>
        }
      >
        {t('empty.text')}
      </EmptyState>
    </Sheet>
  );
}

function Server({ view }: { readonly view: MailSettingsView }) {
  const { t } = useTranslation('mail');
  const [isEntering, setEntering] = useState(false);
  const { server, counts } = view;
  if (server === null && !isEntering) return <NoServer onSetUp={() => setEntering(true)} />;
  return (
    <div className="flex flex-col gap-4">
      <ServerHealth view={view} />
      <SheetSection title={t('form.title')} hint={t('form.hint')}>
        <ServerForm
          key={server === null ? 'new' : 'stored'}
          server={server}
          onSaved={() => setEntering(false)}
          actions={
            server === null ? (
              <Button onClick={() => setEntering(false)}>{t('form.cancel')}</Button>
            ) : (
              <RemoveServer waiting={counts.waiting} />
            )
          }
        />
      </SheetSection>
      {server === null ? null : (
        <SheetSection title={t('test.title')} hint={t('test.hint')}>
          <TestPanel />
        </SheetSection>
      )}
    </div>
  );
}

/** The mail server, a test message, and what became of the mails. */
export function MailPage() {
  const { t } = useTranslation('mail');
  const core = useTranslation('core');
  const canManage = useCan('mail.manage');
  const settings = useQuery({ ...mailSettingsQuery, enabled: canManage });
  if (!canManage) return <NoPermission title={t('forbiddenTitle')} />;
  return (
    <>
      <p className="mb-3 max-w-3xl text-text-2">{t('intro')}</p>
      {settings.data !== undefined ? (
        settings.data.isOurs ? (
          <Server view={settings.data} />
        ) : (
          <p>{t('elsewhere')}</p>
        )
      ) : settings.isError ? (
        <ErrorState title={core.t('errors.title')} words={errorWords(settings.error, core.t)} onRetry={() => void settings.refetch()} />
      ) : (
        <SkeletonRows rows={4} />
      )}
      <Outbox />
    </>
  );
}
