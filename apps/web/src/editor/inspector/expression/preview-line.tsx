import { useEffect, useState } from 'react';
import { CornerDownRight } from 'lucide-react';
import { useTexts } from '../../texts.ts';
import { shortValue } from '../data-paths.ts';
import { usePreviewState } from '../preview-context.ts';
import { incoming } from '../samples.ts';
import type { Preview } from './evaluate.ts';
import { useAim } from './use-aim.ts';

/** Pause in typing before a preview is made, ms. */
const PREVIEW_AFTER_MS = 120;

function usePreview(source: string): Preview | null {
  const aim = useAim();
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    if (!aim) return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      const show = (made: Preview | null): void => {
        if (isCurrent) setPreview(made);
      };
      // While a part of the language is fetched, such as dates, nothing is shown; nor where it cannot be fetched.
      const wait = (): void => show(null);
      void import('./evaluate.ts')
        .then(({ evaluatePreview, withParts }) => withParts(() => evaluatePreview(source, aim), wait))
        .then(show, wait);
    }, PREVIEW_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [source, aim]);
  return preview;
}

/** An error in plain words, with what was probably meant. */
function useErrorWords(): (error: Extract<Preview, { readonly kind: 'error' }>) => string {
  const { say, has, t } = useTexts();
  return ({ code, hint, missingKey, suggestion }) => {
    const key = `expression.${code}`;
    const what = has(key) && (missingKey !== '' || code !== 'expression_missing_key') ? say(key, { key: missingKey }) : hint;
    return suggestion === '' ? what : `${what} ${t('expression.suggestion', { suggestion })}`;
  };
}

/**
 * Under a field with an expression: its value for the chosen item, or what is wrong.
 * @param isExplained what is wrong is listed already
 */
export function PreviewLine({ source, isExplained }: { readonly source: string; readonly isExplained: boolean }) {
  const { t } = useTexts();
  const aim = useAim();
  const state = usePreviewState();
  const preview = usePreview(source);
  const words = useErrorWords();
  if (!preview || !aim || !state) return <p className="min-h-4 text-secondary text-text-3" />;
  if (preview.kind === 'error') {
    if (isExplained) return null;
    return (
      <p role="status" className="flex gap-1.5 text-secondary text-status-failed">
        <CornerDownRight size={13} className="mt-0.5 shrink-0" aria-hidden="true" />
        <span className="min-w-0 break-words">{words(preview)}</span>
      </p>
    );
  }
  const { items, source: origin } = incoming(aim, state.nodeId);
  const isEmpty = preview.value === null || preview.value === '';
  return (
    <p role="status" className="flex items-baseline gap-1.5 text-secondary text-text-2">
      <CornerDownRight size={13} className="shrink-0 translate-y-0.5 text-text-3" aria-hidden="true" />
      <span className="min-w-0 truncate font-mono text-text" title={shortValue(preview.value)}>
        {isEmpty ? <em className="font-sans text-text-3 not-italic">{t('expression.empty')}</em> : shortValue(preview.value)}
      </span>
      <span className="ml-auto shrink-0 text-meta text-text-3">
        {origin === 'run'
          ? t('expression.forItem', { number: Math.min(state.itemIndex, items.length - 1) + 1, count: items.length })
          : t('expression.example')}
      </span>
    </p>
  );
}
