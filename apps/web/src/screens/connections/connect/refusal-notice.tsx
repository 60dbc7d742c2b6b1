import type { CredentialView } from '@millwright/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan, useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { buttonClass } from '../../../ui/controls/button-class.ts';
import { appOf } from '../connection-words.ts';
import { CopyLine } from '../parts/console-facts.tsx';
import { Notice } from '../parts/notice.tsx';
import { refusalOf } from './refusals.ts';

/** Why connecting did not work, in words of its own for each cause, with its next action. */
export function RefusalNotice({
  code,
  connection,
  onAgain,
  onAnyAccount,
}: {
  readonly code: string;
  readonly connection: CredentialView;
  readonly onAgain: () => void;
  /** Absent where another account cannot be allowed from here. */
  readonly onAnyAccount?: (() => void) | undefined;
}) {
  const { t } = useTranslation('connections');
  const { server } = useSession();
  const canManage = useCan('credentials.manage');
  const { refusal, remedy } = refusalOf(code);
  const values = { app: appOf(connection), account: connection.account ?? t('refusals.someAccount') };
  return (
    <Notice
      tone="bad"
      title={t(`refusals.${refusal}.what`, values)}
      actions={
        <>
          <Button size="sm" onClick={onAgain}>
            {t('refusals.again')}
          </Button>
          {remedy === 'anyAccount' && onAnyAccount ? (
            <Button size="sm" variant="quiet" onClick={onAnyAccount}>
              {t('refusals.anyAccount')}
            </Button>
          ) : null}
          {(remedy === 'clientApp' || remedy === 'redirect') && canManage ? (
            <Link to="/settings/apps" search={{ app: connection.connectorKey }} className={buttonClass('quiet', 'sm')}>
              {t('refusals.openClientApp')}
            </Link>
          ) : null}
        </>
      }
    >
      <p>{t(`refusals.${refusal}.next`, values)}</p>
      {remedy === 'redirect' ? (
        <div className="mt-2">
          <CopyLine label={t('facts.redirectUri')} text={`${server.url}/oauth/callback`} />
        </div>
      ) : null}
    </Notice>
  );
}
