import type { CredentialView } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/controls/button.tsx';
import { CopyButton } from '../../../ui/controls/copy-button.tsx';
import { appOf } from '../connection-words.ts';
import { ConsoleLink } from '../parts/console-facts.tsx';
import { NumberedSteps } from '../parts/numbered-steps.tsx';
import { Notice } from '../parts/notice.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { useDevice } from './use-device.ts';

/** Numbered steps of connecting by a code that is typed in elsewhere. */
export function DeviceStep({ connection, onConnected }: { readonly connection: CredentialView; readonly onConnected: () => void }) {
  const { t } = useTranslation('connections');
  const { phase, start } = useDevice(connection.id, onConnected);
  const app = appOf(connection);
  if (phase.is === 'refused')
    return (
      <div className="mt-4">
        <RefusalNotice code={phase.code} connection={connection} onAgain={() => start()} onAnyAccount={() => start({ anyAccount: true })} />
      </div>
    );
  if (phase.is !== 'waiting')
    return (
      <Button variant="primary" className="mt-4" busy={phase.is === 'starting'} onClick={() => start()}>
        {t('device.start')}
      </Button>
    );
  return (
    <>
      <NumberedSteps
        label={t('consent.steps')}
        steps={[
          { key: 'open', title: t('device.open'), content: <ConsoleLink url={phase.verificationUrl} app={app} /> },
          {
            key: 'code',
            title: t('device.enter'),
            content: (
              <div className="flex items-center gap-3">
                <code className="num font-mono text-[22px] font-semibold tracking-widest">{phase.userCode}</code>
                <CopyButton text={phase.userCode} size="sm" />
              </div>
            ),
          },
          { key: 'back', title: t('device.back') },
        ]}
      />
      <div className="mt-4">
        <Notice tone="info" title={t('device.waiting')} />
      </div>
    </>
  );
}
