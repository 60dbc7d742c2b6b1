import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recall, remember } from '../api/device-memory.ts';
import { sessionQuery, useSession } from '../api/session.ts';
import { useErrorToast } from '../api/use-error-toast.ts';
import { useFormat } from '../i18n/format.ts';
import { useNow } from '../i18n/now.ts';
import { Button } from '../ui/controls/button.tsx';
import { Dialog } from '../ui/layers/dialog.tsx';
import { showToast } from '../ui/layers/toast.tsx';

/** How long before its end a session warns, ms (WCAG 2.2.1 asks for 20 s at least). */
const WARN_MS = 120_000;

/** Where the tabs of a browser tell each other that the session goes on. */
const MEMORY = 'sessionEnd';

/** When the session ends, ms since 1970: another tab may have moved it. */
function useEndMs(): number {
  const { user, expiresAt } = useSession();
  useEffect(() => remember(MEMORY, `${user.id} ${expiresAt}`), [user.id, expiresAt]);
  const [userId, other = ''] = recall(MEMORY)?.split(' ') ?? [];
  const otherMs = userId === user.id ? Date.parse(other) : Number.NaN;
  return Math.max(Date.parse(expiresAt), Number.isNaN(otherMs) ? 0 : otherMs);
}

/** Asks the server to let the session go on. */
function useStay(): { readonly stay: () => void; readonly isBusy: boolean } {
  const { t } = useTranslation('core');
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  const [isBusy, setBusy] = useState(false);
  const stay = (): void => {
    setBusy(true);
    queryClient
      .fetchQuery({ ...sessionQuery, staleTime: 0 })
      .then(() => showToast({ title: t('session.stayed') }), tellError)
      .finally(() => setBusy(false));
  };
  return { stay, isBusy };
}

/** Two minutes before the session ends: one click keeps it. Afterwards: where the work is, and the way back to it. */
export function SessionEnd() {
  const { t } = useTranslation('core');
  const format = useFormat();
  const navigate = useNavigate();
  const href = useRouterState({ select: ({ location }) => location.href });
  const nowMs = useNow();
  const endMs = useEndMs();
  const { stay, isBusy } = useStay();
  const [closedFor, setClosedFor] = useState(0);
  const isOver = nowMs >= endMs;
  const signIn = (): void => void navigate({ to: '/sign-in', search: { next: href, reason: 'expired' } });
  return (
    <Dialog
      open={endMs - nowMs <= WARN_MS && closedFor !== endMs}
      onOpenChange={(open) => setClosedFor(open ? 0 : endMs)}
      title={isOver ? t('session.endedTitle') : t('session.endsTitle')}
      description={isOver ? t('session.endedBody') : t('session.endsBody', { time: format.time(endMs) })}
      actions={
        isOver ? (
          <Button variant="primary" onClick={signIn}>
            {t('session.signIn')}
          </Button>
        ) : (
          <Button variant="primary" busy={isBusy} onClick={stay}>
            {t('session.stay')}
          </Button>
        )
      }
    />
  );
}
