/** Lower case without accents, so that `verzogerung` finds `Verzögerung`. */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
}

function scoreWord(word: string, text: string): number {
  if (text === word) return 100;
  if (text.startsWith(word)) return 90 - Math.min(20, text.length - word.length);
  const atWord = text.split(/[^\p{L}\p{N}]+/u).findIndex((part) => part.startsWith(word));
  if (atWord >= 0) return 70 - Math.min(20, atWord * 3);
  const inside = text.indexOf(word);
  if (inside >= 0) return 50 - Math.min(20, inside);
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

/**
 * How well a query fits a text: 0 for not at all, 100 for equal. Every word of the query must fit somewhere.
 * @param query folded by {@link fold}
 * @param text folded too
 */
export function fuzzyScore(query: string, text: string): number {
  const words = query.split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  let total = 0;
  for (const word of words) {
    const score = scoreWord(word, text);
    if (score === 0) return 0;
    total += score;
  }
  return total / words.length;
}
