import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorWords, isChunkError } from '../api/error-words.ts';
import { Logo } from '../shell/logo.tsx';
import { buttonClass } from '../ui/controls/button-class.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { LoadingWords } from '../ui/states/skeleton.tsx';
import { usePageTitle } from './use-page-title.ts';

/** While a screen's code or texts are on the way. */
export function PendingScreen() {
  return (
    <div className="grid min-h-[50dvh] place-items-center">
      <LoadingWords />
    </div>
  );
}

/** A screen that failed: its neighbours go on working. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('core');
  const router = useRouter();
  const isOld = isChunkError(error);
  const retry = (): void => {
    if (isOld) {
      window.location.reload();
      return;
    }
    reset();
    void router.invalidate();
  };
  return (
    <ErrorState
      title={t('errors.title')}
      words={errorWords(error, t)}
      onRetry={retry}
      retryLabel={isOld ? t('ui.reload') : t('ui.retry')}
    />
  );
}

/** An address that leads nowhere. */
export function LostScreen() {
  const { t } = useTranslation('core');
  usePageTitle(t('errors.lostTitle'));
  const home = (
    <Link to="/workflows" className={buttonClass('primary')}>
      {t('errors.goHome')}
    </Link>
  );
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState level={1} art={<Logo sizePx={40} />} title={t('errors.lostTitle')} actions={home}>
        {t('errors.lost')}
      </EmptyState>
    </main>
  );
}
