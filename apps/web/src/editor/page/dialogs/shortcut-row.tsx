import { Pencil, RotateCcw } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { Kbd } from '../../../ui/controls/kbd.tsx';
import { assignKey, keymapStore, keysOf, ownerOf, resetKeys } from '../../core/actions/keymap.ts';
import { userActions } from '../../core/actions/registry.ts';
import { keyCaps, shortcutOf } from '../../core/actions/shortcuts.ts';
import type { UserAction } from '../../core/actions/user-action.ts';
import { useTexts } from '../../texts.ts';

/** What the row says while it waits for a key. */
type Recording = { readonly kind: 'waiting' | 'reserved' } | { readonly kind: 'taken'; readonly key: string; readonly by: UserAction };

/** Takes the next key for an action; a key of another action has to be pressed twice. */
function useRecorder(action: UserAction) {
  const [recording, setRecording] = useState<Recording | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (!recording || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setRecording(null);
    const pressed = shortcutOf(event);
    if (!pressed) return undefined;
    const by = ownerOf(userActions, pressed.key, action.id);
    if (pressed.isReserved) return setRecording({ kind: 'reserved' });
    if (by && !(recording.kind === 'taken' && recording.key === pressed.key)) return setRecording({ kind: 'taken', key: pressed.key, by });
    assignKey(userActions, action.id, pressed.key);
    return setRecording(null);
  };
  return { recording, start: () => setRecording({ kind: 'waiting' }), stop: () => setRecording(null), onKeyDown };
}

/** One action of the sheet: its key, and how to give it another one. */
export function ShortcutRow({ action }: { readonly action: UserAction }) {
  const { t, say } = useTexts();
  const keymap = useStore(keymapStore);
  const { recording, start, stop, onKeyDown } = useRecorder(action);
  const title = say(`actions.${action.id}`);
  const [key] = keysOf(action, keymap);
  const words =
    recording?.kind === 'taken'
      ? t('shortcutSheet.taken', { keys: keyCaps(recording.key).join('+'), title: say(`actions.${recording.by.id}`) })
      : recording?.kind === 'reserved'
        ? t('shortcutSheet.reserved')
        : t('shortcutSheet.press');
  return (
    <div role="listitem" className="flex min-h-8 items-center justify-between gap-2 text-body">
      <span className="min-w-0 flex-1 break-words">{title}</span>
      {recording ? (
        <span role="status" className="max-w-60 text-secondary text-accent">
          {words}
        </span>
      ) : key === undefined ? (
        <span className="text-secondary text-text-3">{t('shortcutSheet.none')}</span>
      ) : (
        <Kbd keys={keyCaps(key)} />
      )}
      {keymap.keys[action.id] === undefined ? null : (
        <IconButton
          size="sm"
          label={t('shortcutSheet.reset', { title })}
          icon={<RotateCcw size={13} />}
          onClick={() => resetKeys(action.id)}
        />
      )}
      {action.isNative ? (
        <span className="w-7" />
      ) : (
        <IconButton
          size="sm"
          label={t('shortcutSheet.change', { title })}
          aria-pressed={recording !== null}
          icon={<Pencil size={13} />}
          onClick={recording ? stop : start}
          onKeyDown={onKeyDown}
          onBlur={stop}
        />
      )}
    </div>
  );
}
