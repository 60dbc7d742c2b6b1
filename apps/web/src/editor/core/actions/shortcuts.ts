import type { UserAction } from './user-action.ts';

/** The part of a key event that shortcuts look at. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Where the press happened. */
export type KeyPlace = 'canvas' | 'panel' | 'text';

interface Shortcut {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
}

function parse(text: string): Shortcut {
  const parts = text.toLowerCase().split('+');
  return { key: parts.at(-1) ?? '', mod: parts.includes('mod'), shift: parts.includes('shift') };
}

/** Characters that need Shift on some keyboards: there Shift says nothing. */
const SHIFTLESS = /^[^a-z0-9]$/;

/** Whether a key press is this shortcut. Alt never is: it belongs to the system. */
export function isPress(press: KeyPress, text: string): boolean {
  const wanted = parse(text);
  const key = press.key.toLowerCase();
  if (press.altKey || key !== wanted.key) return false;
  if ((press.ctrlKey || press.metaKey) !== wanted.mod) return false;
  return SHIFTLESS.test(wanted.key) || press.shiftKey === wanted.shift;
}

/** In text fields only these act; the rest belongs to the text. */
const IN_TEXT: ReadonlySet<string> = new Set(['mod+k', 'mod+enter', 'mod+shift+enter', 'f8', 'shift+f8']);

function actsIn(action: UserAction, key: string, place: KeyPlace): boolean {
  switch (place) {
    case 'canvas':
      return true;
    case 'panel':
      return action.scope === 'editor' && (key.includes('mod+') || /f\d/.test(key));
    case 'text':
      return IN_TEXT.has(key);
  }
}

/** The action that a key press means; undefined for none. */
export function actionForPress(actions: readonly UserAction[], press: KeyPress, place: KeyPlace): UserAction | undefined {
  return actions.find((action) => action.isNative !== true && action.keys.some((key) => isPress(press, key) && actsIn(action, key, place)));
}

const NAMES: Readonly<Record<string, string>> = {
  mod: 'Mod',
  shift: 'Shift',
  delete: 'Delete',
  escape: 'Escape',
  enter: 'Enter',
  arrowleft: '←',
  arrowright: '→',
};

/** `mod+shift+z` → `['Mod', 'Shift', 'Z']`, as key caps show it. */
export function keyCaps(text: string): readonly string[] {
  return text
    .split('+')
    .filter(Boolean)
    .map((part) => NAMES[part] ?? part.toUpperCase());
}
