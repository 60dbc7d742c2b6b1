import { useSyncExternalStore } from 'react';

/** A choice of looks, kept on this device and told to CSS as `data-<name>` on the root element. */
export interface Preference<V extends string> {
  /** In the order in which they are offered; the first is the default and sets no attribute. */
  readonly values: readonly V[];
  readonly get: () => V;
  /** Takes effect at once. */
  readonly set: (value: V) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

function createPreference<V extends string>(name: string, values: readonly [V, ...V[]]): Preference<V> {
  const listeners = new Set<() => void>();
  const set = (value: V): void => {
    if (value === values[0]) delete document.documentElement.dataset[name];
    else document.documentElement.dataset[name] = value;
    try {
      localStorage.setItem(`millwright.${name}`, value);
    } catch {
      // Blocked storage: the choice holds until the page is left.
    }
    for (const listener of listeners) listener();
  };
  return {
    values,
    set,
    get: () => values.find((value) => value === document.documentElement.dataset[name]) ?? values[0],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Light, dark, or as the operating system says (default). */
export const themePreference = createPreference('theme', ['system', 'light', 'dark']);
/** Rows of 36 px (default) or 28 px. */
export const densityPreference = createPreference('density', ['comfortable', 'compact']);

/** The chosen value; renders again when it changes. */
export function usePreference<V extends string>(preference: Preference<V>): V {
  return useSyncExternalStore(preference.subscribe, preference.get);
}
