import type { Matcher } from 're2js';
import type { Pattern } from '../../runtime/pattern.ts';
import type { Run } from '../../runtime/run.ts';
import { put, type Value } from '../../runtime/value.ts';

/** One find of a pattern in a text. */
interface Match {
  readonly start: number;
  readonly end: number;
  /** The whole find first, then each group; undefined for a group that took no part. */
  readonly groups: readonly (string | undefined)[];
}

/** What a replacement is: text with `$1`, `$<name>`, `$&`, or a function of the groups. */
type Replacer = string | ((groups: readonly Value[]) => string);

/** The first find, if any. */
export function matchOnce(pattern: Pattern, text: string, run: Run): Match | undefined {
  const matcher = pattern.matcher(text, run);
  return matcher.find() ? found(matcher) : undefined;
}

/** All finds. */
export function matchAll(pattern: Pattern, text: string, run: Run): readonly Match[] {
  const matcher = pattern.matcher(text, run);
  const matches: Match[] = [];
  while (matcher.find()) {
    run.spend(6 + 2 * matcher.groupCount());
    matches.push(found(matcher));
  }
  return matches;
}

function found(matcher: Matcher): Match {
  const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined);
  return { start: matcher.start(), end: matcher.end(), groups };
}

/** A text cut where a pattern matches. */
export function splitByPattern(pattern: Pattern, text: string, run: Run): readonly (string | undefined)[] {
  const parts: (string | undefined)[] = [];
  let from = 0;
  for (const match of matchAll(pattern, text, run)) {
    const isEmpty = match.end === match.start;
    if (isEmpty && (match.start === from || match.start >= text.length)) continue;
    parts.push(text.slice(from, match.start), ...match.groups.slice(1));
    from = match.end;
  }
  if (text === '' && matchOnce(pattern, text, run) !== undefined) return [];
  parts.push(text.slice(from));
  run.chargeList(parts.length);
  return parts;
}

/** A text with the first find, or all, replaced. The length is known before it is made. */
export function replaceMatches(
  pattern: Pattern,
  text: string,
  how: { readonly run: Run; readonly replacer: Replacer; readonly isAll: boolean },
): string {
  const { run, replacer, isAll } = how;
  const first = isAll ? undefined : matchOnce(pattern, text, run);
  const matches = isAll ? matchAll(pattern, text, run) : first === undefined ? [] : [first];
  const pieces: string[] = [];
  let from = 0;
  let length = 0;
  for (const match of matches) {
    const replaced = typeof replacer === 'string' ? expand(replacer, match, pattern) : replacer([...match.groups, match.start, text]);
    length += match.start - from + replaced.length;
    if (length > run.limits.textLength) run.chargeText(length);
    pieces.push(text.slice(from, match.start), replaced);
    from = match.end;
  }
  run.chargeText(length + text.length - from);
  return pieces.join('') + text.slice(from);
}

/** A find as people get it: a list of its groups, which also knows where it is and the groups that have names. */
export function findOf({ start, groups }: Match, pattern: Pattern): readonly Value[] {
  const list: Value[] = [...groups];
  const named: Record<string, Value> = {};
  const entries = Object.entries(pattern.groups);
  for (const [name, group] of entries) put(named, name, groups[group]);
  // Beside its elements, as in JavaScript: neither JSON nor a copy of it has them.
  Object.defineProperty(list, 'index', { value: start });
  if (entries.length > 0) Object.defineProperty(list, 'groups', { value: named });
  return list;
}

/** JavaScript's marks in a replacement, but `` $` `` and `$'`, which could square the length. */
function expand(replacement: string, match: Match, pattern: Pattern): string {
  if (!replacement.includes('$')) return replacement;
  return replacement.replaceAll(/\$(?:\$|&|\d{1,2}|<([^>]*)>)/gu, (mark: string, name: string | undefined) => {
    if (mark === '$$') return '$';
    if (mark === '$&') return match.groups[0] ?? '';
    if (name !== undefined) return Object.hasOwn(pattern.groups, name) ? (match.groups[pattern.groups[name] ?? -1] ?? '') : '';
    return expandNumber(mark, match);
  });
}

function expandNumber(mark: string, match: Match): string {
  const digits = mark.slice(1);
  const whole = Number(digits);
  if (whole > 0 && whole < match.groups.length) return match.groups[whole] ?? '';
  const one = Number(digits[0]);
  if (digits.length === 2 && one > 0 && one < match.groups.length) return (match.groups[one] ?? '') + (digits[1] ?? '');
  return mark;
}
