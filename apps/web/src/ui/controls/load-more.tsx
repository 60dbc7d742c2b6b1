import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

/** The end of a list that has more pages. */
export interface LoadMoreProps {
  readonly hasMore: boolean;
  readonly busy: boolean;
  readonly onMore: () => void;
}

/** Loads the next page when it is scrolled into view; the button does the same for everybody else. */
export function LoadMore({ hasMore, busy, onMore }: LoadMoreProps) {
  const { t } = useTranslation('core');
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (!element || !hasMore || busy) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onMore();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasMore, busy, onMore]);
  if (!hasMore) return null;
  return (
    <div ref={end} className="flex justify-center border-t border-border p-2">
      <Button variant="quiet" busy={busy} onClick={onMore}>
        {t('ui.loadMore')}
      </Button>
    </div>
  );
}
