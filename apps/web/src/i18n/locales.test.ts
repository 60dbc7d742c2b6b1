import { describe, expect, it } from 'vitest';

type Tree = { readonly [key: string]: string | Tree };
interface LocaleModule {
  readonly default: Tree;
}

const modules = import.meta.glob<LocaleModule>('../**/locales/{en,de}.ts', { eager: true });

/** Findings about a draft come with English words from the server; only other languages are translated by code. */
const SERVER_TEXTS = /^(problem|run)\.[a-z0-9_]+\.(text|hint)$/;

function flatten(tree: Tree, path = ''): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(`${path}${key}`, value);
    else for (const [inner, text] of flatten(value, `${path}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\{\s*([a-zA-Z]+)/g)].map((match) => match[1] ?? '').toSorted();
}

const folders = Object.keys(modules)
  .filter((path) => path.endsWith('/en.ts'))
  .map((path) => path.slice(0, -'/en.ts'.length));

function textsOf(folder: string, language: string): ReadonlyMap<string, string> {
  const module = modules[`${folder}/${language}.ts`];
  if (!module) throw new Error(`${folder} has no ${language}`);
  return flatten(module.default);
}

describe.each(folders)('texts in %s', (folder) => {
  const en = textsOf(folder, 'en');
  const de = textsOf(folder, 'de');
  it('have the same keys in English and German; texts that the server brings in English need no English key', () => {
    const own = [...de.keys()].filter((key) => en.has(key) || !SERVER_TEXTS.test(key));
    expect(own.toSorted()).toEqual([...en.keys()].toSorted());
  });
  it('are never empty', () => {
    expect([...en, ...de].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
  it('fill in the same values in both languages', () => {
    const different = [...en].filter(([key, text]) => placeholders(text).join() !== placeholders(de.get(key) ?? '').join());
    expect(different).toEqual([]);
  });
  it('have a singular for every plural', () => {
    const lonely = [...en.keys()].filter((key) => key.endsWith('_other') && !en.has(key.replace(/_other$/, '_one')));
    expect(lonely).toEqual([]);
  });
});

it('every screen folder is among them', () => {
  expect(folders.length).toBeGreaterThanOrEqual(5);
});
