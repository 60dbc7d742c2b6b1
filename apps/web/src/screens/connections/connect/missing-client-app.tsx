import type { CredentialTypeView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import { useCan, useSession } from '../../../api/session.ts';
import { CopyButton } from '../../../ui/controls/copy-button.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { SkeletonRows } from '../../../ui/states/skeleton.tsx';
import { ClientAppForm } from '../../client-apps/client-app-form.tsx';
import { clientAppsQuery } from '../connection-queries.ts';
import { Notice } from '../parts/notice.tsx';

function EnterIt({ id, type }: { readonly id: string; readonly type: CredentialTypeView }) {
  const core = useTranslation('core');
  const apps = useQuery(clientAppsQuery);
  const app = apps.data?.items.find(({ connectorKey }) => connectorKey === type.connectorKey);
  if (apps.isError && !apps.data)
    return <ErrorState compact title={core.t('errors.title')} words={errorWords(apps.error, core.t)} onRetry={() => void apps.refetch()} />;
  // What comes after saving shows by itself: the kind is read again.
  return app === undefined ? <SkeletonRows rows={3} /> : <ClientAppForm id={id} app={app} onDone={() => undefined} />;
}

/** Nobody has entered this app's client yet: who may does it here and now, others learn whom to ask. */
export function MissingClientApp({ id, type }: { readonly id: string; readonly type: CredentialTypeView }) {
  const { t } = useTranslation('connections');
  const { server } = useSession();
  const canManage = useCan('credentials.manage');
  const values = { app: type.connectorTitle };
  if (canManage)
    return (
      <>
        <p className="mt-3 text-text-2">{t('clientMissing.intro', values)}</p>
        <EnterIt id={id} type={type} />
      </>
    );
  return (
    <div className="mt-3">
      <Notice
        tone="info"
        title={t('clientMissing.title', values)}
        actions={<CopyButton size="sm" text={`${server.url}/settings/apps?app=${type.connectorKey}`} label={t('clientMissing.copy')} />}
      >
        {t('clientMissing.ask', values)}
      </Notice>
    </div>
  );
}
