import { type KeyboardEvent, useMemo, useState } from 'react';
import { insertStep } from '../core/actions/insert-step.ts';
import type { PickerRequest } from '../core/state/interface-store.ts';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { addressIn, entriesFor, type PickerRow, rowsOf, searchEntries, tabsOf, templateRows, templatesFor } from './picker-entries.ts';
import { noteRecent, recentTypes } from './recent-types.ts';
import { replaceStep } from './replace-by.ts';
import { usePopular } from './use-popular.ts';
import { useTemplates } from './use-templates.ts';

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };

/** The row of a step that reaches any address, where the search is one. */
const HTTP_STEP = 'http.request';

/** An app whose operations are listed alone. */
type OpenApp = { readonly key: string; readonly title: string } | null;

/** What is looked for, and the rows that fit. */
function useRows(request: PickerRequest) {
  const { catalog } = useEditor();
  const { language } = useTexts();
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const [app, setApp] = useState<OpenApp>(null);
  const [index, setIndex] = useState(0);
  const [recent] = useState(recentTypes);
  const popular = usePopular();
  const { templates, begin, put } = useTemplates();
  const entries = useMemo(() => entriesFor(catalog, request, language), [catalog, request, language]);
  const steps = useMemo(
    () =>
      rowsOf(searchEntries(entries, search, { category, app: app?.key ?? null, recent, popular }), app === null && search.trim() === ''),
    [entries, search, category, app, recent, popular],
  );
  // Not among the steps of a list that nobody searched: for who looks for one, or has nothing yet.
  const isAsked =
    request.replaces === undefined && category === null && app === null && (request.triggersOnly === true || search.trim() !== '');
  const finished = useMemo(() => (isAsked ? templatesFor(templates, search) : []), [isAsked, templates, search]);
  const rows = useMemo((): readonly PickerRow[] => [...steps, ...templateRows(finished)], [steps, finished]);
  return {
    search,
    category,
    app,
    tabs: useMemo(() => tabsOf(entries), [entries]),
    entries,
    rows,
    begin,
    put,
    active: Math.min(index, rows.length - 1),
    setIndex,
    show: (next: OpenApp) => (setApp(next), setSearch(''), setIndex(0)),
    onSearch: (text: string) => (setSearch(text), setIndex(0)),
    onCategory: (next: string | null) => (setCategory(next), setApp(null), setIndex(0)),
  };
}

type Rows = ReturnType<typeof useRows>;

/** → opens the operations of an app, ← leads back; inside of a text they belong to the text. Whether the key was used. */
function turn(key: string, field: HTMLInputElement, { app, rows, active, show }: Rows): boolean {
  const row = rows[active];
  if (key === 'ArrowLeft' && app !== null && field.selectionEnd === 0) return (show(null), true);
  if (key !== 'ArrowRight' || app !== null || !row || field.selectionStart !== field.value.length) return false;
  const opened = row.kind === 'template' ? null : row.kind === 'app' ? row : row.entry.app;
  return opened !== null && (show(opened), true);
}

/** What the open picker shows and does. */
export function usePicker(request: PickerRequest) {
  const session = useEditor();
  const list = useRows(request);
  const { rows, active, app, search, show, setIndex, begin, put } = list;
  const take = (row: PickerRow | undefined): void => {
    if (!row) return;
    if (row.kind === 'app') return show(row);
    if (row.kind === 'template') {
      session.ui.setState({ picker: null });
      return row.use === 'begin' ? begin(row.template) : put(row.template, request.placement);
    }
    const { info } = row.entry;
    const { replaces } = request;
    session.ui.setState({ picker: null });
    noteRecent(info.type);
    // The picker gives the focus back first; what is shown then keeps it.
    if (replaces) setTimeout(() => replaceStep(session, replaces.nodeId, info), 0);
    else insertStep(session, info, request.placement);
  };
  const found = rows.length === 0 && !request.replaces ? addressIn(search) : null;
  const http = found === null ? undefined : list.entries.find(({ info }) => info.type === HTTP_STEP)?.info;
  const address = http === undefined ? null : found;
  const callAddress = (): void => {
    if (!http || address === null) return;
    session.ui.setState({ picker: null });
    insertStep(session, http, { ...request.placement, parameters: { url: address } });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = STEPS[event.key];
    if (step !== undefined) setIndex(Math.max(0, Math.min(rows.length - 1, active + step)));
    else if (event.key === 'Enter') (rows.length === 0 ? callAddress : () => take(rows[active]))();
    else if (event.key === 'Backspace' && search === '' && app !== null) show(null);
    else if (!turn(event.key, event.currentTarget, list)) return;
    event.preventDefault();
  };
  return { ...list, address, callAddress, pick: (at: number) => take(rows[at]), back: () => show(null), onKeyDown };
}
