import type { NodeTypeCatalog, NodeTypeInfo } from '@millwright/workflow';
import type { PickerRequest } from '../core/state/interface-store.ts';
import { typeDescription, typeTitle } from '../look/type-words.ts';
import { fold, fuzzyScore } from './fuzzy.ts';

/** One row of the picker. */
export interface PickerEntry {
  readonly info: NodeTypeInfo;
  readonly title: string;
  readonly description: string;
  /** Folded texts to search in, the best first. */
  readonly texts: readonly string[];
}

/** Whether a type can stand where the picker was opened. */
function fits(info: NodeTypeInfo, request: PickerRequest): boolean {
  if (request.triggersOnly === true) return info.kind === 'trigger';
  switch (request.placement.kind) {
    case 'free':
      return true;
    case 'after':
    case 'onEdge':
      return info.inputs.length > 0;
    case 'before':
      return info.outputs.length > 0;
  }
}

/** The newest version of each type that can stand there, in words of the language. */
export function entriesFor(catalog: NodeTypeCatalog, request: PickerRequest, language: string): readonly PickerEntry[] {
  const newest = new Map<string, NodeTypeInfo>();
  for (const info of catalog.all()) if (fits(info, request) && (newest.get(info.type)?.version ?? 0) < info.version) newest.set(info.type, info);
  return [...newest.values()].map((info) => ({
    info,
    title: typeTitle(info, language),
    description: typeDescription(info, language),
    texts: [typeTitle(info, language), info.title, ...Object.values(info.locales).flatMap((texts) => texts['title'] ?? []), ...info.aliases, info.type].map(fold),
  }));
}

/** Penalty per place in the list of texts: a title counts more than an alias. */
const TEXT_PENALTY = 2;

function scoreOf(entry: PickerEntry, query: string): number {
  const scores = entry.texts.map((text, index) => {
    const score = fuzzyScore(query, text);
    return score === 0 ? 0 : Math.max(1, score - Math.min(4, index) * TEXT_PENALTY);
  });
  const inDescription = query.length > 2 && fold(entry.description).includes(query) ? 5 : 0;
  return Math.max(...scores, inDescription);
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
