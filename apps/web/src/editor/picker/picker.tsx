import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { insertStep } from '../core/actions/insert-step.ts';
import type { PickerRequest } from '../core/state/interface-store.ts';
import { CATEGORIES } from '../look/category.ts';
import { useEditor, useInterface } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { entriesFor, searchEntries } from './picker-entries.ts';
import { optionId, PickerList } from './picker-list.tsx';
import { PickerPreview } from './picker-preview.tsx';

const SIZE = { width: 640, height: 420 } as const;
const MARGIN = 12;

function placeOf(at: { readonly x: number; readonly y: number } | null): CSSProperties {
  const width = Math.min(SIZE.width, window.innerWidth - MARGIN * 2);
  const height = Math.min(SIZE.height, window.innerHeight - MARGIN * 2);
  const wanted = at ?? { x: (window.innerWidth - width) / 2, y: (window.innerHeight - height) / 3 };
  return {
    width,
    height,
    left: Math.max(MARGIN, Math.min(wanted.x, window.innerWidth - width - MARGIN)),
    top: Math.max(MARGIN, Math.min(wanted.y, window.innerHeight - height - MARGIN)),
  };
}

function Categories({
  chosen,
  offered,
  onChoose,
}: {
  readonly chosen: string | null;
  readonly offered: ReadonlySet<string>;
  readonly onChoose: (category: string | null) => void;
}) {
  const { t } = useTexts();
  const known = CATEGORIES.filter((category) => offered.has(category));
  if (known.length < 2) return null;
  return (
    <div className="flex gap-1 overflow-x-auto border-b border-border px-2 py-1.5" role="group" aria-label={t('picker.categories')}>
      {[null, ...known].map((category) => (
        <button
          key={category ?? 'all'}
          type="button"
          aria-pressed={chosen === category}
          onClick={() => onChoose(category)}
          className="h-7 shrink-0 rounded-control px-2 text-secondary text-text-2 hover:bg-raised aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-text"
        >
          {category === null ? t('picker.all') : t(`category.${category}`)}
        </button>
      ))}
    </div>
  );
}

function usePicker(request: PickerRequest) {
  const session = useEditor();
  const { language } = useTexts();
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const [index, setIndex] = useState(0);
  const entries = useMemo(() => entriesFor(session.catalog, request, language), [session.catalog, request, language]);
  const found = useMemo(() => searchEntries(entries, search, category), [entries, search, category]);
  const active = Math.min(index, found.length - 1);
  const pick = (at: number): void => {
    const entry = found[at];
    if (!entry) return;
    session.ui.setState({ picker: null });
    insertStep(session, entry.info, request.placement);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (step !== undefined) setIndex(Math.max(0, Math.min(found.length - 1, active + step)));
    else if (event.key === 'Enter') pick(active);
    else return;
    event.preventDefault();
  };
  return {
    search,
    category,
    entries,
    found,
    active,
    pick,
    onKeyDown,
    setIndex,
    onSearch: (text: string) => (setSearch(text), setIndex(0)),
    onCategory: (next: string | null) => (setCategory(next), setIndex(0)),
  };
}

function PickerBody({ request }: { readonly request: PickerRequest }) {
  const { t } = useTexts();
  const picker = usePicker(request);
  const current = picker.found[picker.active];
  return (
    <>
      <div className="flex items-center gap-2 border-b border-border px-3">
        <Search size={16} className="shrink-0 text-text-3" aria-hidden="true" />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls="picker-list"
          aria-activedescendant={current ? optionId(current.info.type) : undefined}
          aria-label={t('picker.search')}
          placeholder={request.triggersOnly ? t('picker.searchTriggers') : t('picker.search')}
          value={picker.search}
          onChange={(event) => picker.onSearch(event.currentTarget.value)}
          onKeyDown={picker.onKeyDown}
          className="h-11 min-w-0 flex-1 bg-transparent text-body outline-none"
        />
      </div>
      <Categories
        chosen={picker.category}
        offered={new Set(picker.entries.map((entry) => entry.info.category))}
        onChoose={picker.onCategory}
      />
      <div className="flex min-h-0 flex-1">
        <PickerList entries={picker.found} active={picker.active} search={picker.search} onHover={picker.setIndex} onPick={picker.pick} />
        {current ? <PickerPreview entry={current} /> : null}
      </div>
    </>
  );
}

/** Chooses a step: opens with `/`, with a `+`, or where an edge was dropped. Complete by keyboard. */
export function Picker() {
  const { ui, camera } = useEditor();
  const { t } = useTexts();
  const request = useInterface((state) => state.picker);
  const popup = useRef<HTMLDivElement>(null);
  if (!request) return null;
  const at = request.at ? (camera.current?.toScreen(request.at) ?? null) : null;
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) ui.setState({ picker: null });
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40" />
        <Dialog.Popup
          ref={popup}
          style={placeOf(at)}
          className="float fixed z-50 flex flex-col overflow-hidden rounded-card"
          finalFocus={() => document.querySelector<HTMLElement>('[data-canvas]')}
        >
          <Dialog.Title className="sr-only">{request.triggersOnly ? t('picker.titleTriggers') : t('picker.title')}</Dialog.Title>
          <PickerBody request={request} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
