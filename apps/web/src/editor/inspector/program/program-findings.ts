import { javascriptLanguage, typescriptLanguage } from '@codemirror/lang-javascript';
import { closest, type Diagnostic, inferShape, type Shape, shapeAt } from '@millwright/expressions/browser';
import type { JsonValue } from '@millwright/core';

type SyntaxNode = ReturnType<typeof javascriptLanguage.parser.parse>['topNode'];

/** What reads the data of an item. */
const ROOTS: ReadonlySet<string> = new Set(['$json', '$input.item.json', '$input.first().json', '$input.last().json']);

/** Longest program that is looked through, UTF-16 units: it is read while somebody types. */
const LONGEST = 50_000;

/** A field that a program reads, by its path below the item. */
interface ReadField {
  readonly keys: readonly { readonly name: string; readonly from: number; readonly to: number; readonly isQuoted: boolean }[];
  /** Nothing is wrong where it is not there, it is written, or it is a function. */
  readonly isFree: boolean;
  readonly isWritten: boolean;
}

/** Left of these, or behind them, a field may be missing. */
const FREE_PARENTS = /^(?:typeof|delete)\b/;

/** Whether nothing is said of a field that is not there, by what stands around it. */
function meansOf(node: SyntaxNode, source: string): Pick<ReadField, 'isFree' | 'isWritten'> {
  const { parent } = node;
  if (!parent) return { isFree: false, isWritten: false };
  const isFirst = parent.firstChild?.from === node.from && parent.firstChild.to === node.to;
  const isWritten = (parent.name === 'AssignmentExpression' && isFirst) || /^(?:UpdateExpression|PostfixExpression)$/.test(parent.name);
  const isDefaulted = parent.name === 'BinaryExpression' && isFirst && /^\s*\?\?/.test(source.slice(node.to));
  const isCalled = parent.name === 'CallExpression' && isFirst;
  const isAsked = parent.name === 'UnaryExpression' && FREE_PARENTS.test(source.slice(parent.from));
  return { isFree: isDefaulted || isCalled || isAsked, isWritten };
}

/** The fixed key of `a.b` or `a['b']`; null for a computed one, `undefined` behind `?.`. */
function keyOf(node: SyntaxNode, source: string): ReadField['keys'][number] | null | undefined {
  const last = node.lastChild;
  if (!last || node.getChild('?.') !== null) return undefined;
  if (last.name === 'PropertyName') return { name: source.slice(last.from, last.to), from: last.from, to: last.to, isQuoted: false };
  const text = node.getChild('String');
  if (!text || text.from === node.firstChild?.from) return null;
  return { name: source.slice(text.from + 1, text.to - 1), from: text.from, to: text.to, isQuoted: true };
}

/** The path that a chain of keys reads below an item; null where it reads something else. */
function readBy(node: SyntaxNode, source: string): ReadField | null {
  const keys: ReadField['keys'][number][] = [];
  let isFree = false;
  let at: SyntaxNode = node;
  for (;;) {
    if (at !== node && ROOTS.has(source.slice(at.from, at.to).replaceAll(/\s/g, ''))) break;
    const below = at.name === 'MemberExpression' ? at.firstChild : null;
    if (!below) return null;
    const key = keyOf(at, source);
    // What stands behind a computed key, or one that may be missing, is not known.
    if (key === null || key === undefined) keys.length = 0;
    else keys.unshift(key);
    isFree ||= key === undefined;
    at = below;
  }
  const around = meansOf(node, source);
  return keys.length === 0 ? null : { keys, isFree: isFree || around.isFree, isWritten: around.isWritten };
}

/** Every place where a program reads fields of items: the longest chains of keys. */
function readsOf(source: string, isTyped: boolean): readonly ReadField[] {
  const found: ReadField[] = [];
  const tree = (isTyped ? typescriptLanguage : javascriptLanguage).parser.parse(source);
  tree.iterate({
    enter: ({ node }) => {
      if (node.name !== 'MemberExpression') return;
      const { parent } = node;
      if (parent?.name === 'MemberExpression' && parent.firstChild?.from === node.from && parent.firstChild.to === node.to) return;
      const read = readBy(node, source);
      if (read) found.push(read);
    },
  });
  return found;
}

function findingOf({ keys }: ReadField, shape: Shape): readonly Diagnostic[] {
  const at = shapeAt(
    shape,
    keys.map(({ name }) => name),
  );
  const key = at.kind === 'missing' ? keys[at.depth] : undefined;
  // Texts, numbers and lists have functions of their own; what is nothing here and there says little.
  if (at.kind !== 'missing' || !key || at.owner.types.some((type) => type !== 'object')) return [];
  const suggestion = closest(key.name, [...at.owner.fields.keys()]) ?? '';
  const text = key.isQuoted || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(suggestion) ? JSON.stringify(suggestion) : suggestion;
  const canReplace = suggestion !== '' && (key.isQuoted || !text.startsWith('"'));
  return [
    {
      severity: 'warning',
      code: 'unknownField',
      start: key.from,
      end: key.to,
      values: { name: key.name, suggestion },
      hint: `No sample has \`${key.name}\`.`,
      fixes: canReplace ? [{ kind: 'replace', to: suggestion, edits: [{ start: key.from, end: key.to, text }] }] : [],
    },
  ];
}

/**
 * Fields that a JavaScript or TypeScript program reads of an item and that none of the items has, with the nearest name. What the program
 * writes itself, asks for or gives a default is its own business.
 * @param items data of all items that arrived in the latest run
 */
export function findingsInProgram(source: string, isTyped: boolean, items: readonly JsonValue[]): readonly Diagnostic[] {
  if (source.length > LONGEST || items.length === 0) return [];
  const reads = readsOf(source, isTyped);
  const written = new Set(reads.flatMap(({ keys, isWritten }) => (isWritten ? (keys[0]?.name ?? []) : [])));
  const shape = inferShape(items);
  return reads.flatMap((read) => (read.isFree || read.isWritten || written.has(read.keys[0]?.name ?? '') ? [] : findingOf(read, shape)));
}
