import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import { faultCatalog } from '../api/fault-words.ts';
import { loadNamespaces, registerNamespace } from '../i18n/i18n.ts';
import type en from './locales/en.ts';
import type panels from './page/locales/en.ts';

declare module '../i18n/resources.ts' {
  interface Resources {
    readonly editor: typeof en & typeof panels;
    readonly editorPanels: typeof panels;
  }
}

registerNamespace('editorPanels', { en: () => import('./page/locales/en.ts'), de: () => import('./page/locales/de.ts') });
registerNamespace('editor', { en: () => import('./locales/en.ts'), de: () => import('./locales/de.ts') });
// The route's module is ready only with its texts: no screen of the editor blinks or shows keys.
await loadNamespaces('editor', 'faults');

/** Fetches the texts of what opens beside the canvas; whatever shows them waits for it. */
export function loadPanelTexts(): Promise<void> {
  return loadNamespaces('editorPanels', 'connections');
}

/** Values inside a text. */
type TextValues = Readonly<Record<string, string | number>>;

/** Texts whose key comes from data: titles of actions, announcements, refusals. A test checks that they exist. */
export type DynamicText = (key: string, values?: TextValues) => string;

/** Where a text of the editor may be. */
const TEXTS = ['editor', 'editorPanels'] as const;

function textsOf(language: string) {
  const t = i18next.getFixedT(language, TEXTS) as unknown as TFunction<'editor'>;
  const say: DynamicText = (key, values = {}) => (t as unknown as DynamicText)(key, values);
  return {
    t,
    say,
    core: i18next.getFixedT(language, 'core'),
    faults: faultCatalog(i18next.getFixedT(language, 'faults'), (key) => i18next.exists(key, { ns: 'faults' })),
    has: (key: string) => i18next.exists(key, { ns: TEXTS }),
    language,
  };
}

let texts: ReturnType<typeof textsOf> | null = null;

function currentTexts(): ReturnType<typeof textsOf> {
  if (texts?.language !== i18next.language) texts = textsOf(i18next.language);
  return texts;
}

function onLanguage(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

/**
 * Texts of the editor: `t` with checked keys, `say` with keys from data, `core` for texts that all screens share, words of findings
 * and errors, and the language. One object for everybody: a thousand cards ask for it, and a translator made for each costs more than the card.
 */
export function useTexts(): ReturnType<typeof textsOf> {
  return useSyncExternalStore(onLanguage, currentTexts);
}
