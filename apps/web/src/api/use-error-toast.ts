import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../ui/layers/toast.tsx';
import { errorWords } from './error-words.ts';
import { isSignedOut } from './query-client.ts';

/** Tells in a toast that an action failed and what to do next; silent when the sign-in page says it already. */
export function useErrorToast(): (error: unknown) => void {
  const { t } = useTranslation('core');
  return useCallback(
    (error) => {
      if (isSignedOut(error)) return;
      const words = errorWords(error, t);
      showToast({ title: t('errors.actionTitle'), description: `${words.what} ${words.next}`, tone: 'failed' });
    },
    [t],
  );
}
