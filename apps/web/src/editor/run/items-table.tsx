import type { JsonValue } from '@millwright/core';
import type { Item } from '@millwright/workflow';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useMemo, useRef } from 'react';
import { shortValue } from '../inspector/data-paths.ts';
import { useTexts } from '../texts.ts';

const ROW_PX = 28;
/** Columns that are drawn; the JSON view has them all. */
const MOST_COLUMNS = 40;

function columnsOf(items: readonly Item[]): readonly string[] {
  const keys = new Set<string>();
  for (const item of items) {
    if (typeof item.json === 'object' && item.json !== null && !Array.isArray(item.json))
      for (const key of Object.keys(item.json)) keys.add(key);
    if (keys.size >= MOST_COLUMNS) break;
  }
  return [...keys].slice(0, MOST_COLUMNS);
}

function cell(item: Item, column: string): string {
  const json = item.json as Readonly<Record<string, JsonValue>> | null;
  const value = typeof json === 'object' && json !== null ? json[column] : undefined;
  return value === undefined ? '' : shortValue(value);
}

interface ItemRowProps {
  readonly item: Item;
  readonly index: number;
  readonly columns: readonly string[];
  readonly style: CSSProperties;
}

function ItemRow({ item, index, columns, style }: ItemRowProps) {
  return (
    <div role="row" aria-rowindex={index + 2} className="absolute inset-x-0 grid items-center border-b border-border" style={style}>
      <span role="rowheader" className="num px-2 text-text-3">
        {index + 1}
      </span>
      {columns.map((column) => (
        <span key={column} role="cell" className="truncate px-2 font-mono text-meta" title={cell(item, column)}>
          {cell(item, column)}
        </span>
      ))}
      {columns.length === 0 ? (
        <span role="cell" className="truncate px-2 font-mono text-meta">
          {shortValue(item.json)}
        </span>
      ) : null}
    </div>
  );
}

/** Items as rows, their top-level fields as columns; only the rows in view are in the page. */
export function ItemsTable({ items }: { readonly items: readonly Item[] }) {
  const { t } = useTexts();
  const scroll = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => columnsOf(items), [items]);
  const rows = useVirtualizer({ count: items.length, getScrollElement: () => scroll.current, estimateSize: () => ROW_PX, overscan: 8 });
  const template = `40px ${columns.map(() => 'minmax(110px, 1fr)').join(' ') || '1fr'}`;
  return (
    <div
      ref={scroll}
      role="table"
      aria-label={t('run.table')}
      aria-rowcount={items.length + 1}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto text-secondary"
    >
      <div style={{ minWidth: 40 + columns.length * 110 }}>
        <div
          role="row"
          className="sticky top-0 z-[1] grid border-b border-border bg-raised font-medium text-text-2"
          style={{ gridTemplateColumns: template }}
        >
          <span role="columnheader" className="px-2 py-1">
            #
          </span>
          {columns.map((column) => (
            <span key={column} role="columnheader" className="truncate px-2 py-1" title={column}>
              {column}
            </span>
          ))}
        </div>
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const item = items[row.index];
            const style = { gridTemplateColumns: template, height: ROW_PX, top: row.start };
            return item ? <ItemRow key={row.key} item={item} index={row.index} columns={columns} style={style} /> : null;
          })}
        </div>
      </div>
    </div>
  );
}
