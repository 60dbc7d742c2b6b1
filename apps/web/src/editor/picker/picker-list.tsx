import { useEffect, useRef } from 'react';
import { categoryColor } from '../look/category.ts';
import { TypeIcon } from '../look/type-icon.tsx';
import { useTexts } from '../texts.ts';
import type { PickerEntry } from './picker-entries.ts';

/** Element id of a row, for `aria-activedescendant`. */
export function optionId(type: string): string {
  return `picker-${type.replaceAll('.', '-')}`;
}

/** What the list shows and tells. */
export interface PickerListProps {
  readonly entries: readonly PickerEntry[];
  readonly active: number;
  readonly search: string;
  readonly onHover: (index: number) => void;
  readonly onPick: (index: number) => void;
}

/** The rows; the chosen one stays in view. */
export function PickerList({ entries, active, search, onHover, onPick }: PickerListProps) {
  const { t } = useTexts();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, entries]);
  if (entries.length === 0) {
    return (
      <div className="flex-1 p-4 text-body text-text-2" role="status">
        <p className="font-medium text-text">{t('picker.nothing', { search })}</p>
        <p>{t('picker.nothingHint')}</p>
      </div>
    );
  }
  return (
    <div ref={list} id="picker-list" role="listbox" aria-label={t('picker.title')} className="min-w-0 flex-1 overflow-y-auto p-1.5">
      {entries.map((entry, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the search field has focus and keys
        <div
          key={entry.info.type}
          id={optionId(entry.info.type)}
          role="option"
          aria-selected={index === active}
          onPointerMove={() => (index === active ? undefined : onHover(index))}
          onClick={() => onPick(index)}
          className="flex items-center gap-2.5 rounded-control px-2 py-1.5 aria-selected:bg-raised"
        >
          <span
            className="grid size-8 shrink-0 place-items-center rounded-[8px]"
            style={{
              color: categoryColor(entry.info.category),
              background: `color-mix(in srgb, ${categoryColor(entry.info.category)} 16%, var(--surface))`,
            }}
          >
            <TypeIcon icon={entry.info.icon} />
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-body font-medium">{entry.title}</span>
            <span className="block truncate text-secondary text-text-2">{entry.description}</span>
          </span>
        </div>
      ))}
    </div>
  );
}
