import type { ReactNode } from 'react';
import { usePageTitle } from '../router/use-page-title.ts';
import { type Crumb, TopBar } from './top-bar.tsx';

/** A screen that scrolls: everything but the canvas. */
export interface PageProps {
  readonly title: string;
  /** Levels above; the title is the last crumb by itself. */
  readonly crumbs?: readonly Crumb[];
  /** Beside the heading, the main action last. */
  readonly actions?: ReactNode;
  /** Beside the heading's text, such as a live sign. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** Top bar, heading (it takes the focus after a navigation) and content of at most 1120 px. */
export function Page({ title, crumbs = [], actions, aside, children }: PageProps) {
  usePageTitle(title);
  return (
    <>
      <TopBar crumbs={[...crumbs, { label: title }]} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-[1120px] flex-col px-3 pt-6 pb-12 sm:px-6">
          <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2">
            <h1 tabIndex={-1} className="text-page font-semibold tracking-tight">
              {title}
            </h1>
            {aside}
            {actions ? <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div> : null}
          </div>
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
