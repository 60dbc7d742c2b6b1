import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../ui/states/error-state.tsx';
import { reloadOnceFor, useNewVersion } from './new-version.ts';

interface OldVersionProps {
  /** Loads the page anew by itself: only where nothing that was typed stands on it. Default false. */
  readonly reloads?: boolean;
  readonly compact?: boolean;
}

/** A part of the app could not be fetched: after an upgrade of the server there is a new version, else the network is to blame. */
export function OldVersion({ reloads = false, compact = false }: OldVersionProps) {
  const { t } = useTranslation('core');
  const version = useNewVersion();
  useEffect(() => {
    if (reloads && version) reloadOnceFor(version);
  }, [reloads, version]);
  const words = version
    ? { what: t('errors.newVersion'), next: t('errors.newVersionNext') }
    : { what: t('errors.network'), next: t('errors.networkNext') };
  return (
    <ErrorState
      compact={compact}
      title={version ? t('errors.newVersionTitle') : t('errors.title')}
      words={words}
      onRetry={() => window.location.reload()}
      retryLabel={t('ui.reload')}
    />
  );
}
