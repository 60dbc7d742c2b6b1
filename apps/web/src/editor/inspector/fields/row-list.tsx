import { ChevronDown, ChevronUp, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

/** A list of rows that can be added, removed and moved by buttons. */
export interface RowListProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly onChange: (rows: readonly R[]) => void;
  readonly empty: () => R;
  readonly addLabel: string;
  /** Names a row, where rows have a name that lasts; otherwise its place does. */
  readonly keyOf?: ((row: R) => string) | undefined;
  readonly children: (row: R, index: number, replace: (row: R) => void) => ReactNode;
}

const smallButton = 'grid size-6 place-items-center rounded-control text-text-3 hover:bg-raised hover:text-text disabled:opacity-30';

function moved<R>(rows: readonly R[], from: number, to: number): readonly R[] {
  const row = rows[from];
  return row === undefined ? rows : rows.toSpliced(from, 1).toSpliced(to, 0, row);
}

/** Every drag has a button: rows move up and down without one. */
export function RowList<R>({ label, rows, onChange, empty, addLabel, keyOf, children }: RowListProps<R>) {
  const { t } = useTexts();
  const { isReadOnly } = useEditor();
  return (
    <div role="group" aria-label={label} className="flex flex-col gap-2">
      {rows.map((row, index) => (
        <div key={keyOf?.(row) ?? index} className="flex gap-1 rounded-control border border-border bg-canvas/50 p-2">
          <div className="flex min-w-0 flex-1 flex-col gap-1.5">{children(row, index, (next) => onChange(rows.with(index, next)))}</div>
          {isReadOnly ? null : (
            <div className="flex flex-col">
              <button
                type="button"
                className={smallButton}
                aria-label={t('row.remove', { number: index + 1 })}
                title={t('row.remove', { number: index + 1 })}
                onClick={() => onChange(rows.toSpliced(index, 1))}
              >
                <X size={14} />
              </button>
              <button
                type="button"
                className={smallButton}
                disabled={index === 0}
                aria-label={t('row.up', { number: index + 1 })}
                onClick={() => onChange(moved(rows, index, index - 1))}
              >
                <ChevronUp size={14} />
              </button>
              <button
                type="button"
                className={smallButton}
                disabled={index === rows.length - 1}
                aria-label={t('row.down', { number: index + 1 })}
                onClick={() => onChange(moved(rows, index, index + 1))}
              >
                <ChevronDown size={14} />
              </button>
            </div>
          )}
        </div>
      ))}
      {isReadOnly ? null : (
        <Button size="sm" onClick={() => onChange([...rows, empty()])} className="self-start">
          <Plus size={14} aria-hidden="true" />
          {addLabel}
        </Button>
      )}
    </div>
  );
}
