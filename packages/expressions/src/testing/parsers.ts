import { parseExpressionAt } from 'acorn';
import { SyntaxFault } from '../syntax/fault.ts';
import { parseExpression } from '../syntax/parse-expression.ts';
import { chanceFrom } from './grammar.ts';
import { sourceOf } from './sources.ts';

/** What a parser makes of a source: a tree in a form that can be compared, or why it cannot be read. */
interface Parsed {
  readonly tree?: string;
  /** Position behind the tree. */
  readonly end?: number;
  /** Kinds of syntax in the tree. */
  readonly kinds: ReadonlySet<string>;
  readonly fault?: { readonly at: number; readonly message: string; readonly denied: string | undefined };
}

function acorns(source: string): Parsed {
  try {
    return treeOf(parseExpressionAt(source, 0, { ecmaVersion: 2024, sourceType: 'script', preserveParens: true }));
  } catch (error) {
    if (!(error instanceof SyntaxError) || !('pos' in error)) throw error;
    const message = error.message.replace(/ \(\d+:\d+\)$/u, '');
    return { kinds: new Set(), fault: { at: Number(error.pos), message, denied: undefined } };
  }
}

function ours(source: string): Parsed {
  try {
    return treeOf(parseExpression(source));
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { kinds: new Set(), fault: error };
  }
}

function treeOf(node: { readonly end: number }): Parsed {
  const kinds = new Set<string>();
  return { tree: JSON.stringify(plain(node, kinds)), end: node.end, kinds };
}

/** A node as its facts by name and its children in their order: that is the order in which they are looked through. */
function plain(value: unknown, kinds: Set<string>): unknown {
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((one: unknown) => plain(one, kinds));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const { type, async: waits, generator } = Object.fromEntries(entries);
  if (typeof type === 'string') kinds.add(type);
  if (waits === true) kinds.add('async');
  if (generator === true) kinds.add('generator');
  // A regular expression is its text: the host's object for it is never used.
  const known = entries.filter(([key, one]) => one !== undefined && !(key === 'value' && Object.hasOwn(value, 'regex')));
  const isChild = ([, one]: readonly [string, unknown]): boolean => typeof one === 'object' && one !== null;
  const facts = known.filter((entry) => !isChild(entry)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [...facts, ...known.filter(isChild)].map(([key, one]) => [key, plain(one, kinds)]);
}

/** How both parsers differ on a source; undefined where they agree. */
export function differenceIn(source: string): string | undefined {
  const [theirs, own] = [acorns(source), ours(source)];
  if (isAgreed(source, theirs, own)) return undefined;
  return `${source}\n  acorn: ${theirs.tree ?? JSON.stringify(theirs.fault)}\n  ours: ${own.tree ?? JSON.stringify(own.fault)}`;
}

function isAgreed(source: string, theirs: Parsed, { tree, end, fault }: Parsed): boolean {
  // Behind the block of an arrow function no division can follow. Acorn takes it for a regular expression there: either way it is no `{{ }}`.
  const isBeforeSlash = (at: number | undefined): boolean => at !== undefined && /^\s*\//u.test(source.slice(at));
  if (fault === undefined) return tree === theirs.tree || (theirs.fault !== undefined && isBeforeSlash(end));
  // What is refused as a whole is read no further: acorn reads on, and may find a mistake behind it.
  if (fault.denied !== undefined) return theirs.fault !== undefined || theirs.kinds.has(fault.denied);
  if (theirs.fault === undefined) return isBeforeSlash(theirs.end);
  return theirs.fault.message !== fault.message || theirs.fault.at === fault.at;
}

/** Sources by chance on which both differ. @param seed the first one; each source has its own */
export function parserDifferences(seed: number, count: number, most = 5): readonly string[] {
  const found: string[] = [];
  const { stackTraceLimit } = Error;
  // Most sources cannot be read, and where in the parsers that was found out is nobody's business.
  Error.stackTraceLimit = 0;
  for (let own = seed; own < seed + count && found.length < most; own += 1) {
    const difference = differenceIn(`${sourceOf(chanceFrom(own))} }}`);
    if (difference !== undefined) found.push(`${own}: ${difference}`);
  }
  Error.stackTraceLimit = stackTraceLimit;
  return found;
}
