import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultCatalog } from '../api/fault-words.ts';
import { loadNamespaces, registerNamespace } from '../i18n/i18n.ts';
import type en from './locales/en.ts';

declare module '../i18n/resources.ts' {
  interface Resources {
    readonly editor: typeof en;
  }
}

registerNamespace('editor', { en: () => import('./locales/en.ts'), de: () => import('./locales/de.ts') });
// The route's module is ready only with its texts: no screen of the editor blinks or shows keys.
await loadNamespaces('editor', 'faults', 'connections');

/** Values inside a text. */
type TextValues = Readonly<Record<string, string | number>>;

/** Texts whose key comes from data: titles of actions, announcements, refusals. A test checks that they exist. */
export type DynamicText = (key: string, values?: TextValues) => string;

/** Texts of the editor: `t` with checked keys, `say` with keys from data, words of findings and errors, and the language. */
export function useTexts() {
  const { t, i18n } = useTranslation('editor');
  const faults = useFaultCatalog();
  const say = useCallback<DynamicText>((key, values = {}) => (t as unknown as DynamicText)(key, values), [t]);
  return { t, say, faults, has: (key: string) => i18n.exists(key, { ns: 'editor' }), language: i18n.language };
}
