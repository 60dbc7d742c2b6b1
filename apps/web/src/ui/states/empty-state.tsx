import type { ReactNode } from 'react';

/** A list or panel that has nothing to show yet. */
export interface EmptyStateProps {
  /** A drawing, at most 64 px high. */
  readonly art?: ReactNode;
  readonly title: string;
  /** Why it is empty and what to do first. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Level of its heading: 1 where it is the whole page. Default 2. */
  readonly level?: 1 | 2;
}

/** Always says what to do first. */
export function EmptyState({ art, title, children, actions, level = 2 }: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-12 text-center">
      {art ? <div className="mb-2 text-text-3">{art}</div> : null}
      <Heading className="text-panel font-semibold">{title}</Heading>
      {children ? <div className="text-body text-text-2">{children}</div> : null}
      {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
