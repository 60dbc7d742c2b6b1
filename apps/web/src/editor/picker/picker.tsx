import { Dialog } from '@base-ui/react/dialog';
import { ArrowLeft, Search } from 'lucide-react';
import { type CSSProperties, useRef } from 'react';
import { createPortal } from 'react-dom';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { findNode } from '../core/graph/graph-queries.ts';
import type { PickerRequest } from '../core/state/interface-store.ts';
import { CATEGORIES } from '../look/category.ts';
import { useDocument, useEditor, useInterface } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { OWN_TAB } from './picker-entries.ts';
import { PickerEmpty } from './picker-empty.tsx';
import { optionId, PickerList } from './picker-list.tsx';
import { PickerPreview } from './picker-preview.tsx';
import { useCarry } from './use-carry.ts';
import { usePicker } from './use-picker.ts';

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
  const { t, say } = useTexts();
  const known = [...CATEGORIES, OWN_TAB].filter((category) => offered.has(category));
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
          {category === null ? t('picker.all') : category === OWN_TAB ? t('picker.own') : say(`category.${category}`)}
        </button>
      ))}
    </div>
  );
}

type PickerState = ReturnType<typeof usePicker>;

function SearchLine({ picker, request }: { readonly picker: PickerState; readonly request: PickerRequest }) {
  const { t } = useTexts();
  const current = picker.rows[picker.active];
  return (
    <div className="flex items-center gap-2 border-b border-border px-3">
      {picker.app === null ? (
        <Search size={16} className="shrink-0 text-text-3" aria-hidden="true" />
      ) : (
        <>
          <IconButton size="sm" label={t('picker.back')} icon={<ArrowLeft size={15} />} onClick={picker.back} />
          <span className="shrink-0 rounded-full bg-raised px-2 py-0.5 text-secondary font-medium">{picker.app.title}</span>
        </>
      )}
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="picker-list"
        aria-activedescendant={current ? optionId(current) : undefined}
        aria-label={t('picker.search')}
        placeholder={request.triggersOnly ? t('picker.searchTriggers') : t('picker.search')}
        value={picker.search}
        onChange={(event) => picker.onSearch(event.currentTarget.value)}
        onKeyDown={picker.onKeyDown}
        className="h-11 min-w-0 flex-1 bg-transparent text-body outline-none"
      />
    </div>
  );
}

function PickerBody({ request, carry }: { readonly request: PickerRequest; readonly carry: ReturnType<typeof useCarry> }) {
  const picker = usePicker(request);
  const current = picker.rows[picker.active];
  return (
    <>
      <SearchLine picker={picker} request={request} />
      <Categories chosen={picker.category} offered={picker.tabs} onChoose={picker.onCategory} />
      <div className="flex min-h-0 flex-1">
        <PickerList
          rows={picker.rows}
          active={picker.active}
          empty={<PickerEmpty search={picker.search} address={picker.address} onAddress={picker.callAddress} />}
          carry={carry}
          onHover={picker.setIndex}
          onPick={picker.pick}
        />
        {current ? <PickerPreview row={current} /> : null}
      </div>
    </>
  );
}

function useTitle(request: PickerRequest): string {
  const { t } = useTexts();
  const document = useDocument();
  if (request.replaces) return t('picker.titleReplace', { name: findNode(document, request.replaces.nodeId)?.name ?? '' });
  return request.triggersOnly ? t('picker.titleTriggers') : t('picker.title');
}

function OpenPicker({ request }: { readonly request: PickerRequest }) {
  const { ui, camera } = useEditor();
  const { t } = useTexts();
  const title = useTitle(request);
  const isCarrying = useInterface((state) => state.isCarrying);
  const popup = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const carry = useCarry(ghost);
  const at = request.at ? (camera.current?.toScreen(request.at) ?? null) : null;
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (open) return;
        carry.end();
        ui.setState({ picker: null });
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40" />
        <Dialog.Popup
          ref={popup}
          style={placeOf(at)}
          data-carrying={isCarrying || undefined}
          className="float fixed z-50 flex flex-col overflow-hidden rounded-card data-carrying:opacity-0"
          finalFocus={() => document.querySelector<HTMLElement>('[data-canvas]')}
        >
          <Dialog.Title className={request.replaces ? 'border-b border-border px-3 py-2 text-body font-semibold' : 'sr-only'}>
            {title}
          </Dialog.Title>
          <PickerBody request={request} carry={carry} />
        </Dialog.Popup>
      </Dialog.Portal>
      {createPortal(
        <div ref={ghost} aria-hidden="true" className="mw-carried float" hidden={!isCarrying}>
          {t('picker.dropHere')}
        </div>,
        document.body,
      )}
    </Dialog.Root>
  );
}

/** Chooses a step: opens with `/`, with a `+`, or where an edge was dropped. Complete by keyboard. */
export function Picker() {
  const request = useInterface((state) => state.picker);
  return request ? <OpenPicker request={request} /> : null;
}
