import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../controls/classes.ts';

const WORDS_AFTER_MS = 1000;
const PATIENCE_AFTER_MS = 8000;

/** One grey bar in the shape of what is coming. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden="true" className={classes('skeleton block h-3 rounded-[4px]', className)} />;
}

/** Words that appear after a second of waiting, and say more after eight. */
export function LoadingWords() {
  const { t } = useTranslation('core');
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const timers = [setTimeout(() => setStage(1), WORDS_AFTER_MS), setTimeout(() => setStage(2), PATIENCE_AFTER_MS)];
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <output className="block min-h-4 text-secondary text-text-3">
      {stage === 0 ? '' : t(stage === 1 ? 'ui.loading' : 'ui.stillLoading')}
    </output>
  );
}

/** Rows of a list that is loading. */
export function SkeletonRows({ rows = 6 }: { readonly rows?: number }) {
  return (
    <div className="flex flex-col gap-1 py-2">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-(--row) items-center gap-4 px-3">
          <Skeleton className="size-4 rounded-full" />
          <Skeleton className={classes('h-3', row % 3 === 0 ? 'w-48' : row % 3 === 1 ? 'w-64' : 'w-40')} />
          <Skeleton className="ml-auto h-3 w-20" />
        </div>
      ))}
      <div className="px-3">
        <LoadingWords />
      </div>
    </div>
  );
}
