import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/controls/button.tsx';
import { Kbd } from '../../../ui/controls/kbd.tsx';
import { SearchInput } from '../../../ui/controls/search-input.tsx';
import { Switch } from '../../../ui/controls/switch.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { keymapStore, resetKeys } from '../../core/actions/keymap.ts';
import { userActions } from '../../core/actions/registry.ts';
import { fold, fuzzyScore } from '../../picker/fuzzy.ts';
import { useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { ShortcutRow } from './shortcut-row.tsx';

const GROUPS = ['step', 'edit', 'view', 'workflow'] as const;

/** Keys that no action has: they move around, and cannot be changed. */
function FixedKeys() {
  const { t } = useTexts();
  const rows = [
    { title: t('shortcuts.arrows'), keys: ['←', '↑', '↓', '→'] },
    { title: t('shortcuts.escape'), keys: ['Escape'] },
  ];
  return (
    <section aria-label={t('shortcuts.moving')}>
      <h3 className="mb-1 text-secondary font-semibold text-text-2">{t('shortcuts.moving')}</h3>
      {rows.map(({ title, keys }) => (
        <p key={title} className="flex min-h-8 items-center justify-between gap-3 text-body">
          <span>{title}</span>
          <Kbd keys={keys} />
        </p>
      ))}
    </section>
  );
}

function LetterSwitch() {
  const { t } = useTexts();
  const hasLetters = useStore(keymapStore, (state) => state.hasLetters);
  return (
    <div className="flex items-start gap-3 rounded-card border border-border p-3">
      <Switch label={t('shortcutSheet.letters')} checked={hasLetters} onChange={(next) => keymapStore.setState({ hasLetters: next })} />
      <div>
        <p className="text-body font-medium">{t('shortcutSheet.letters')}</p>
        <p className="text-secondary text-text-2">{t('shortcutSheet.lettersHint')}</p>
      </div>
    </div>
  );
}

function Sheet() {
  const { t, say } = useTexts();
  const [search, setSearch] = useState('');
  const hasChanges = useStore(keymapStore, (state) => Object.keys(state.keys).length > 0);
  const query = fold(search);
  const found = userActions.filter((action) => query === '' || fuzzyScore(query, fold(say(`actions.${action.id}`))) > 0);
  return (
    <div className="mt-3 flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput label={t('shortcutSheet.search')} value={search} onChange={setSearch} />
        {hasChanges ? (
          <Button size="sm" variant="quiet" onClick={() => resetKeys()}>
            <RotateCcw size={13} aria-hidden="true" />
            {t('shortcutSheet.resetAll')}
          </Button>
        ) : null}
        <span className="ml-auto text-secondary text-text-3">{t('shortcutSheet.kept')}</span>
      </div>
      <LetterSwitch />
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {GROUPS.map((group) => {
          const actions = found.filter((action) => action.group === group);
          if (actions.length === 0) return null;
          return (
            <section key={group} aria-label={t(`shortcuts.${group}`)}>
              <h3 className="mb-1 text-secondary font-semibold text-text-2">{t(`shortcuts.${group}`)}</h3>
              <div role="list">
                {actions.map((action) => (
                  <ShortcutRow key={action.id} action={action} />
                ))}
              </div>
            </section>
          );
        })}
        {query === '' ? <FixedKeys /> : null}
        {found.length === 0 ? <p className="text-body text-text-2">{t('shortcutSheet.nothing')}</p> : null}
      </div>
    </div>
  );
}

/** `?`: every action with its key, from the registry; each key can be changed, and letters can be switched off. */
export function ShortcutSheet() {
  const { ui } = useEditor();
  const { t } = useTexts();
  const isOpen = useInterface((state) => state.dialog === 'shortcuts');
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? undefined : ui.setState({ dialog: null }))}
      title={t('shortcuts.title')}
      description={t('shortcuts.hint')}
      widthPx={760}
    >
      <Sheet />
    </Dialog>
  );
}
