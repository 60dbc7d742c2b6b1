import { readEscape } from './escapes.ts';
import { SyntaxFault } from './fault.ts';
import { readWord, startsWord } from './words.ts';

/** A literal's value, and the position after it. */
export interface Read<Value> {
  readonly value: Value;
  readonly end: number;
}

const digits = String.raw`\d+(?:_\d+)*`;
const exponent = String.raw`(?:[eE][-+]?${digits})?`;
const bigOrRadix = /(?:0[xX][\da-fA-F]+(?:_[\da-fA-F]+)*|0[oO][0-7]+(?:_[0-7]+)*|0[bB][01]+(?:_[01]+)*|(?:0|[1-9]\d*(?:_\d+)*)(?=n))n?/y;
const legacyOctal = /0[0-7]+(?![\d_])/y;
const decimal = new RegExp(
  String.raw`(?:0\d*[89]\d*|(?:0|[1-9]\d*(?:_\d+)*)(?!\d))(?:\.(?:${digits})?)?${exponent}|\.${digits}${exponent}`,
  'y',
);

/** @throws SyntaxFault for what is no number, or goes on like a name */
export function readNumber(source: string, start: number, isStrict: boolean): Read<number | bigint> {
  const find = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = start;
    return pattern.exec(source)?.[0];
  };
  const radix = find(bigOrRadix);
  const octal = radix === undefined ? find(legacyOctal) : undefined;
  const text = radix ?? octal ?? find(decimal);
  if (text === undefined || (isStrict && /^0\d/u.test(text))) throw new SyntaxFault(start, 'Invalid number');
  const end = start + text.length;
  if (source[end] !== '\\' && startsWord(source, end)) throw new SyntaxFault(end, 'Identifier directly after number');
  const plain = text.replaceAll('_', '');
  if (radix?.endsWith('n') === true) return { value: BigInt(plain.slice(0, -1)), end };
  return { value: octal === undefined ? Number(plain) : Number.parseInt(octal, 8), end };
}

/** @throws SyntaxFault where a text has no end, or an escape stands for nothing */
export function readText(source: string, start: number, isStrict: boolean): Read<string> {
  const quote = source.charAt(start);
  const stop = quote === '"' ? /["\\\r\n]/g : /['\\\r\n]/g;
  let value = '';
  for (let at = start + 1; ;) {
    stop.lastIndex = at;
    const next = stop.exec(source);
    if (next === null || next[0] === '\n' || next[0] === '\r') throw new SyntaxFault(start, 'Unterminated string constant');
    value += source.slice(at, next.index);
    if (next[0] === quote) return { value, end: next.index + 1 };
    const escape = readEscape(source, next.index + 1);
    if (escape === undefined)
      throw new SyntaxFault(next.index + (source.startsWith('u{', next.index + 1) ? 3 : 2), 'Bad character escape sequence');
    if (escape.isOctal && isStrict) throw new SyntaxFault(next.index, 'Octal literal in strict mode');
    value += escape.text;
    at = escape.end;
  }
}

/** A stretch of a template text, up to its end or the next `${`. @throws SyntaxFault as a text */
export function readTemplatePart(source: string, start: number): Read<string> {
  const stop = /`|\$\{|\\|\r\n?/g;
  let value = '';
  for (let at = start; ;) {
    stop.lastIndex = at;
    const next = stop.exec(source);
    if (next === null) throw new SyntaxFault(start, 'Unterminated template');
    value += source.slice(at, next.index);
    if (next[0] === '`' || next[0] === '${') return { value, end: next.index };
    if (next[0] === '\\') {
      const escape = readEscape(source, next.index + 1);
      if (escape === undefined || escape.isOctal) throw new SyntaxFault(start, 'Bad escape sequence in untagged template literal');
      value += escape.text;
      at = escape.end;
    } else {
      value += '\n';
      at = stop.lastIndex;
    }
  }
}

/** A regular expression between its slashes. */
export interface PatternText {
  readonly pattern: string;
  readonly flags: string;
}

/** @throws SyntaxFault where it has no end or is none. Newer syntax of regular expressions than ES2024's is none on every host. */
export function readPattern(source: string, start: number): Read<PatternText> {
  const body = /(?:[^\\/[\r\n\u2028\u2029]|\\[^\r\n\u2028\u2029]|\[(?:[^\]\\\r\n\u2028\u2029]|\\[^\r\n\u2028\u2029])*\])*\//y;
  body.lastIndex = start;
  const found = body.exec(source)?.[0];
  if (found === undefined) throw new SyntaxFault(start, 'Unterminated regular expression');
  const pattern = found.slice(0, -1);
  const { text: flags, end, isEscaped } = readWord(source, start + found.length);
  if (isEscaped) throw new SyntaxFault(start + found.length, 'Unexpected token');
  if (new Set(flags).size < flags.length) throw new SyntaxFault(start, 'Duplicate regular expression flag');
  if (/[^dgimsuvy]/u.test(flags)) throw new SyntaxFault(start, 'Invalid regular expression flag');
  const fault = faultOf(pattern, flags);
  if (fault !== undefined) throw new SyntaxFault(start, fault);
  return { value: { pattern, flags }, end };
}

function faultOf(pattern: string, flags: string): string | undefined {
  const groups = pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gsu, '');
  if (/\(\?[ims-]+:/u.test(groups)) return `Invalid regular expression: /${pattern}/: Invalid group`;
  const names = [...groups.matchAll(/\(\?<(?![=!])([^>]*)>/gu)].map(([, name]) => name);
  if (new Set(names).size < names.length) return `Invalid regular expression: /${pattern}/: Duplicate capture group name`;
  try {
    // Only reads it: what matches is RE2, never the host.
    void new RegExp(pattern, flags);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'Invalid regular expression';
  }
}
