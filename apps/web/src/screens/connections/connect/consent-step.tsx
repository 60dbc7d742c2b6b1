import type { CredentialTypeView, CredentialView } from '@millwright/contracts';
import { unreachable } from '@millwright/core';
import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/controls/button.tsx';
import { appOf } from '../connection-words.ts';
import { ScopeList } from '../parts/console-facts.tsx';
import { Notice } from '../parts/notice.tsx';
import { NumberedSteps } from '../parts/numbered-steps.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import type { Consent } from './use-consent.ts';

function ConsentNotice({ connection, consent }: { readonly connection: CredentialView; readonly consent: Consent }) {
  const { t } = useTranslation('connections');
  const { phase, open, openHere } = consent;
  const app = appOf(connection);
  const again = (
    <Button size="sm" onClick={() => open()}>
      {t('consent.openAgain')}
    </Button>
  );
  switch (phase.is) {
    case 'idle':
    case 'starting':
    case 'connected':
      return null;
    case 'waiting':
      return phase.cameBack ? (
        <Notice tone="info" title={t('consent.cameBack', { app })} actions={again}>
          <p>{t('consent.cameBackNext')}</p>
          <p className="mt-1">{t('consent.unverified')}</p>
        </Notice>
      ) : (
        <Notice tone="info" title={t('consent.waiting', { app })} actions={again}>
          {t('consent.waitingNext')}
        </Notice>
      );
    case 'blocked':
      return (
        <Notice
          tone="bad"
          title={t('consent.blocked')}
          actions={
            <>
              {again}
              <Button size="sm" variant="quiet" onClick={openHere}>
                {t('consent.openHere')}
              </Button>
            </>
          }
        >
          {t('consent.blockedNext')}
        </Notice>
      );
    case 'refused':
      return (
        <RefusalNotice code={phase.code} connection={connection} onAgain={() => open()} onAnyAccount={() => open({ anyAccount: true })} />
      );
    default:
      return unreachable(phase);
  }
}

/** Numbered steps of connecting in the service's window, and what came of it. */
export function ConsentStep({
  connection,
  type,
  consent,
}: {
  readonly connection: CredentialView;
  readonly type: CredentialTypeView | undefined;
  readonly consent: Consent;
}) {
  const { t } = useTranslation('connections');
  const app = appOf(connection);
  const isBusy = consent.phase.is === 'starting';
  const hasBegun = consent.phase.is !== 'idle' && !isBusy;
  return (
    <>
      <NumberedSteps
        label={t('consent.steps')}
        steps={[
          {
            key: 'open',
            title: t('consent.open', { app }),
            content: hasBegun ? null : (
              <Button variant="primary" busy={isBusy} className="self-start" onClick={() => consent.open()}>
                <ExternalLink size={14} aria-hidden="true" />
                {t('consent.connect', { app })}
              </Button>
            ),
          },
          {
            key: 'accept',
            title: connection.account === null ? t('consent.accept') : t('consent.acceptAs', { account: connection.account }),
            content: <ScopeList scopes={type?.scopes ?? []} />,
          },
          { key: 'back', title: t('consent.back') },
        ]}
      />
      <div className="mt-4 empty:hidden">
        <ConsentNotice connection={connection} consent={consent} />
      </div>
    </>
  );
}
