import { ApiError } from '@millwright/client';
import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useErrorToast } from '../../api/use-error-toast.ts';
import { Sheet } from '../../shell/page.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { CopyButton } from '../../ui/controls/copy-button.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { useStartProof } from './proof-queries.ts';

const COMMAND = 'npm run prove:durable';

/** Where nobody would start the process again: how to see the same elsewhere. */
export function ElsewherePanel() {
  const { t } = useTranslation('reliability');
  return (
    <Sheet>
      <div className="flex flex-col gap-3 p-4 sm:p-5">
        <h2 className="text-panel font-semibold">{t('elsewhere.title')}</h2>
        <p className="text-text-2">{t('elsewhere.text')}</p>
        <div className="flex flex-wrap items-center gap-2">
          <code className="min-w-0 rounded-control border border-border bg-raised px-2 py-1 font-mono text-secondary break-words">
            {COMMAND}
          </code>
          <CopyButton text={COMMAND} label={t('elsewhere.copy')} size="sm" />
        </div>
      </div>
    </Sheet>
  );
}

/** What pulling the plug does, then the button. */
export function PullPanel({ isRunning }: { readonly isRunning: boolean }) {
  const { t } = useTranslation('reliability');
  const tellError = useErrorToast();
  const start = useStartProof();
  const pull = (): void =>
    start.mutate(undefined, {
      onError: (error) => {
        if (error instanceof ApiError && error.code === 'proof_running')
          showToast({ title: t('pull.failedTitle'), description: t('pull.taken'), tone: 'failed' });
        else tellError(error);
      },
    });
  return (
    <Sheet>
      <div className="flex flex-col gap-3 p-4 sm:p-5">
        <h2 className="text-panel font-semibold">{t('pull.title')}</h2>
        <p id="pull-before">{t('pull.before')}</p>
        <ol id="pull-consequences" className="list-decimal space-y-1 pl-5 text-text-2">
          {(['runs', 'kill', 'away', 'others', 'back'] as const).map((key) => (
            <li key={key}>{t(`pull.${key}`)}</li>
          ))}
        </ol>
        <div>
          <Button variant="danger" busy={start.isPending || isRunning} aria-describedby="pull-before pull-consequences" onClick={pull}>
            {isRunning ? null : <Unplug size={14} aria-hidden="true" />}
            {isRunning ? t('pull.running') : t('pull.action')}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
