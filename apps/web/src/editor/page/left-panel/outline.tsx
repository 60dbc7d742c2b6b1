import type { Problem } from '@millwright/workflow';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type RefObject, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { ContextMenu, type MenuEntry } from '../../../ui/layers/menu.tsx';
import type { ActionPlace } from '../../core/actions/user-action.ts';
import { outlineOf, type OutlineRow as Row, unfolded } from '../../core/graph/outline.ts';
import { selectNodes } from '../../core/state/interface-store.ts';
import { actionEntries } from '../../look/action-entries.tsx';
import { useDocument, useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { outlineRowId, OutlineRow, ROW_PX } from './outline-row.tsx';
import { createTypeAhead, type OutlineKeys, pressInOutline } from './outline-keys.ts';

/** Rows beyond the visible ones that are in the page. */
const OVERSCAN = 6;

function useRows(): {
  readonly all: readonly Row[];
  readonly rows: readonly Row[];
  readonly fold: (nodeId: string, isFolded: boolean) => void;
} {
  const { catalog } = useEditor();
  const { nodes, edges, annotations } = useDeferredValue(useDocument());
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(() => outlineOf({ nodes, edges, annotations }, catalog), [nodes, edges, annotations, catalog]);
  const rows = useMemo(() => unfolded(all, folded), [all, folded]);
  const fold = (nodeId: string, isFolded: boolean): void => {
    const next = new Set(folded);
    if (isFolded) next.add(nodeId);
    else next.delete(nodeId);
    setFolded(next);
  };
  return { all, rows, fold };
}

/** Where the keyboard is: at the step that has it on the canvas; where that is gone, at the row that took its place. */
function useActive(rows: readonly Row[]): number {
  const focused = useInterface((state) => state.focusedNode);
  const [last, setLast] = useState(0);
  const at = rows.findIndex((row) => row.nodeId === focused);
  if (at >= 0 && at !== last) setLast(at);
  return at >= 0 ? at : Math.min(last, rows.length - 1);
}

function useVisible(rows: readonly Row[], active: number) {
  const scroll = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    // The row that the keyboard is at stays in the page: assistive technology is told its element.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const range = Array.from({ length: to - from + 1 }, (_, at) => from + at);
      if (active < 0 || active >= count || (active >= from && active <= to)) return range;
      return active < from ? [active, ...range] : [...range, active];
    },
  });
  useEffect(() => {
    if (active >= 0) list.scrollToIndex(active, { align: 'auto' });
  }, [active, list]);
  return { scroll, list };
}

/** Which actions the menu of a row has. */
function placeOf(row: Row | undefined, selected: number): ActionPlace {
  return selected > 1 ? 'selection' : (row?.annotation?.kind ?? 'node');
}

function useEntries(row: Row | undefined, rename: () => void): readonly MenuEntry[] {
  const session = useEditor();
  const { say } = useTexts();
  const selected = useInterface((state) => state.selectedNodes.size);
  const entries = actionEntries(session, placeOf(row, selected), say);
  // Their text is written on the canvas, from where a closing menu takes the keyboard back; Enter and F2 lead there.
  if (row?.annotation) return entries.filter((entry) => entry.key !== 'rename' && entry.key !== 'editNote');
  return entries.map((entry) => ('onSelect' in entry && entry.key === 'rename' ? { ...entry, onSelect: rename } : entry));
}

/** The name that is being changed in place, and how that ends. */
function useRenaming(scroll: RefObject<HTMLElement | null>) {
  const { draft } = useEditor();
  const [renaming, setRenaming] = useState<string | null>(null);
  const endRename = (nodeId: string, name: string | null): void => {
    if (renaming !== nodeId) return;
    if (name !== null) draft.apply([{ kind: 'renameNode', nodeId, name }]);
    setRenaming(null);
    scroll.current?.focus();
  };
  return { renaming, setRenaming, endRename };
}

/** What the tree does with keys and with the menu's button. */
function useTreeEvents(keys: Omit<OutlineKeys, 'typeAhead'>) {
  const session = useEditor();
  const [typeAhead] = useState(createTypeAhead);
  return {
    onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
      if (event.target !== event.currentTarget) return;
      if (pressInOutline(session, event, { ...keys, typeAhead })) event.preventDefault();
    },
    // A menu gives the keyboard back to the outline; connecting and moving have their keys on the canvas.
    onFocus: (): void => (session.ui.getState().gesture.kind === 'idle' ? undefined : session.camera.current?.focus()),
    onContextMenuCapture: (event: MouseEvent<HTMLElement>): void => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined;
      const nodeId = row ?? keys.rows[keys.active]?.nodeId;
      if (nodeId !== undefined && !session.ui.getState().selectedNodes.has(nodeId)) selectNodes(session.ui, [nodeId]);
    },
  };
}

/** The graph as a tree that can be read: order of the flow, what containers hold, branches by name, then notes. One tab stop, arrow keys inside. */
export function Outline({ problems }: { readonly problems: readonly Problem[] }) {
  const { t } = useTexts();
  const { all, rows, fold } = useRows();
  const active = useActive(rows);
  const { scroll, list } = useVisible(rows, active);
  const { renaming, setRenaming, endRename } = useRenaming(scroll);
  const activeRow = rows[active];
  const entries = useEntries(activeRow, () => setRenaming(activeRow?.nodeId ?? null));
  const events = useTreeEvents({ rows, active, fold, rename: setRenaming });
  const counts = useMemo(() => Map.groupBy(problems, (problem) => problem.nodeId ?? ''), [problems]);
  const hasFolds = useMemo(() => all.some((row) => row.hasChildren), [all]);
  if (all.length === 0) return <p className="p-4 text-body text-text-2">{t('outline.empty')}</p>;
  const drawn = list.getVirtualItems().flatMap(({ index, start }) => {
    const row = rows[index];
    if (!row) return [];
    const isExpanded = row.hasChildren ? rows[index + 1]?.parentId === row.nodeId : undefined;
    const problemCount = counts.get(row.nodeId)?.length ?? 0;
    const place = { row, top: start, isActive: index === active, isExpanded, hasFolds, problemCount };
    return [<OutlineRow key={row.nodeId} {...place} isRenaming={renaming === row.nodeId} onFold={fold} onRename={endRename} />];
  });
  const tree = (
    <div
      ref={scroll}
      role="tree"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a tree is one tab stop; its rows are told by aria-activedescendant
      tabIndex={0}
      data-outline=""
      aria-label={t('outline.label', { count: all.filter((row) => row.annotation === null).length })}
      aria-multiselectable="true"
      aria-activedescendant={activeRow ? outlineRowId(activeRow.nodeId) : undefined}
      className="group/tree relative min-h-0 flex-1 overflow-y-auto py-1 outline-none"
      {...events}
    >
      <div role="none" className="relative w-full" style={{ height: list.getTotalSize() }}>
        {drawn}
      </div>
    </div>
  );
  return <ContextMenu entries={entries} target={tree} />;
}
