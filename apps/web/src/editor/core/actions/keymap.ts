import { createStore } from 'zustand/vanilla';
import { isCharacterKey, sameKey } from './shortcuts.ts';
import type { UserAction } from './user-action.ts';

/** What a person changed of the shortcuts. */
export interface Keymap {
  /** Key of an action by its id; null: it has none. Actions that are not here have the keys that they come with. */
  readonly keys: Readonly<Record<string, string | null>>;
  /** Whether keys without Mod that are one character act at all (WCAG 2.1.4). */
  readonly hasLetters: boolean;
}

/** Nothing changed. */
export const STANDARD_KEYMAP: Keymap = { keys: {}, hasLetters: true };

/** The shortcuts of the person at this page; the page loads and keeps them. */
export const keymapStore = createStore<Keymap>(() => STANDARD_KEYMAP);

/** The keys that do an action now, the first one is shown. */
export function keysOf(action: Pick<UserAction, 'id' | 'keys'>, { keys, hasLetters }: Keymap = keymapStore.getState()): readonly string[] {
  const chosen = keys[action.id];
  const all = chosen === undefined ? action.keys : chosen === null ? [] : [chosen];
  return hasLetters ? all : all.filter((key) => !isCharacterKey(key));
}

/** The other action that a key does already; undefined where it is free. */
export function ownerOf(actions: readonly UserAction[], key: string, except: string): UserAction | undefined {
  return actions.find((action) => action.id !== except && keysOf(action).some((one) => sameKey(one, key)));
}

/** Gives an action a key, which every other action loses. */
export function assignKey(actions: readonly UserAction[], actionId: string, key: string): void {
  keymapStore.setState(({ keys }) => {
    const lost = actions.filter((action) => action.id !== actionId && keysOf(action).some((one) => sameKey(one, key)));
    return { keys: { ...keys, ...Object.fromEntries(lost.map((action) => [action.id, null])), [actionId]: key } };
  });
}

/** Gives an action the keys that it comes with; without an action all of them. */
export function resetKeys(actionId?: string): void {
  keymapStore.setState(({ keys }) => {
    if (actionId === undefined) return { keys: {} };
    const { [actionId]: _removed, ...rest } = keys;
    return { keys: rest };
  });
}
