import { ApiError } from '@millwright/client';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import { runErrorWords } from '../../../api/fault-words.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { useTexts } from '../../texts.ts';

/** What the service, or the way to it, said: in words of the interface, and as it was. */
function useWords(error: unknown): { readonly text: string; readonly original: string } {
  const { faults } = useTexts();
  const { t } = useTranslation('core');
  if (!(error instanceof ApiError) || error.status === 0) return { text: errorWords(error, t).what, original: '' };
  const { text, original = '' } = runErrorWords({ code: error.code, message: error.detail }, faults);
  return { text, original };
}

/** Why a list is not there, and what to do: connect anew, try again, or enter the id. What was chosen stays. */
export function OptionFault({
  id,
  error,
  credentialId,
  onRetry,
  onEnterId,
}: {
  readonly id: string;
  readonly error: unknown;
  /** The connection that was used. */
  readonly credentialId: string | undefined;
  readonly onRetry: () => void;
  readonly onEnterId: () => void;
}) {
  const { t } = useTexts();
  const { text, original } = useWords(error);
  const isRefused = error instanceof ApiError && error.code.startsWith('credential_');
  const queryClient = useQueryClient();
  useEffect(() => {
    // How the connection stands is shown beside, and has changed.
    if (isRefused) void queryClient.invalidateQueries({ queryKey: ['connections'] });
  }, [isRefused, queryClient]);
  return (
    <div role="alert" className="flex flex-col gap-1 rounded-control border border-status-failed/40 bg-status-failed/8 p-2 text-secondary">
      <p id={id} className="break-words">
        {text}
        {original === '' ? null : <span className="block break-words text-text-2">{t('run.original', { text: original })}</span>}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {isRefused && credentialId !== undefined ? (
          <Link to="/connections" search={{ connection: credentialId }} className="text-accent underline underline-offset-2">
            {t('options.reconnect')}
          </Link>
        ) : null}
        <Button size="sm" variant="quiet" onClick={onRetry}>
          {t('options.retry')}
        </Button>
        <Button size="sm" variant="quiet" onClick={onEnterId}>
          {t('options.enterId')}
        </Button>
      </div>
    </div>
  );
}
