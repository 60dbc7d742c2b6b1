import { type KeyboardEvent, useMemo, useState } from 'react';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { Kbd } from '../../../ui/controls/kbd.tsx';
import { controlClass } from '../../../ui/controls/text-input.tsx';
import { userActions } from '../../core/actions/registry.ts';
import { keysOf } from '../../core/actions/keymap.ts';
import { keyCaps } from '../../core/actions/shortcuts.ts';
import { canRun } from '../../core/actions/user-action.ts';
import type { EditorSession } from '../../core/session.ts';
import { selectNodes } from '../../core/state/interface-store.ts';
import { fold, fuzzyScore } from '../../picker/fuzzy.ts';
import { useEditor, useInterface } from '../../session-context.ts';
import { type DynamicText, useTexts } from '../../texts.ts';
import { usePaletteHits } from './palette-hits.ts';
import { usePalettePlaces } from './palette-places.ts';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly run: () => void;
}

const MOST = 50;

function entriesOf(session: EditorSession, say: DynamicText): readonly Entry[] {
  const actions = userActions
    .filter((action) => action.id !== 'palette' && canRun(action, session))
    .map((action) => ({
      id: action.id,
      title: say(`actions.${action.id}`),
      keys: keyCaps(keysOf(action)[0] ?? ''),
      run: () => action.run(session),
    }));
  const steps = session.draft.document().nodes.map((node) => ({
    id: `go:${node.id}`,
    title: say('palette.goTo', { name: node.name }),
    keys: [],
    run: () => {
      selectNodes(session.ui, [node.id]);
      session.camera.current?.reveal(node.id);
      session.camera.current?.focus();
    },
  }));
  return [...actions, ...steps];
}

function search(entries: readonly Entry[], text: string): readonly Entry[] {
  const query = fold(text.trim());
  return entries
    .map((entry) => ({ entry, score: fuzzyScore(query, fold(entry.title)) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ entry }) => entry);
}

interface CommandListProps {
  readonly found: readonly Entry[];
  readonly active: number;
  readonly onHover: (index: number) => void;
  readonly onRun: (entry: Entry) => void;
}

function CommandList({ found, active, onHover, onRun }: CommandListProps) {
  const { t } = useTexts();
  return (
    <div id="palette-list" role="listbox" aria-label={t('palette.title')} className="max-h-80 overflow-y-auto">
      {found.map((entry, at) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the search field has focus and keys
        <div
          key={entry.id}
          id={`palette-${at}`}
          role="option"
          aria-selected={at === active}
          onPointerMove={() => onHover(at)}
          onClick={() => onRun(entry)}
          className="flex h-8 items-center gap-2 rounded-control px-2 text-body aria-selected:bg-raised"
        >
          <span className="min-w-0 flex-1 truncate">{entry.title}</span>
          {entry.keys.length > 0 ? <Kbd keys={entry.keys} /> : null}
        </div>
      ))}
      {found.length === 0 ? <p className="p-2 text-body text-text-2">{t('palette.nothing')}</p> : null}
    </div>
  );
}

function Commands({ onDone }: { readonly onDone: () => void }) {
  const session = useEditor();
  const { t, say } = useTexts();
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const own = useMemo(() => entriesOf(session, say), [session, say]);
  const places = usePalettePlaces(text);
  const hits = usePaletteHits(text);
  const found = [...search([...own, ...places], text), ...hits];
  const active = Math.min(index, found.length - 1);
  const run = (entry: Entry | undefined): void => {
    if (!entry) return;
    onDone();
    // The dialog gives the focus back first; what the action opens keeps it.
    setTimeout(entry.run, 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setIndex(Math.min(found.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setIndex(Math.max(0, active - 1));
    else if (event.key === 'Enter') run(found[active]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="mt-2 flex flex-col gap-2">
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[active] ? `palette-${active}` : undefined}
        aria-label={t('palette.search')}
        placeholder={t('palette.search')}
        value={text}
        onChange={(event) => (setText(event.currentTarget.value), setIndex(0))}
        onKeyDown={onKeyDown}
        className={`${controlClass} h-9`}
      />
      <CommandList found={found} active={active} onHover={setIndex} onRun={run} />
    </div>
  );
}

/** Mod+K: every action with its keys, every step, the way to workflows, runs and connections, and what the workflow says. */
export function CommandPalette() {
  const { ui } = useEditor();
  const { t } = useTexts();
  const isOpen = useInterface((state) => state.dialog === 'palette');
  const close = (): void => ui.setState({ dialog: null });
  return (
    <Dialog open={isOpen} onOpenChange={(open) => (open ? undefined : close())} title={t('palette.title')} widthPx={520}>
      <Commands onDone={close} />
    </Dialog>
  );
}
