import { escapedCode } from './escapes.ts';
import { SyntaxFault } from './fault.ts';

/** What begins a name, and what goes on with it, by Unicode. */
const starts = /[$_\p{ID_Start}]/u;
const continues = /[$\u200c\u200d\p{ID_Continue}]/u;
const plain = /[\w$]*/y;

/** Words that are no names. */
export const keywords: ReadonlySet<string> = new Set(
  `break case catch continue debugger default do else finally for function if return switch throw try var while with null true false instanceof
  typeof void delete new in this const class extends export import super`.split(/\s+/u),
);

/** Names that only strict code keeps for the future. */
const reservedWhenStrict = new Set('implements interface let package private protected public static yield'.split(' '));

/** Whether a name is kept for the future. */
export function isReserved(name: string, isStrict: boolean): boolean {
  return name === 'enum' || (isStrict && reservedWhenStrict.has(name));
}

/** Whether a name can begin with the character at a position; a backslash begins an escaped one. */
export function startsWord(source: string, at: number): boolean {
  const character = characterAt(source, at);
  return character === '\\' || starts.test(character);
}

/** Whether a name can go on with the character at a position. */
export function continuesWord(source: string, at: number): boolean {
  return continues.test(characterAt(source, at));
}

function characterAt(source: string, at: number): string {
  return at < source.length ? String.fromCodePoint(source.codePointAt(at) ?? 0) : '';
}

/** A word, as it is meant. */
export interface Word {
  readonly text: string;
  readonly end: number;
  /** Written with `\u`: then it is no keyword. */
  readonly isEscaped: boolean;
}

/** The word that begins at a position; empty where none does. @throws SyntaxFault for an escape that is no letter of a name */
export function readWord(source: string, start: number): Word {
  plain.lastIndex = start;
  const end = start + (plain.exec(source)?.[0].length ?? 0);
  const next = source.charCodeAt(end);
  return next === 92 || next > 127 ? readLetters(source, start) : { text: source.slice(start, end), end, isEscaped: false };
}

function readLetters(source: string, start: number): Word {
  let text = '';
  let isEscaped = false;
  let at = start;
  for (;;) {
    const allowed = text === '' ? starts : continues;
    const character = characterAt(source, at);
    if (character === '\\') {
      isEscaped = true;
      const escaped = source[at + 1] === 'u' ? escapedCode(source, at + 2) : undefined;
      if (escaped === undefined) throw new SyntaxFault(at + 1, 'Expecting Unicode escape sequence \\uXXXX');
      const letter = String.fromCodePoint(escaped.code);
      if (!allowed.test(letter)) throw new SyntaxFault(at, 'Invalid Unicode escape');
      text += letter;
      at = escaped.end;
    } else if (allowed.test(character)) {
      text += character;
      at += character.length;
    } else return { text, end: at, isEscaped };
  }
}
