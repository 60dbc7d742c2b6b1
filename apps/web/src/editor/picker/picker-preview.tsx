import { categoryColor } from '../look/category.ts';
import { TypeIcon } from '../look/type-icon.tsx';
import { portTitle } from '../look/type-words.ts';
import { useTexts } from '../texts.ts';
import type { PickerEntry } from './picker-entries.ts';

/** What the chosen step does, where it leads, and what comes out of it. */
export function PickerPreview({ entry }: { readonly entry: PickerEntry }) {
  const { t, language } = useTexts();
  const { info } = entry;
  const sample = JSON.stringify(info.sample, null, 2);
  return (
    <aside
      aria-live="polite"
      aria-label={entry.title}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className="flex w-60 shrink-0 flex-col gap-3 overflow-y-auto border-l border-border bg-canvas/60 p-4 max-sm:hidden"
    >
      <div className="flex items-center gap-2" style={{ color: categoryColor(info.category) }}>
        <TypeIcon icon={info.icon} sizePx={20} />
        <h3 className="text-body font-semibold text-text">{entry.title}</h3>
      </div>
      <p className="text-secondary text-text-2">{entry.description}</p>
      {info.outputs.length > 1 ? (
        <p className="text-secondary text-text-2">
          <span className="font-medium text-text">{t('picker.outputs')}</span>{' '}
          {info.outputs.map((port) => portTitle(info, language, port)).join(', ')}
        </p>
      ) : null}
      {sample === '{}' || sample === 'null' ? null : (
        <div>
          <p className="mb-1 text-meta font-medium text-text-3">{t('picker.sample')}</p>
          <pre className="rounded-control border border-border bg-surface p-2 font-mono text-meta break-words whitespace-pre-wrap">
            {sample}
          </pre>
        </div>
      )}
    </aside>
  );
}
