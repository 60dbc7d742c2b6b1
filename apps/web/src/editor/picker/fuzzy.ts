/** Lower case without accents, so that `verzogerung` finds `Verzögerung`. */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
}

/** A folded text, ready to be searched again and again: its words and where each begins are known. */
export interface SearchText {
  readonly text: string;
  readonly words: readonly string[];
}

/** Folds a text and cuts it into words. */
export function searchText(text: string): SearchText {
  const folded = fold(text);
  return { text: folded, words: folded.split(/[^\p{L}\p{N}]+/u) };
}

function scoreWord(word: string, { text, words }: SearchText): number {
  if (text === word) return 100;
  const inside = text.indexOf(word);
  if (inside === 0) return 90 - Math.min(20, text.length - word.length);
  const atWord = inside < 0 ? -1 : words.findIndex((part) => part.startsWith(word));
  if (atWord >= 0) return 70 - Math.min(20, atWord * 3);
  if (inside > 0) return 50 - Math.min(20, inside);
  return scoreLetters(word, text);
}

/** Letters in order with gaps: typing errors of omission. Needs the first letter and small gaps. */
function scoreLetters(word: string, text: string): number {
  if (word.length < 3 || word[0] !== text[0]) return 0;
  let at = 0;
  let gaps = 0;
  for (const letter of word) {
    const found = text.indexOf(letter, at);
    if (found < 0) return 0;
    gaps += found - at;
    at = found + 1;
  }
  return gaps > word.length * 2 ? 0 : Math.max(1, 30 - gaps * 2);
}

/** The words of a query. @param query folded by {@link fold} */
export function queryWords(query: string): readonly string[] {
  return query.split(/\s+/).filter(Boolean);
}

/** How well the words of a query fit a text: 0 for not at all, 100 for equal. Every word must fit somewhere. */
export function scoreWords(words: readonly string[], text: SearchText): number {
  if (words.length === 0) return 1;
  let total = 0;
  for (const word of words) {
    const score = scoreWord(word, text);
    if (score === 0) return 0;
    total += score;
  }
  return total / words.length;
}

/**
 * How well a query fits a text: 0 for not at all, 100 for equal.
 * @param query folded by {@link fold}
 * @param text folded too
 */
export function fuzzyScore(query: string, text: string): number {
  return scoreWords(queryWords(query), searchText(text));
}
