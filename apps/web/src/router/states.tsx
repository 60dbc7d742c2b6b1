import { type ErrorComponentProps, Link, useRouter, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorWords, isChunkError } from '../api/error-words.ts';
import { Logo } from '../shell/logo.tsx';
import { buttonClass } from '../ui/controls/button-class.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { LoadingWords } from '../ui/states/skeleton.tsx';
import { OldVersion } from './old-version.tsx';
import { parseEditorSearch } from './search-params.ts';
import { usePageTitle } from './use-page-title.ts';

/** While a screen's code or texts are on the way. */
export function PendingScreen() {
  return (
    <div className="grid min-h-[50dvh] place-items-center">
      <LoadingWords />
    </div>
  );
}

/** The way to a workflow that needs little: its outline and its content as text. Only where a workflow was to be shown. */
function SafeOpenLink() {
  const { t } = useTranslation('core');
  const { pathname, isSafe } = useRouterState({
    select: ({ location }) => ({ pathname: location.pathname, isSafe: parseEditorSearch(location.search).safe === 1 }),
  });
  const workflowId = /^\/workflows\/([^/]+)$/.exec(pathname)?.[1];
  if (workflowId === undefined || isSafe) return null;
  return (
    <Link to="/workflows/$workflowId" params={{ workflowId }} search={{ safe: 1 }} reloadDocument className={buttonClass('quiet')}>
      {t('ui.safeOpen')}
    </Link>
  );
}

/** A screen that failed: its neighbours go on working. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('core');
  const router = useRouter();
  if (isChunkError(error)) return <OldVersion reloads />;
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return <ErrorState title={t('errors.title')} words={errorWords(error, t)} onRetry={retry} actions={<SafeOpenLink />} />;
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
