import type { NodeTypeCatalog, NodeTypeInfo } from '@millwright/workflow';
import { canReplace } from '../core/graph/replacing/replace-step.ts';
import type { PickerRequest } from '../core/state/interface-store.ts';
import { typeDescription, typeTitle } from '../look/type-words.ts';
import { queryWords, scoreWords, fold, searchText, type SearchText } from './fuzzy.ts';

/** One operation that can be chosen: "HubSpot: Create contact". */
export interface PickerEntry {
  readonly info: NodeTypeInfo;
  readonly title: string;
  readonly description: string;
  /** The app that it is one of several operations of; null for a step that stands alone. */
  readonly app: { readonly key: string; readonly title: string } | null;
  /** Titles in all languages. */
  readonly titles: readonly SearchText[];
  /** Search words: aliases and the type. */
  readonly words: readonly SearchText[];
  readonly folded: string;
}

/** Whether a type can stand where the picker was opened. */
function fits(info: NodeTypeInfo, request: PickerRequest): boolean {
  if (info.retired) return false;
  if (request.replaces) return canReplace(info, request.replaces);
  if (request.triggersOnly === true) return info.kind === 'trigger';
  const { kind } = request.placement;
  if (kind === 'free') return true;
  // Ports that a parameter makes are there as soon as the step is.
  return kind === 'before'
    ? info.outputs.length > 0 || info.outputsFrom !== undefined
    : info.inputs.length > 0 || info.inputsFrom !== undefined;
}

/** "HubSpot: Create contact" is one of HubSpot's; the product's own steps stand alone. */
function appOf({ type, title, category }: NodeTypeInfo): PickerEntry['app'] {
  const [app = ''] = title.split(': ', 1);
  if (type.startsWith('core.') || app === title || (category !== 'apps' && category !== 'triggers')) return null;
  return { key: type.slice(0, type.indexOf('.')), title: app };
}

function entryOf(info: NodeTypeInfo, language: string): PickerEntry {
  const description = typeDescription(info, language);
  const titles = [typeTitle(info, language), info.title, ...Object.values(info.locales).flatMap((texts) => texts['title'] ?? [])];
  return {
    info,
    title: typeTitle(info, language),
    description,
    app: appOf(info),
    titles: [...new Set(titles)].map(searchText),
    words: [...new Set([...info.aliases, info.type])].map(searchText),
    folded: fold(description),
  };
}

/** The newest version of each type that can stand there, in words of the language: made once, when the picker opens. */
export function entriesFor(catalog: NodeTypeCatalog, request: PickerRequest, language: string): readonly PickerEntry[] {
  const newest = new Map<string, NodeTypeInfo>();
  for (const info of catalog.all())
    if (fits(info, request) && (newest.get(info.type)?.version ?? 0) < info.version) newest.set(info.type, info);
  return [...newest.values()].map((info) => entryOf(info, language));
}

/** How much less a search word counts than a title: "http" means HTTP request, not every step that has to do with it. */
const WORD_PENALTY = 30;
/** Score of a word that only the description has. */
const IN_DESCRIPTION = 5;
/** What having been used lately counts: less than any difference in how well the words fit that people would see. */
const RECENT_BONUS = 4;
/** What being used by the workspace's workflows counts: less than having been used lately by this person, however long ago. */
const POPULAR_BONUS = 0.4;

function scoreOf(entry: PickerEntry, query: string, words: readonly string[]): number {
  let best = query.length > 2 && entry.folded.includes(query) ? IN_DESCRIPTION : 0;
  for (const text of entry.titles) best = Math.max(best, scoreWords(words, text));
  if (best >= 100 - WORD_PENALTY) return best;
  for (const text of entry.words) {
    const score = scoreWords(words, text);
    if (score > 0) best = Math.max(best, 1, score - WORD_PENALTY);
  }
  return best;
}

/** What narrows and orders the list, besides the words. */
export interface SearchOptions {
  /** A tab; null for all. @see OWN_TAB */
  readonly category: string | null;
  /** Only the operations of an app; null for all. */
  readonly app?: string | null;
  /** Types that this person used lately, the last one first. */
  readonly recent?: readonly string[];
  /** How much the workspace's workflows use a type, 0 to 1. */
  readonly popular?: ReadonlyMap<string, number>;
}

