import { keysOf } from './keymap.ts';
import { isPress, type KeyPress } from './shortcuts.ts';
import type { UserAction } from './user-action.ts';

/** Where the press happened. */
export type KeyPlace = 'canvas' | 'outline' | 'panel' | 'text';

/** In text fields only these act; the rest belongs to the text. */
const IN_TEXT: ReadonlySet<string> = new Set(['mod+k', 'mod+s', 'f7', 'shift+f7', 'mod+enter', 'mod+shift+enter', 'f8', 'shift+f8']);

function actsIn(action: UserAction, key: string, place: KeyPlace): boolean {
  switch (place) {
    case 'canvas':
      return true;
    case 'outline':
      // Letters and digits find a step by its name there.
      return key.includes('mod+') || !/(^|\+)[a-z0-9]$/.test(key);
    case 'panel':
      return action.scope === 'editor' && (key.includes('mod+') || /f\d/.test(key));
    case 'text':
      return IN_TEXT.has(key);
  }
}

/** The action that a key press means; undefined for none. */
export function actionForPress(actions: readonly UserAction[], press: KeyPress, place: KeyPlace): UserAction | undefined {
  return actions.find(
    (action) => action.isNative !== true && keysOf(action).some((key) => isPress(press, key) && actsIn(action, key, place)),
  );
}
