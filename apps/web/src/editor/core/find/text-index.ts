import type { NodeTypeCatalog } from '@millwright/workflow';
import type { DraftStore } from '../document/draft-store.ts';
import type { ReadTexts } from './find-hits.ts';

/** What decides how the texts of a step read, besides the step itself. */
export interface IndexReading {
  readonly catalog: NodeTypeCatalog;
  /** Language, names of steps, and whether expressions are read. */
  readonly words: string;
}

interface Index extends IndexReading {
  readonly texts: ReadTexts;
}

const indexes = new WeakMap<DraftStore, Index>();

/** The texts of a draft as they were read: one index for everything that searches it. It begins anew where texts read otherwise. */
export function textIndexOf(draft: DraftStore, { catalog, words }: IndexReading): ReadTexts {
  const known = indexes.get(draft);
  if (known?.catalog === catalog && known.words === words) return known.texts;
  const texts: ReadTexts = new WeakMap();
  indexes.set(draft, { catalog, words, texts });
  return texts;
}
