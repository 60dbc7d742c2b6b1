import type { ReactNode } from 'react';

/** A list or panel that has nothing to show yet. */
export interface EmptyStateProps {
  /** A drawing, at most 64 px high. */
  readonly art?: ReactNode;
  readonly title: string;
  /** Why it is empty and what to do first. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** Always says what to do first. */
export function EmptyState({ art, title, children, actions }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-12 text-center">
      {art ? <div className="mb-2 text-text-3">{art}</div> : null}
      <h2 className="text-panel font-semibold">{title}</h2>
      {children ? <div className="text-body text-text-2">{children}</div> : null}
      {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
