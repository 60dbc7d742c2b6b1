import type { NodeTypeCatalog, NodeTypeInfo } from '@millwright/workflow';
import type { PickerRequest } from '../core/state/interface-store.ts';
import { typeDescription, typeTitle } from '../look/type-words.ts';
import { fold, fuzzyScore } from './fuzzy.ts';

/** One row of the picker. */
export interface PickerEntry {
  readonly info: NodeTypeInfo;
  readonly title: string;
  readonly description: string;
  /** Folded titles in all languages. */
  readonly titles: readonly string[];
  /** Folded search words: aliases and the type. */
  readonly words: readonly string[];
}

/** Whether a type can stand where the picker was opened. */
function fits(info: NodeTypeInfo, request: PickerRequest): boolean {
  if (request.triggersOnly === true) return info.kind === 'trigger';
  const { kind } = request.placement;
  if (kind === 'free') return true;
  // Ports that a parameter makes are there as soon as the step is.
  return kind === 'before'
    ? info.outputs.length > 0 || info.outputsFrom !== undefined
    : info.inputs.length > 0 || info.inputsFrom !== undefined;
}

/** The newest version of each type that can stand there, in words of the language. */
export function entriesFor(catalog: NodeTypeCatalog, request: PickerRequest, language: string): readonly PickerEntry[] {
  const newest = new Map<string, NodeTypeInfo>();
  for (const info of catalog.all())
    if (fits(info, request) && (newest.get(info.type)?.version ?? 0) < info.version) newest.set(info.type, info);
  return [...newest.values()].map((info) => ({
    info,
    title: typeTitle(info, language),
    description: typeDescription(info, language),
    titles: [typeTitle(info, language), info.title, ...Object.values(info.locales).flatMap((texts) => texts['title'] ?? [])].map(fold),
    words: [...info.aliases, info.type].map(fold),
  }));
}

/** How much less a search word counts than a title: "http" means HTTP request, not every step that has to do with it. */
const WORD_PENALTY = 30;
/** Score of a word that only the description has. */
const IN_DESCRIPTION = 5;

function scoreOf(entry: PickerEntry, query: string): number {
  const titles = entry.titles.map((text) => fuzzyScore(query, text));
  const words = entry.words.map((text) => fuzzyScore(query, text)).map((score) => (score === 0 ? 0 : Math.max(1, score - WORD_PENALTY)));
  const isDescribed = query.length > 2 && fold(entry.description).includes(query);
  return Math.max(...titles, ...words, isDescribed ? IN_DESCRIPTION : 0);
}

/** Entries of a category that fit a query, the best first; all in the catalog's order for an empty query. */
export function searchEntries(entries: readonly PickerEntry[], search: string, category: string | null): readonly PickerEntry[] {
  const query = fold(search.trim());
  return entries
    .filter((entry) => category === null || entry.info.category === category)
    .map((entry) => ({ entry, score: query === '' ? 1 : scoreOf(entry, query) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
