import { matchesPattern } from './pattern.ts';

/** Characters tried in a class, in this order: readable ones first. */
const READABLE = 'a1A0bcdefxyz23456789BCDEFXYZ-_ .:/@+#'.split('');
const CLASSES: Readonly<Record<string, string>> = { d: '1', w: 'a', s: ' ', D: 'a', W: '-', S: 'a', t: '\t', n: '\n', r: '\r' };
const LOOKAROUND = /^\((\?=|\?!|\?<=|\?<!)/;

/** Where the reader is, and how many times it repeats what may be repeated. */
interface Reader {
  readonly pattern: string;
  at: number;
  readonly repeats: number;
}

function readEscape(reader: Reader): string {
  const letter = reader.pattern[reader.at + 1] ?? '';
  reader.at += 2;
  if (letter === 'b' || letter === 'B') return '';
  if (letter === 'p' || letter === 'P') {
    reader.at = reader.pattern.indexOf('}', reader.at) + 1;
    return letter === 'p' ? 'A' : '-';
  }
  const code = letter === 'u' ? /^[\da-fA-F]{4}/ : letter === 'x' ? /^[\da-fA-F]{2}/ : null;
  const hex = code?.exec(reader.pattern.slice(reader.at))?.[0];
  if (hex !== undefined) {
    reader.at += hex.length;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }
  return CLASSES[letter] ?? letter;
}

function readClass(reader: Reader): string {
  let end = reader.at + 1;
  if (reader.pattern[end] === '^') end++;
  while (end < reader.pattern.length && (reader.pattern[end] !== ']' || end === reader.at + 1)) end += reader.pattern[end] === '\\' ? 2 : 1;
  const text = reader.pattern.slice(reader.at, end + 1);
  reader.at = end + 1;
  const own = Array.from(text.slice(1, -1)).filter((letter) => !'^\\-'.includes(letter));
  return [...READABLE, ...own].find((letter) => matchesPattern(`^${text}$`, letter) === true) ?? own[0] ?? 'a';
}

function skipGroup(reader: Reader): void {
  let depth = 0;
  do {
    const letter = reader.pattern[reader.at];
    if (letter === '\\') reader.at++;
    else if (letter === '(') depth++;
    else if (letter === ')') depth--;
    reader.at++;
  } while (depth > 0 && reader.at < reader.pattern.length);
}

function readGroup(reader: Reader): string {
  const rest = reader.pattern.slice(reader.at);
  if (LOOKAROUND.test(rest)) {
    skipGroup(reader);
    return '';
  }
  reader.at += /^\((\?:|\?[a-z-]+:|\?<\w+>)?/.exec(rest)?.[0].length ?? 1;
  const text = readChoice(reader);
  reader.at++;
  return text;
}

function readAtom(reader: Reader): string {
  const letter = reader.pattern[reader.at] ?? '';
  if (letter === '\\') return readEscape(reader);
  if (letter === '[') return readClass(reader);
  if (letter === '(') return readGroup(reader);
  reader.at++;
  if (letter === '^' || letter === '$') return '';
  return letter === '.' ? 'a' : letter;
}

function readTimes(reader: Reader): number {
  const match = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(reader.pattern.slice(reader.at));
  if (!match) return 1;
  reader.at += match[0].length;
  if (match[1] !== undefined) return match[1] === '?' ? Math.min(1, reader.repeats) : Math.max(match[1] === '+' ? 1 : 0, reader.repeats);
  const least = Number(match[2]);
  const most = match[3] === undefined ? least : match[4] === '' ? Infinity : Number(match[4]);
  return Math.min(most, Math.max(least, reader.repeats));
}

/** Reads up to `)` or the end; of alternatives the first counts. */
function readChoice(reader: Reader): string {
  let first: string | null = null;
  let text = '';
  while (reader.at < reader.pattern.length && reader.pattern[reader.at] !== ')') {
    if (reader.pattern[reader.at] === '|') {
      first ??= text;
      text = '';
      reader.at++;
      continue;
    }
    const atom = readAtom(reader);
    text += atom.repeat(Math.min(readTimes(reader), 2000));
  }
  return first ?? text;
}

/**
 * A text that matches a pattern and has a length within bounds.
 * @returns null where none was found
 */
export function textForPattern(pattern: string, minLength = 0, maxLength = Infinity): string | null {
  for (const repeats of [1, 0, 2, 4, 8, minLength, 16, 32]) {
    const text = readChoice({ pattern, at: 0, repeats });
    if (text.length >= minLength && text.length <= maxLength && matchesPattern(pattern, text) !== false) return text;
  }
  return null;
}
