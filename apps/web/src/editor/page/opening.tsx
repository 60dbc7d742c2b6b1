import { LoadingWords, Skeleton } from '../../ui/states/skeleton.tsx';

/** The shape of the editor while it loads; words after a second. */
export function OpeningCanvas() {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-12 shrink-0 items-center gap-3 border-b border-border bg-surface px-4">
        <Skeleton className="w-48" />
        <Skeleton className="ml-auto h-8 w-24" />
      </div>
      <div className="relative flex flex-1 items-center justify-center gap-20 bg-canvas">
        <Skeleton className="h-16 w-60 rounded-card" />
        <Skeleton className="h-16 w-60 rounded-card max-md:hidden" />
        <div className="absolute bottom-6">
          <LoadingWords />
        </div>
      </div>
    </div>
  );
}
