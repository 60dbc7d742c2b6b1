import { ChevronRight, Plug, Sparkles } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { categoryColor } from '../look/category.ts';
import { TypeIcon } from '../look/type-icon.tsx';
import { useTexts } from '../texts.ts';
import type { PickerEntry, PickerRow } from './picker-entries.ts';
import type { useCarry } from './use-carry.ts';
import { useConnected } from './use-connected.ts';

/** Element id of a row, for `aria-activedescendant`. */
export function optionId(row: PickerRow): string {
  const name =
    row.kind === 'template' ? `template-${row.template.key}-${row.use}` : row.kind === 'app' ? `app-${row.key}` : row.entry.info.type;
  return `picker-${name.replaceAll('.', '-')}`;
}

/** What the list shows and tells. */
export interface PickerListProps {
  readonly rows: readonly PickerRow[];
  readonly active: number;
  /** Shown where there are no rows. */
  readonly empty: ReactNode;
  readonly carry: Pick<ReturnType<typeof useCarry>, 'rowProps'>;
  readonly onHover: (index: number) => void;
  readonly onPick: (index: number) => void;
}

function Badge() {
  const { t } = useTexts();
  return (
    <span className="flex shrink-0 items-center gap-1 rounded-full border border-border px-1.5 text-meta text-text-2">
      <Plug size={11} aria-hidden="true" />
      {t('picker.connected')}
    </span>
  );
}

function RowIcon({ entry }: { readonly entry: PickerEntry | null }) {
  const color = entry ? categoryColor(entry.info.category) : 'var(--accent)';
  return (
    <span
      className="grid size-8 shrink-0 place-items-center rounded-[8px]"
      style={{ color, background: `color-mix(in srgb, ${color} 16%, var(--surface))` }}
    >
      {entry ? <TypeIcon icon={entry.info.icon} /> : <Sparkles size={18} aria-hidden="true" />}
    </span>
  );
}

/** What a row is called, and what is said of it. */
function wordsOf(row: PickerRow, { t }: ReturnType<typeof useTexts>): readonly [title: string, line: string] {
  if (row.kind === 'app') return [row.title, t('picker.operations', { count: row.count })];
  if (row.kind === 'step') return [row.entry.title, row.entry.description];
  return [row.template.title, t(row.use === 'put' ? 'picker.templateHere' : 'picker.template')];
}

function RowText({ row }: { readonly row: PickerRow }) {
  const [title, line] = wordsOf(row, useTexts());
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate text-body font-medium">{title}</span>
      <span className="block truncate text-secondary text-text-2">{line}</span>
    </span>
  );
}

/** The rows; the chosen one stays in view. */
export function PickerList({ rows, active, empty, carry, onHover, onPick }: PickerListProps) {
  const { t } = useTexts();
  const isConnected = useConnected();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, rows]);
  if (rows.length === 0) return <div className="flex-1 p-4 text-body text-text-2">{empty}</div>;
  return (
    <div ref={list} id="picker-list" role="listbox" aria-label={t('picker.title')} className="min-w-0 flex-1 overflow-y-auto p-1.5">
      {rows.map((row, index) => {
        const entry = row.kind === 'app' ? row.first : row.kind === 'step' ? row.entry : null;
        const drag = row.kind === 'step' ? carry.rowProps(row.entry.info) : null;
        return (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the search field has focus and keys
          <div
            key={optionId(row)}
            id={optionId(row)}
            role="option"
            aria-selected={index === active}
            {...drag}
            onPointerMove={(event) => {
              if (index !== active) onHover(index);
              drag?.onPointerMove(event);
            }}
            onClick={() => onPick(index)}
            className="mw-picker-row flex items-center gap-2.5 rounded-control px-2 py-1.5 select-none aria-selected:bg-raised"
          >
            <RowIcon entry={entry} />
            <RowText row={row} />
            {entry && isConnected(entry.info) ? <Badge /> : null}
            {row.kind === 'app' ? <ChevronRight size={16} className="shrink-0 text-text-3" aria-hidden="true" /> : null}
          </div>
        );
      })}
    </div>
  );
}