/** The tab of what this install added itself; the others are categories. */
export const OWN_TAB = 'own';

function isIn({ info }: PickerEntry, tab: string | null): boolean {
  return tab === null || (tab === OWN_TAB ? info.own === true : info.category === tab);
}

/** Tabs that have entries. */
export function tabsOf(entries: readonly PickerEntry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ info }) => (info.own === true ? [info.category, OWN_TAB] : [info.category])));
}

/** Entries that fit a query, the best first; for an empty query those used lately, then those that the workspace uses most, then the catalog's order. */
export function searchEntries(entries: readonly PickerEntry[], search: string, options: SearchOptions): readonly PickerEntry[] {
  const { category, app = null, recent = [], popular } = options;
  const query = fold(search.trim());
  const words = queryWords(query);
  const rank = new Map(recent.map((type, index) => [type, 1 - index / (recent.length + 1)]));
  return entries
    .filter((entry) => isIn(entry, category) && (app === null || entry.app?.key === app))
    .map((entry) => {
      const score = words.length === 0 ? 1 : scoreOf(entry, query, words);
      const { type } = entry.info;
      const bonus = RECENT_BONUS * (rank.get(type) ?? 0) + POPULAR_BONUS * (popular?.get(type) ?? 0);
      return { entry, score: score === 0 ? 0 : score + bonus };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

/** A finished workflow to begin with. */
export interface Template {
  readonly key: string;
  readonly title: string;
  readonly description: string;
}

/** Templates whose title or description has all words of a query; all of them for an empty one. */
export function templatesFor(templates: readonly Template[], search: string): readonly Template[] {
  const words = queryWords(fold(search.trim()));
  return templates.filter(({ title, description }) => words.every((word) => fold(`${title} ${description}`).includes(word)));
}

/** What becomes of a finished workflow: its steps are put into the open one, or it is opened as one of its own. */
export type TemplateUse = 'put' | 'begin';

/** The rows of finished workflows: each for either use. */
export function templateRows(templates: readonly Template[]): readonly PickerRow[] {
  return templates.flatMap((template): readonly PickerRow[] => [
    { kind: 'template', template, use: 'put' },
    { kind: 'template', template, use: 'begin' },
  ]);
}

/** One row of the list: an operation, an app that opens to its operations, or a finished workflow. */
export type PickerRow =
  | { readonly kind: 'template'; readonly template: Template; readonly use: TemplateUse }
  | { readonly kind: 'step'; readonly entry: PickerEntry }
  | { readonly kind: 'app'; readonly key: string; readonly title: string; readonly first: PickerEntry; readonly count: number };

/** Most operations of an app that stand in the list by themselves while nothing is searched. */
const ALONE = 2;

/** The rows of a list. Without a query the operations of an app stand behind one row, so that the list stays short. */
export function rowsOf(found: readonly PickerEntry[], isGrouped: boolean): readonly PickerRow[] {
  if (!isGrouped) return found.map((entry) => ({ kind: 'step', entry }));
  const ofApp = Map.groupBy(found, (entry) => entry.app?.key ?? '');
  const shown = new Set<string>();
  return found.flatMap((entry): readonly PickerRow[] => {
    const { app } = entry;
    const count = app === null ? 0 : (ofApp.get(app.key)?.length ?? 0);
    if (app === null || count <= ALONE) return [{ kind: 'step', entry }];
    if (shown.has(app.key)) return [];
    shown.add(app.key);
    return [{ kind: 'app', key: app.key, title: app.title, first: entry, count }];
  });
}

/** The address in a search that means one: `api.acme.com/v1`, `https://…`; null for words. */
export function addressIn(search: string): string | null {
  const text = search.trim();
  if (/^https?:\/\/[^\s/]+\S*$/i.test(text)) return text;
  return /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:\/\S*)?$/i.test(text) ? `https://${text}` : null;
}
