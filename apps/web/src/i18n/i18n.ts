import { InvariantError } from '@millwright/core';
import i18next, { type BackendModule, type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, languages, pickLanguage } from './languages.ts';
import type { Resources } from './resources.ts';

type Loader = () => Promise<{ readonly default: object }>;

const STORAGE_KEY = 'millwright.language';
const loaders = new Map<string, Readonly<Record<Language, Loader>>>();

/**
 * Makes a feature folder's texts known. Call it at the top of the module that is loaded first;
 * the texts themselves are fetched when a component first asks for the namespace.
 */
export function registerNamespace(namespace: keyof Resources, load: Readonly<Record<Language, Loader>>): void {
  loaders.set(namespace, load);
}

async function deliver(language: string, namespace: string, done: ReadCallback): Promise<void> {
  try {
    const load = loaders.get(namespace)?.[pickLanguage([language])];
    if (!load) throw new InvariantError({ code: 'texts_unknown', message: `no texts registered for ${namespace}` });
    done(null, { ...(await load()).default });
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)), null);
  }
}

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => void deliver(language, namespace, done),
};

function wishedLanguages(): readonly string[] {
  try {
    const chosen = localStorage.getItem(STORAGE_KEY);
    return chosen ? [chosen, ...navigator.languages] : navigator.languages;
  } catch {
    return navigator.languages;
  }
}

/** Starts i18next with the person's language; resolves when the texts that every screen needs are there. */
export async function startI18n(): Promise<void> {
  registerNamespace('core', { en: () => import('./locales/en.ts'), de: () => import('./locales/de.ts') });
  const language = pickLanguage(wishedLanguages());
  document.documentElement.lang = language;
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      supportedLngs: languages,
      fallbackLng: false,
      ns: ['core'],
      defaultNS: 'core',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** Switches the language of the whole interface and keeps the choice on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Blocked storage: the choice holds until the page is left.
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Fetches namespaces before a screen is shown, so that it does not blink. */
export async function loadNamespaces(...namespaces: readonly (keyof Resources)[]): Promise<void> {
  await i18next.loadNamespaces([...namespaces]);
}
