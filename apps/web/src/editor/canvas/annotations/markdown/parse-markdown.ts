/** A piece of a line. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly content: readonly Inline[] };

/** A part of a note. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] };

/** Longest marked piece of a line, characters: bounds how far a mark looks for its end. */
const PIECE = 500;

const MARKED = new RegExp(
  [
    `\`([^\`\\n]{1,${PIECE}})\``,
    `\\*\\*([^*\\n]{1,${PIECE}})\\*\\*`,
    `\\*([^*\\s][^*\\n]{0,${PIECE}})\\*`,
    `\\b_([^_\\s][^_\\n]{0,${PIECE}})_\\b`,
    `\\[([^\\]\\n]{1,${PIECE}})\\]\\(([^()\\s]{1,2000})\\)`,
  ].join('|'),
  'g',
);

/** Deepest nesting of marks inside of marks. */
const DEPTH = 3;

/** The address that a link may lead to: http, https or mailto; null for all else. */
function safeAddress(text: string): string | null {
  if (!/^(?:https?:\/\/|mailto:)/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).href;
}

function pieceOf(match: RegExpExecArray, depth: number): Inline {
  const [whole, code, bold, italic, underscored, linkText, address] = match;
  if (code !== undefined) return { kind: 'code', text: code };
  if (bold !== undefined) return { kind: 'bold', content: parseInline(bold, depth + 1) };
  const slanted = italic ?? underscored;
  if (slanted !== undefined) return { kind: 'italic', content: parseInline(slanted, depth + 1) };
  const href = safeAddress(address ?? '');
  if (href === null || linkText === undefined) return { kind: 'text', text: whole };
  return { kind: 'link', href, content: parseInline(linkText, DEPTH) };
}

/** Bold, italic, code and links of one line; what is marked wrongly stays text. */
function parseInline(line: string, depth = 0): readonly Inline[] {
  if (line === '') return [];
  if (depth >= DEPTH) return [{ kind: 'text', text: line }];
  const pieces: Inline[] = [];
  let at = 0;
  const text = (end: number): void => void (end > at ? pieces.push({ kind: 'text', text: line.slice(at, end) }) : undefined);
  for (const match of line.matchAll(MARKED)) {
    text(match.index);
    pieces.push(pieceOf(match, depth));
    at = match.index + match[0].length;
  }
  text(line.length);
  return pieces;
}

const HEADING = /^(#{1,3})\s+(\S.*)$/;
const BULLET = /^\s{0,3}[-*+]\s+(\S.*)$/;
const NUMBER = /^\s{0,3}\d{1,9}[.)]\s+(\S.*)$/;

/** What a line begins or goes on with. */
function lineBlock(line: string): Block | null {
  const heading = HEADING.exec(line);
  if (heading) {
    const level = (heading[1]?.length ?? 1) as 1 | 2 | 3;
    return { kind: 'heading', level, content: parseInline(heading[2] ?? '') };
  }
  const bullet = BULLET.exec(line);
  const number = bullet ? null : NUMBER.exec(line);
  const item = bullet ?? number;
  if (item) return { kind: 'list', isOrdered: number !== null, items: [parseInline(item[1] ?? '')] };
  return line.trim() === '' ? null : { kind: 'paragraph', lines: [parseInline(line)] };
}

function joined(before: Block | undefined, next: Block): Block | null {
  if (before?.kind === 'list' && next.kind === 'list' && before.isOrdered === next.isOrdered)
    return { ...before, items: [...before.items, ...next.items] };
  if (before?.kind === 'paragraph' && next.kind === 'paragraph') return { ...before, lines: [...before.lines, ...next.lines] };
  return null;
}

/**
 * Reads the subset of Markdown that notes have: headings, lists, bold, italic, code and links. There is no HTML in it: what looks
 * like some is text.
 */
export function parseMarkdown(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let isFresh = true;
  for (const line of text.split(/\r?\n/)) {
    const next = lineBlock(line);
    const grown = next && !isFresh ? joined(blocks.at(-1), next) : null;
    if (grown) blocks[blocks.length - 1] = grown;
    else if (next) blocks.push(next);
    isFresh = next === null;
  }
  return blocks;
}
