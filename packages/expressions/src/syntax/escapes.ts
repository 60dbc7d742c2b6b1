const fourDigits = /[\da-f]{4}/iy;
const inBraces = /\{([\da-f]+)\}/iy;
const twoDigits = /[\da-f]{2}/iy;
const octal = /[0-3]?[0-7]{1,2}/y;

/** The code point of `XXXX` or `{X...}` after `\u`; undefined for anything else. */
export function escapedCode(source: string, at: number): { readonly code: number; readonly end: number } | undefined {
  fourDigits.lastIndex = at;
  inBraces.lastIndex = at;
  const four = fourDigits.exec(source)?.[0];
  if (four !== undefined) return { code: Number.parseInt(four, 16), end: at + 4 };
  const [whole = '', digits = ''] = inBraces.exec(source) ?? [];
  const code = Number.parseInt(digits, 16);
  return code <= 0x10_ff_ff ? { code, end: at + whole.length } : undefined;
}

/** What an escape stands for. */
export interface Escape {
  readonly text: string;
  readonly end: number;
  /** An octal number, or `\8`: only loose code has them. */
  readonly isOctal: boolean;
}

const single: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  v: '\v',
  f: '\f',
  '\n': '',
  '\u2028': '',
  '\u2029': '',
};

/** Reads what follows a backslash in a text. Undefined: it stands for nothing. */
export function readEscape(source: string, at: number): Escape | undefined {
  const character = source.charAt(at);
  const plain = (text: string, end: number): Escape => ({ text, end, isOctal: false });
  if (character === 'x') {
    twoDigits.lastIndex = at + 1;
    const digits = twoDigits.exec(source)?.[0];
    return digits === undefined ? undefined : plain(String.fromCharCode(Number.parseInt(digits, 16)), at + 3);
  }
  if (character === 'u') {
    const escaped = escapedCode(source, at + 1);
    return escaped && plain(String.fromCodePoint(escaped.code), escaped.end);
  }
  if (character === '\r') return plain('', source[at + 1] === '\n' ? at + 2 : at + 1);
  if (character === '8' || character === '9') return { text: character, end: at + 1, isOctal: true };
  octal.lastIndex = at;
  const digits = octal.exec(source)?.[0];
  if (digits !== undefined) {
    const isZero = digits === '0' && !/[89]/u.test(source.charAt(at + 1));
    return { text: String.fromCharCode(Number.parseInt(digits, 8)), end: at + digits.length, isOctal: !isZero };
  }
  return plain(Object.hasOwn(single, character) ? (single[character] ?? '') : character, at + 1);
}
