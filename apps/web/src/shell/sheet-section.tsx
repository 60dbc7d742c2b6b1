import type { ReactNode } from 'react';
import { Sheet } from './page.tsx';

/** One subject of a settings page: what it is on the left, its controls on the right. */
export function SheetSection({ title, hint, children }: { readonly title: string; readonly hint: string; readonly children: ReactNode }) {
  return (
    <Sheet>
      <div className="grid gap-4 p-4 sm:grid-cols-[200px_1fr] sm:p-5">
        <div>
          <h2 className="text-panel font-semibold">{title}</h2>
          <p className="text-secondary text-text-3">{hint}</p>
        </div>
        <div className="min-w-0">{children}</div>
      </div>
    </Sheet>
  );
}
