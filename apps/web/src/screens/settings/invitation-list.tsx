import type { InvitationView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Sheet } from '../../shell/page.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { ConfirmDialog } from '../../ui/layers/confirm-dialog.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { invitationsQuery, useWithdraw } from './member-queries.ts';

function Invitation({ invitation }: { readonly invitation: InvitationView }) {
  const { t } = useTranslation('settings');
  const core = useTranslation('core');
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const withdraw = useWithdraw();
  const { email } = invitation;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-border px-3 py-2 last:border-b-0">
      <span className="min-w-0 flex-1 basis-48">
        <span className="block truncate font-medium" title={email}>
          {email}
        </span>
        <span className="block text-secondary text-text-3">
          {core.t(`roles.${invitation.role}`)} ·{' '}
          <span title={format.exact(invitation.expiresAt)}>
            {t('invitations.expires', { time: format.dateTime(invitation.expiresAt) })}
          </span>
        </span>
      </span>
      <Button size="sm" aria-label={t('invitations.withdrawLabel', { email })} onClick={() => setAsking(true)}>
        {t('invitations.withdraw')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('invitations.withdrawTitle', { email })}
        body={t('invitations.withdrawBody')}
        action={t('invitations.withdraw')}
        onConfirm={async () => {
          await withdraw.mutateAsync(invitation.id);
          showToast({ title: t('invitations.withdrawDone', { email }) });
        }}
      />
    </li>
  );
}

/** Invitations that nobody has accepted yet; nothing when there are none. */
export function InvitationList() {
  const { t } = useTranslation('settings');
  const invitations = useQuery(invitationsQuery).data?.items ?? [];
  if (invitations.length === 0) return null;
  return (
    <div className="mt-8">
      <h2 className="mb-2 text-panel font-semibold">{t('invitations.title')}</h2>
      <Sheet>
        <ul>
          {invitations.map((invitation) => (
            <Invitation key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      </Sheet>
    </div>
  );
}
