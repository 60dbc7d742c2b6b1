import type { JsonValue } from '@millwright/core';
import type { WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import { dataTexts, inReadingOrder, plainPieces, type Reading, type SearchableText, type TextPlace, textsOf } from './searchable.ts';

/** What is looked for. */
export interface FindQuery {
  readonly text: string;
  readonly isCaseSensitive: boolean;
  readonly isWholeWord: boolean;
}

/** One place where it was found. */
export interface Hit {
  /** Of a step, of a note on the canvas, or what stands at a line. */
  readonly of: 'node' | 'annotation' | 'edge';
  /** Of a line its key. */
  readonly id: string;
  readonly place: TextPlace;
  /** The whole text as people read it, and where in it the hit is. */
  readonly shown: string;
  readonly at: readonly [start: number, end: number];
  /** Where in the stored text it stands, to be replaced; null where it cannot be: it is part of a reference, a type, or data. */
  readonly replaceable: readonly [start: number, end: number] | null;
}

/** A character of a word, in any script. */
const WORD = /[\p{L}\p{N}_]/u;

function isWhole(text: string, start: number, end: number): boolean {
  const [before, after] = [text.slice(0, start).at(-1) ?? '', text.slice(end).at(0) ?? ''];
  return !WORD.test(before) && !WORD.test(after);
}

/** Lower case, letter for letter: positions stay what they were. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : Array.from(text, (letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter)).join('');
}

/** Where a text holds what is looked for. */
export function matchesIn(text: string, query: FindQuery): readonly (readonly [number, number])[] {
  const [hay, needle] = query.isCaseSensitive ? [text, query.text] : [lowered(text), lowered(query.text)];
  const found: (readonly [number, number])[] = [];
  if (needle === '') return found;
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    if (!query.isWholeWord || isWhole(text, at, end)) found.push([at, end]);
  }
  return found;
}

const FIXED: ReadonlySet<TextPlace['kind']> = new Set(['type', 'data']);

function hitsIn({ place, pieces }: SearchableText, query: FindQuery, owner: Pick<Hit, 'of' | 'id'>): readonly Hit[] {
  const shown = pieces.map((piece) => piece.text).join('');
  let before = 0;
  return pieces.flatMap((piece) => {
    const offset = before;
    before += piece.text.length;
    const matches = matchesIn(piece.text, query);
    const isOther = matches.length === 0 && piece.alias !== undefined && matchesIn(piece.alias, query).length > 0;
    return (isOther ? [[0, piece.text.length] as const] : matches).map(([start, end]): Hit => ({
      ...owner,
      place,
      shown,
      at: [offset + start, offset + end],
      replaceable: piece.kind === 'plain' && !FIXED.has(place.kind) ? [piece.start + start, piece.start + end] : null,
    }));
  });
}

/** Texts of steps that were read before: they are read again only when the step, or a name in it, has changed. */
export type ReadTexts = WeakMap<WorkflowNode, readonly SearchableText[]>;

/** What a search looks through. */
export interface FindInput {
  readonly document: WorkflowDocument;
  readonly reading: Reading;
  readonly query: FindQuery;
  readonly known: ReadTexts;
  /** What each step gave in the latest run; absent: it is not looked through. */
  readonly samples?: Readonly<Record<string, JsonValue>>;
}

/** The hits step by step, in reading order: after each step whoever asks may do something else first. */
export function* findHits({ document, reading, query, known, samples }: FindInput): Generator<readonly Hit[], void> {
  for (const node of inReadingOrder(document)) {
    const texts = known.get(node) ?? textsOf(node, reading);
    known.set(node, texts);
    const sample = samples?.[node.id];
    const all = sample === undefined ? texts : [...texts, ...dataTexts(sample)];
    yield all.flatMap((text) => hitsIn(text, query, { of: 'node', id: node.id }));
  }
  const noted = (text: string, owner: Pick<Hit, 'of' | 'id'>): readonly Hit[] =>
    hitsIn({ place: { kind: 'notes' }, text, pieces: plainPieces(text) }, query, owner);
  for (const edge of document.edges) if (edge.label !== undefined) yield noted(edge.label, { of: 'edge', id: edgeKey(edge) });
  for (const { id, text } of document.annotations) yield noted(text, { of: 'annotation', id });
}
