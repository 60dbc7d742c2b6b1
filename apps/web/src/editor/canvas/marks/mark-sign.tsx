import { ArrowRight, Minus, PencilLine, Plus } from 'lucide-react';
import type { Mark } from '../../core/graph/comparison.ts';

const SIGNS = { added: Plus, removed: Minus, changed: PencilLine, moved: ArrowRight } as const;

/** The sign of a mark: its shape says what its colour says. */
export function MarkSign({ mark, sizePx = 12 }: { readonly mark: Mark; readonly sizePx?: number }) {
  const Sign = SIGNS[mark];
  return (
    <span className="mw-mark" data-mark={mark} aria-hidden="true">
      <Sign size={sizePx} strokeWidth={2.5} />
    </span>
  );
}
