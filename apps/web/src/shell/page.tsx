import type { ReactNode } from 'react';
import { usePageTitle } from '../router/use-page-title.ts';
import { type Crumb, TopBar } from './top-bar.tsx';

/** A screen that scrolls: everything but the canvas. */
export interface PageProps {
  readonly title: string;
  /** Levels above; the title is the last crumb by itself. */
  readonly crumbs?: readonly Crumb[];
  /** Behind the title, such as a live sign. */
  readonly status?: ReactNode;
  /** The row over the content: search and filters first, the main action last. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** Top bar with the heading (it takes the focus after a navigation) and content of at most 1120 px. */
export function Page({ title, crumbs, status, tools, children }: PageProps) {
  usePageTitle(title);
  const heading = (
    <h1 tabIndex={-1} className="truncate text-body font-semibold">
      {title}
    </h1>
  );
  return (
    <>
      <TopBar crumbs={[...(crumbs ?? []), { label: heading }]} status={status} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-[1120px] flex-col px-3 pt-4 pb-12 sm:px-6 sm:pt-5">
          {tools ? <div className="mb-3 flex flex-wrap items-center gap-2">{tools}</div> : null}
          {children}
        </div>
      </div>
    </>
  );
}

/** The white sheet that lists and forms lie on. */
export function Sheet({ children }: { readonly children: ReactNode }) {
  return <section className="overflow-hidden rounded-card border border-border bg-surface">{children}</section>;
}
