import { localeOrder } from '../../runtime/locale-text.ts';
import { Pattern } from '../../runtime/pattern.ts';
import type { Run } from '../../runtime/run.ts';
import { toText } from '../../runtime/text.ts';
import { Lambda, type Value } from '../../runtime/value.ts';
import { findOf, matchAll, matchOnce, replaceMatches, splitByPattern } from './matching.ts';
import type { Args, MethodTable } from '../spec.ts';

/** Finding, splitting and replacing in a text. */
export const textFindMethods: MethodTable<string> = {
  includes: {
    signature: '(text, from?)',
    doc: 'Whether it contains a text',
    example: "'hello'.includes('ell')",
    perform: (self, args) => self.includes(args.text(0), args.optionalNumber(1)),
  },
  startsWith: {
    signature: '(text, from?)',
    doc: 'Whether it starts with a text',
    example: "'hello'.startsWith('he')",
    perform: (self, args) => self.startsWith(args.text(0), args.optionalNumber(1)),
  },
  endsWith: {
    signature: '(text, end?)',
    doc: 'Whether it ends with a text',
    example: "'hello'.endsWith('lo')",
    perform: (self, args) => self.endsWith(args.text(0), args.optionalNumber(1)),
  },
  indexOf: {
    signature: '(text, from?)',
    doc: 'Position of a text, or -1',
    example: "'hello'.indexOf('l')",
    perform: (self, args) => self.indexOf(args.text(0), args.optionalNumber(1)),
  },
  lastIndexOf: {
    signature: '(text, from?)',
    doc: 'Last position of a text, or -1',
    example: "'hello'.lastIndexOf('l')",
    perform: (self, args) => self.lastIndexOf(args.text(0), args.optionalNumber(1)),
  },
  split: { signature: '(separator, limit?)', doc: 'Cut into a list', example: "'a,b'.split(',')", perform: split },
  match: {
    signature: '(pattern)',
    doc: 'What a regular expression finds: all with flag g, otherwise the first with its groups; null when nothing',
    example: "'a1b2'.match(/\\d/g)",
    perform: (self, args, run) => match(self, patternOf(args, 0, run), run),
  },
  matchAll: {
    signature: '(pattern)',
    doc: 'All that a regular expression finds, each with its groups',
    example: "'a1b2'.matchAll(/[a-z](\\d)/g)",
    perform: (self, args, run) => {
      const pattern = patternOf(args, 0, run);
      return matchAll(pattern, self, run).map((found) => findOf(found, pattern));
    },
  },
  search: {
    signature: '(pattern)',
    doc: 'Position of what a regular expression finds, or -1',
    example: "'a1'.search(/\\d/)",
    perform: (self, args, run) => matchOnce(patternOf(args, 0, run), self, run)?.start ?? -1,
  },
  replace: {
    signature: '(search, replacement)',
    doc: 'With the first find replaced (all with a regular expression with flag g)',
    example: "'a-b'.replace('-', '+')",
    perform: (self, args, run) => replace(self, args, { run, isAll: false }),
  },
  replaceAll: {
    signature: '(search, replacement)',
    doc: 'With every find replaced',
    example: "'a-b-c'.replaceAll('-', '+')",
    perform: (self, args, run) => replace(self, args, { run, isAll: true }),
  },
  localeCompare: {
    signature: '(text, locale?, { numeric, sensitivity }?)',
    doc: 'Order against another text: -1, 0 or 1',
    example: "'a'.localeCompare('b')",
    perform: (self, args, run) => Math.sign(localeOrder(self, args, run)),
  },
};

function split(self: string, args: Args, run: Run): Value {
  // As in JavaScript a negative limit is none.
  const asked = args.optionalNumber(1) ?? -1;
  const limit = asked < 0 ? Number.POSITIVE_INFINITY : asked;
  const by = args.value(0);
  if (by === undefined) return [self];
  const parts = by instanceof Pattern ? splitByPattern(by, self, run) : splitByText(self, args.text(0), run);
  return parts.length > limit ? parts.slice(0, limit) : parts;
}

function splitByText(self: string, by: string, run: Run): readonly string[] {
  run.spend(self.length >> 5);
  if (by === '') run.chargeList(self.length);
  const parts = self.split(by);
  run.chargeList(parts.length);
  return parts;
}

/** The pattern of an argument; text counts as the source of one, as in JavaScript. */
function patternOf(args: Args, index: number, run: Run): Pattern {
  const value = args.value(index);
  if (value instanceof Pattern) return value;
  const source = args.text(index);
  run.spend(500 + source.length * 20);
  return new Pattern(source, '');
}

function match(self: string, pattern: Pattern, run: Run): Value {
  if (!pattern.isGlobal) {
    const first = matchOnce(pattern, self, run);
    return first === undefined ? null : findOf(first, pattern);
  }
  const found = matchAll(pattern, self, run).map((one) => one.groups[0]);
  return found.length === 0 ? null : found;
}

function replace(self: string, args: Args, { run, isAll }: { run: Run; isAll: boolean }): string {
  const search = args.value(0);
  const replacement = args.value(1);
  const replacer = replacement instanceof Lambda ? (groups: readonly Value[]) => toText(run.call(replacement, groups), run) : args.text(1);
  if (search instanceof Pattern) return replaceMatches(search, self, { run, replacer, isAll: isAll || search.isGlobal });
  return replaceTexts(self, args.text(0), { run, isAll, replacer });
}

function replaceTexts(
  self: string,
  search: string,
  how: { run: Run; isAll: boolean; replacer: string | ((groups: readonly Value[]) => string) },
): string {
  const { run, isAll, replacer } = how;
  const pieces: string[] = [];
  let from = 0;
  let length = 0;
  for (let at = self.indexOf(search); at !== -1; at = self.indexOf(search, Math.max(at + search.length, at + 1))) {
    run.spend(1);
    const replaced = typeof replacer === 'string' ? replacer : replacer([search, at, self]);
    length += at - from + replaced.length;
    if (length > run.limits.textLength) run.chargeText(length);
    pieces.push(self.slice(from, at), replaced);
    from = at + search.length;
    if (!isAll || at >= self.length) break;
  }
  run.chargeText(length + self.length - from);
  return pieces.join('') + self.slice(from);
}
