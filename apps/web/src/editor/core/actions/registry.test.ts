import { describe, expect, it } from 'vitest';
import de from '../../locales/de.ts';
import en from '../../locales/en.ts';
import { findAction, userActions } from './registry.ts';
import { actionForPress } from './action-for-press.ts';
import { isPress, type KeyPress } from './shortcuts.ts';

const press = (key: string, parts: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...parts,
});
const id = (pressed: KeyPress, place: 'canvas' | 'panel' | 'text') => actionForPress(userActions, pressed, place)?.id;

describe('the registry of actions', () => {
  it('has each id and each shortcut once', () => {
    const keys = userActions.flatMap((action) => action.keys);
    expect(new Set(userActions.map((action) => action.id)).size).toBe(userActions.length);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has a title for every action in both languages, and no title without an action', () => {
    for (const texts of [en, de]) expect(Object.keys(texts.actions).toSorted()).toEqual(userActions.map((action) => action.id).toSorted());
  });

  it('takes single letters only on the canvas', () => {
    expect(id(press('d'), 'canvas')).toBe('toggleDisabled');
    expect(id(press('d'), 'panel')).toBeUndefined();
    expect(id(press('/'), 'text')).toBeUndefined();
    expect(id(press('Delete'), 'panel')).toBeUndefined();
  });

  it('leaves undo to the text in text fields, but opens the palette from there', () => {
    expect(id(press('z', { ctrlKey: true }), 'text')).toBeUndefined();
    expect(id(press('z', { ctrlKey: true }), 'panel')).toBe('undo');
    expect(id(press('k', { metaKey: true }), 'text')).toBe('palette');
  });

  it('tells Mod+Z from Mod+Shift+Z, and takes signs with or without Shift', () => {
    expect(isPress(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+shift+z')).toBe(true);
    expect(isPress(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+z')).toBe(false);
    expect(isPress(press('?', { shiftKey: true }), '?')).toBe(true);
    expect(isPress(press('/', { shiftKey: true }), '/')).toBe(true);
    expect(isPress(press('d', { altKey: true }), 'd')).toBe(false);
  });

  it('leaves the clipboard keys to the browser', () => {
    expect(id(press('v', { ctrlKey: true }), 'canvas')).toBeUndefined();
    expect(findAction('paste')?.isNative).toBe(true);
  });
});
