import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../controls/button.tsx';
import { classes } from '../controls/classes.ts';

/** A failure in words. `api/error-words.ts` makes these from anything thrown. */
export interface ErrorWords {
  /** What happened, and what is safe. */
  readonly what: string;
  /** What to do next. */
  readonly next: string;
  /** Stable code for support; shown small, never first. */
  readonly code?: string | undefined;
}

/** A place that cannot show its content. */
export interface ErrorStateProps {
  readonly title: string;
  readonly words: ErrorWords;
  readonly onRetry?: (() => void) | undefined;
  readonly retryLabel?: string;
  readonly actions?: ReactNode;
  /** For panels and dialogs: left-aligned, no large margins. */
  readonly compact?: boolean;
}

/** What happened, what is safe, and the next action. */
export function ErrorState({ title, words, onRetry, retryLabel, actions, compact = false }: ErrorStateProps) {
  const { t } = useTranslation('core');
  return (
    <div role="alert" className={classes('flex flex-col gap-2', compact ? 'p-3' : 'mx-auto max-w-md items-center px-4 py-12 text-center')}>
      <CircleAlert size={compact ? 18 : 28} className="text-status-failed" aria-hidden="true" />
      <h2 className="text-panel font-semibold">{title}</h2>
      <p className="text-body text-text-2">
        {words.what} {words.next}
      </p>
      {words.code ? <p className="text-meta text-text-3">{t('errors.code', { code: words.code })}</p> : null}
      {onRetry || actions ? (
        <div className={classes('mt-2 flex flex-wrap gap-2', !compact && 'justify-center')}>
          {onRetry ? <Button onClick={onRetry}>{retryLabel ?? t('ui.retry')}</Button> : null}
          {actions}
        </div>
      ) : null}
    </div>
  );
}
