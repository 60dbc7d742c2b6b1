import { ApiError } from '@millwright/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { usePageTitle } from '../../router/use-page-title.ts';
import { Button } from '../../ui/controls/button.tsx';
import { buttonClass } from '../../ui/controls/button-class.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { LoadingWords } from '../../ui/states/skeleton.tsx';
import { type ConsentNews, tellConsent } from './connect/consent-channel.ts';
import { refusalOf } from './connect/refusals.ts';

/** Hands the service's answer to the server and says what came of it, here and in the window that waits. */
async function finish(state: string, code: string | undefined, error: string | undefined): Promise<ConsentNews['outcome']> {
  const outcome = await api.credentials
    .finishOauth({ body: { state, ...(code === undefined ? {} : { code }), ...(error === undefined ? {} : { error }) } })
    .then(
      ({ id }): ConsentNews['outcome'] => ({ is: 'connected', credentialId: id }),
      (thrown: unknown): ConsentNews['outcome'] => {
        if (thrown instanceof ApiError) return { is: 'refused', code: thrown.code };
        throw thrown;
      },
    );
  tellConsent({ state, outcome });
  return outcome;
}

/** Read once and as text: the router reads digits as a number, and the address is emptied. */
function answerInAddress(): { readonly state: string; readonly code: string | undefined; readonly error: string | undefined } {
  const search = new URLSearchParams(window.location.search);
  return { state: search.get('state') ?? '', code: search.get('code') ?? undefined, error: search.get('error') ?? undefined };
}

/** What came of it, for whoever still looks at this window. */
function Outcome({ outcome }: { readonly outcome: ConsentNews['outcome'] }) {
  const { t } = useTranslation('connections');
  const isConnected = outcome.is === 'connected';
  const values = { app: t('callback.service'), account: t('refusals.someAccount') };
  return (
    <EmptyState
      level={1}
      art={
        isConnected ? (
          <CircleCheck size={32} className="text-status-success" aria-hidden="true" />
        ) : (
          <CircleAlert size={32} className="text-status-failed" aria-hidden="true" />
        )
      }
      title={
        isConnected
          ? t('callback.connected')
          : t(`refusals.${refusalOf(outcome.is === 'refused' ? outcome.code : '').refusal}.what`, values)
      }
      actions={
        <>
          <Link to="/connections" className={buttonClass('secondary')}>
            {t('callback.open')}
          </Link>
          <Button variant="primary" onClick={() => window.close()}>
            {t('callback.close')}
          </Button>
        </>
      }
    >
      {isConnected ? t('callback.connectedNext') : t('callback.refusedNext')}
    </EmptyState>
  );
}

/** Where services send people back to: the small window, or this tab when windows were blocked. */
export function OauthCallbackPage() {
  const { t } = useTranslation('connections');
  const [{ state, code, error }] = useState(answerInAddress);
  usePageTitle(t('callback.title'));
  // A query and not a mutation: an answer is good once, and a query is asked once however often the page is drawn.
  const { data } = useQuery({
    queryKey: ['consent', state],
    queryFn: () => finish(state, code, error),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  // The code leaves the address: neither history nor a screenshot keeps it.
  useEffect(() => window.history.replaceState(window.history.state, '', '/oauth/callback'), []);
  const isConnected = data?.is === 'connected';
  useEffect(() => {
    if (isConnected) window.close();
  }, [isConnected]);
  return <main className="grid min-h-dvh place-items-center">{data === undefined ? <LoadingWords /> : <Outcome outcome={data} />}</main>;
}
