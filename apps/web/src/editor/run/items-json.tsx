import type { Item } from '@millwright/workflow';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { CopyButton } from '../../ui/controls/copy-button.tsx';
import { useTexts } from '../texts.ts';

const LINE_PX = 18;

/** Items as JSON, line by line; only the lines in view are in the page. */
export function ItemsJson({ items }: { readonly items: readonly Item[] }) {
  const { t } = useTexts();
  const scroll = useRef<HTMLDivElement>(null);
  const text = useMemo(
    () =>
      JSON.stringify(
        items.map((item) => (item.error ? { json: item.json, error: item.error } : item.json)),
        null,
        2,
      ),
    [items],
  );
  const lines = useMemo(() => text.split('\n'), [text]);
  const rows = useVirtualizer({ count: lines.length, getScrollElement: () => scroll.current, estimateSize: () => LINE_PX, overscan: 20 });
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div className="absolute top-1 right-3 z-[1]">
        <CopyButton text={text} iconOnly size="sm" variant="quiet" label={t('run.copyJson')} />
      </div>
      <div
        ref={scroll}
        role="region"
        aria-label={t('run.json')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto p-2 font-mono text-meta"
      >
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => (
            <div
              key={row.key}
              className="absolute inset-x-0 whitespace-pre"
              style={{ top: row.start, height: LINE_PX, lineHeight: `${LINE_PX}px` }}
            >
              {lines[row.index]}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
