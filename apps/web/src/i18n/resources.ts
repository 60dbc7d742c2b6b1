import type core from './locales/en.ts';

/**
 * Every namespace and its texts. A feature folder adds its own by declaration merging:
 * `declare module './resources.ts' { interface Resources { editor: typeof en } }`.
 */
export interface Resources {
  readonly core: typeof core;
}

/** The same tree of keys with any text in it: what a translation must be. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'core';
    returnNull: false;
    resources: Resources;
  }
}
