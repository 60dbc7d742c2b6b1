import { afterEach, describe, expect, it } from 'vitest';
import { actionForPress } from './action-for-press.ts';
import { assignKey, keymapStore, keysOf, ownerOf, resetKeys, STANDARD_KEYMAP } from './keymap.ts';
import { findAction, userActions } from './registry.ts';
import { isCharacterKey, keyCaps, type KeyPress, shortcutOf } from './shortcuts.ts';

const press = (key: string, parts: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...parts,
});
const does = (pressed: KeyPress): string | undefined => actionForPress(userActions, pressed, 'canvas')?.id;
const keys = (id: string): readonly string[] => keysOf(findAction(id) ?? { id, keys: [] });

afterEach(() => keymapStore.setState(STANDARD_KEYMAP, true));

describe('shortcuts that a person changed', () => {
  it('act, and the old key does not any more', () => {
    assignKey(userActions, 'toggleDisabled', 'mod+e');
    expect(does(press('e', { ctrlKey: true }))).toBe('toggleDisabled');
    expect(does(press('d'))).toBeUndefined();
    resetKeys('toggleDisabled');
    expect(does(press('d'))).toBe('toggleDisabled');
  });

  it('never mean two things: who loses a key has none', () => {
    expect(ownerOf(userActions, 'l', 'toggleDisabled')?.id).toBe('connect');
    assignKey(userActions, 'toggleDisabled', 'l');
    expect(does(press('l'))).toBe('toggleDisabled');
    expect(keys('connect')).toEqual([]);
    resetKeys();
    expect(keys('connect')).toEqual(['l']);
  });

  it('of one character can be switched off, all of them at once, and nothing else', () => {
    keymapStore.setState({ hasLetters: false });
    expect(userActions.flatMap((action) => keysOf(action)).filter(isCharacterKey)).toEqual([]);
    for (const key of ['d', '/', '?', '0', 'L']) expect(does(press(key, { shiftKey: key === 'L' }))).toBeUndefined();
    expect(does(press('k', { metaKey: true }))).toBe('palette');
    expect(does(press('Delete'))).toBe('remove');
  });

  it('may have plus as their key', () => {
    expect(keyCaps('+')).toEqual(['+']);
    expect(keyCaps('mod++')).toEqual(['Mod', '+']);
    expect(does(press('+', { shiftKey: true }))).toBe('zoomIn');
  });

  it('are recorded as they are pressed, and keys of the browser are refused', () => {
    expect(shortcutOf(press('Control', { ctrlKey: true }))).toBeNull();
    expect(shortcutOf(press('E', { ctrlKey: true, shiftKey: true }))).toEqual({ key: 'mod+shift+e', isReserved: false });
    expect(shortcutOf(press('?', { shiftKey: true }))).toEqual({ key: '?', isReserved: false });
    for (const reserved of [press('Tab'), press('w', { ctrlKey: true }), press('x', { altKey: true }), press('ArrowUp')])
      expect(shortcutOf(reserved)?.isReserved).toBe(true);
  });
});

/** The keyboard map of the editor: what each key of it does here. */
const MAP: Readonly<Record<string, string>> = {
  '/': 'addStep',
  'mod+k': 'palette',
  'mod+f': 'find',
  'mod+z': 'undo',
  'mod+shift+z': 'redo',
  'mod+y': 'redo',
  'mod+c': 'copy',
  'mod+x': 'cut',
  'mod+v': 'paste',
  'mod+d': 'duplicate',
  'mod+a': 'selectAll',
  delete: 'remove',
  'mod+delete': 'removeAndJoin',
  enter: 'openStep',
  f2: 'rename',
  d: 'toggleDisabled',
  l: 'connect',
  g: 'move',
  'shift+arrowleft': 'selectUpstream',
  'shift+arrowright': 'selectDownstream',
  'mod+shift+enter': 'run',
  f8: 'nextProblem',
  'shift+f8': 'previousProblem',
  0: 'zoomActual',
  1: 'fitAll',
  2: 'fitSelection',
  o: 'outline',
  'shift+p': 'publish',
};

describe('the keyboard map', () => {
  it('is what the registry has', () => {
    expect(Object.fromEntries(Object.keys(MAP).map((key) => [key, userActions.find((action) => action.keys.includes(key))?.id]))).toEqual(
      MAP,
    );
  });
});
