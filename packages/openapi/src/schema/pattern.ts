import { RE2JS } from 're2js';

const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  xdigit: 'A-Fa-f0-9',
  word: '\\w',
};

function isJavaScript(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').unicode;
  } catch {
    return false;
  }
}

/**
 * A pattern in JavaScript's dialect with the `u` flag: other dialects' anchors, classes, leading flags and needless escapes are rewritten.
 * @returns the pattern as it is where nothing helps
 */
export function repairPattern(pattern: string): string {
  if (isJavaScript(pattern)) return pattern;
  const flags = /^\(\?([ims]+)\)/.exec(pattern)?.[1];
  const body = (flags === undefined ? pattern : pattern.slice(flags.length + 3))
    .replaceAll(/\[:(\w+):\]/g, (whole, name: string) => POSIX[name] ?? whole)
    .replaceAll('\\A', '^')
    .replaceAll(/\\[zZ]/g, '$')
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\\([^\w\s^$\\.*+?()[\]{}|/-])/gu, '$1');
  const plain = flags === undefined ? body : `(?${flags}:${body})`;
  const candidates = [plain, plain.replaceAll(String.raw`\-`, '-'), plain.replaceAll(/\{(?!\d)/g, String.raw`\{`)];
  return candidates.find(isJavaScript) ?? pattern;
}

const compiled = new Map<string, RE2JS | null>();
const MAX_COMPILED = 2000;

function compile(pattern: string): RE2JS | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (compiled.size > MAX_COMPILED) compiled.clear();
  let made: RE2JS | null = null;
  try {
    made = RE2JS.compile(pattern);
  } catch {
    // A dialect that RE2 does not have: nobody can say.
  }
  compiled.set(pattern, made);
  return made;
}

/** Whether a text matches, in time linear to its length; null where the pattern cannot be told. */
export function matchesPattern(pattern: string, text: string): boolean | null {
  return compile(pattern)?.matcher(text).find() ?? null;
}
