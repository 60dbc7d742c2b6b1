import { UserError } from '@millwright/core';

/** A word of a command line, and where it begins in the text (from 0). */
export interface CommandWord {
  readonly text: string;
  readonly at: number;
}

/** How a command line is written: as shells of Unix, or as Windows' `cmd`. */
export type Dialect = 'sh' | 'cmd';

interface Sign {
  readonly text: string;
  readonly at: number;
}

const ANSI: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\u0007', b: '\b', e: '\u001b', f: '\f', v: '\v', 0: '\0' };
/** What ends a command outside of quotes. */
const ENDS = new Set(['|', ';', '&', '>', '<']);

/** @throws UserError always: `curl_invalid` with line and column */
export function curlFault(text: string, at: number, { message, hint }: { readonly message: string; readonly hint: string }): UserError {
  const before = text.slice(0, at).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return new UserError('invalid', {
    code: 'curl_invalid',
    message: `${message} (line ${line}, column ${column})`,
    hint,
    details: { at, line, column },
  });
}

/** `cmd` has carets before quotes and at line ends. */
function dialectOf(text: string): Dialect {
  return /\^(\r?\n|")/.test(text) ? 'cmd' : 'sh';
}

class Words {
  readonly words: CommandWord[] = [];
  #text = '';
  #at = -1;

  add(text: string, at: number): void {
    if (this.#at < 0) this.#at = at;
    this.#text += text;
  }

  end(): void {
    if (this.#at >= 0) this.words.push({ text: this.#text, at: this.#at });
    this.#text = '';
    this.#at = -1;
  }
}

function escapeAt(text: string, at: number): { readonly value: string; readonly next: number } {
  const letter = text[at + 1] ?? '';
  const hex = /^(x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8})/.exec(text.slice(at + 1, at + 10))?.[0];
  if (hex !== undefined)
    return { value: String.fromCodePoint(Math.min(Number.parseInt(hex.slice(1), 16), 0x10ffff)), next: at + 1 + hex.length };
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (octal !== undefined && octal.length > 1)
    return { value: String.fromCharCode(Number.parseInt(octal, 8)), next: at + 1 + octal.length };
  return { value: ANSI[letter] ?? letter, next: at + 2 };
}

/** Reads a quoted piece from its opening sign. @returns where it goes on */
function readQuoted(text: string, at: number, words: Words): number {
  const isAnsi = text[at] === '$';
  const quote = isAnsi ? "'" : (text[at] ?? '');
  let here = at + (isAnsi ? 2 : 1);
  words.add('', at);
  while (here < text.length && text[here] !== quote) {
    const letter = text[here] ?? '';
    if (letter !== '\\' || (quote === "'" && !isAnsi)) {
      words.add(letter, here++);
    } else if (isAnsi) {
      const { value, next } = escapeAt(text, here);
      words.add(value, here);
      here = next;
    } else {
      const next = text[here + 1] ?? '';
      if (next !== '\n') words.add('"\\$`'.includes(next) ? next : `\\${next}`, here);
      here += 2;
    }
  }
  if (here >= text.length)
    throw curlFault(text, at, { message: 'a quote is not closed', hint: 'Copy the whole command, up to its last quote.' });
  return here + 1;
}

function splitShell(text: string): { readonly words: readonly CommandWord[]; readonly rest: number } {
  const words = new Words();
  let at = 0;
  while (at < text.length) {
    const letter = text[at] ?? '';
    if (letter === '\\' || letter === '`') {
      const line = /^.\r?\n/.exec(text.slice(at, at + 3))?.[0];
      if (line === undefined && letter === '\\') words.add(text[at + 1] ?? '', at);
      at += line?.length ?? (letter === '\\' ? 2 : 1);
    } else if (letter === "'" || letter === '"' || (letter === '$' && text[at + 1] === "'")) at = readQuoted(text, at, words);
    else if (/\s/.test(letter)) {
      words.end();
      at++;
    } else if (ENDS.has(letter)) break;
    else words.add(letter, at++);
  }
  words.end();
  return { words: words.words, rest: at };
}

/** Takes carets away; a caret at a line's end joins the next one. */
function withoutCarets(text: string): readonly Sign[] {
  const signs: Sign[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '^') {
      signs.push({ text: text[at] ?? '', at });
      continue;
    }
    const line = /^\^\r?\n(\r?\n)?/.exec(text.slice(at, at + 5));
    if (line === null) signs.push({ text: text[++at] ?? '', at });
    else {
      if (line[1] !== undefined) signs.push({ text: '\n', at });
      at += line[0].length - 1;
    }
  }
  return signs;
}

/** Arguments as programs on Windows read them: `\"` is a quote, and so is `""` inside quotes. */
function splitCmd(text: string): { readonly words: readonly CommandWord[]; readonly rest: number } {
  const words = new Words();
  const signs = withoutCarets(text);
  let opened: number | null = null;
  for (let index = 0; index < signs.length; index++) {
    const { text: letter, at } = signs[index] ?? { text: '', at: 0 };
    const next = signs[index + 1]?.text;
    if ((letter === '\\' && next === '"') || (letter === '"' && opened !== null && next === '"')) {
      words.add('"', at);
      index++;
    } else if (letter === '\\' && next === '\\' && opened !== null && signs[index + 2]?.text === '"') {
      words.add('\\', at);
      index++;
    } else if (letter === '"') {
      words.add('', at);
      opened = opened === null ? at : null;
    } else if (/\s/.test(letter) && opened === null) words.end();
    else words.add(letter, at);
  }
  if (opened !== null)
    throw curlFault(text, opened, { message: 'a quote is not closed', hint: 'Copy the whole command, up to its last quote.' });
  words.end();
  return { words: words.words, rest: text.length };
}

/**
 * Takes a command line apart.
 * @returns its words, and where the command ended: at a pipe, or at the end of the text
 * @throws UserError `curl_invalid` when a quote is not closed
 */
export function splitCommand(text: string): { readonly words: readonly CommandWord[]; readonly rest: number } {
  return dialectOf(text) === 'cmd' ? splitCmd(text) : splitShell(text);
}
