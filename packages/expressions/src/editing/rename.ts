import { isJsonObject, type JsonValue } from '@millwright/core';
import { ExpressionError } from '../errors.ts';
import { accessOf, applyEdits, isName, quoted, type TextEdit } from './key-text.ts';
import { type ReadKey, type Reference, references } from './references.ts';

/** A field that gets another name. */
export interface FieldRename {
  /** Whose data: a node by id or name, or what arrives at the node that the expression belongs to. */
  readonly of: { readonly node: string } | 'input';
  /** Down to the field, its old name last. At least one. */
  readonly path: readonly string[];
  readonly to: string;
}

/** A text after a rename. */
export interface Renamed {
  readonly text: string;
  /** Places that were changed. */
  readonly count: number;
  /** Places that may mean it too, but do not say so: lists, computed keys above it, texts that cannot be read. */
  readonly unclear: number;
}

/** `$('id')` in a text that cannot be parsed. */
const BROKEN_REFERENCE = /\$\(\s*(['"`])([^'"`\\]+)\1\s*\)/gu;

/**
 * Gives nodes other names wherever a text names them; everything else stays to the letter. Never throws.
 * @param names old id or name → new one
 */
export function renameNodes(source: string, names: ReadonlyMap<string, string>): string {
  try {
    const edits = references(source).flatMap(({ node }): readonly TextEdit[] => {
      const next = node === undefined ? undefined : names.get(node.name);
      return node === undefined || next === undefined ? [] : [{ start: node.start, end: node.end, text: nodeText(source, node, next) }];
    });
    return applyEdits(source, edits);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return source.replaceAll(BROKEN_REFERENCE, (whole, quote: '"' | "'" | '`', name: string) => {
      const next = names.get(name);
      return next === undefined ? whole : `$(${quoted(next, quote)})`;
    });
  }
}

/** `$node.lead` is the one form without quotes. */
function nodeText(source: string, { start }: { readonly start: number }, name: string): string {
  const quote = source.charAt(start);
  if (quote === '"' || quote === "'" || quote === '`') return quoted(name, quote);
  return name;
}

/** {@link renameNodes} in every text of a node's parameters; what does not change is the same object. */
export function renameNodesIn(parameters: JsonValue, names: ReadonlyMap<string, string>): JsonValue {
  return mapExpressions(parameters, (source) => renameNodes(source, names));
}

/** Gives a field another name wherever a text reads it; everything else stays to the letter. Never throws. */
export function renameField(source: string, rename: FieldRename): Renamed {
  try {
    const edits: TextEdit[] = [];
    let unclear = 0;
    for (const reference of references(source)) {
      if (!isOf(reference, rename.of)) continue;
      const key = keyAt(reference, rename.path);
      if (key === 'unclear') unclear += 1;
      else if (key !== undefined) edits.push(keyEdit(key, rename.to));
    }
    return { text: applyEdits(source, edits), count: edits.length, unclear };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { text: source, count: 0, unclear: 1 };
  }
}

function isOf({ of, node }: Reference, wanted: FieldRename['of']): boolean {
  return wanted === 'input' ? of === 'input' : of === 'node' && node?.name === wanted.node;
}

/** The key that the path ends at. Something shorter reads the field too, or does not; that cannot be told. */
function keyAt({ keys, isData, isList }: Reference, path: readonly string[]): ReadKey | 'unclear' | undefined {
  if (isList) return 'unclear';
  if (!isData || keys.some(({ name }, index) => index < path.length && name !== path[index])) return undefined;
  return keys[path.length - 1] ?? 'unclear';
}

/** The same way of writing it where the new name allows it. */
export function keyEdit({ start, end, nameStart, nameEnd, form, quote, isChained }: ReadKey, to: string): TextEdit {
  if (form === 'bracket' && quote !== '') return { start: nameStart, end: nameEnd, text: quoted(to, quote) };
  if (form === 'dot' && isName(to)) return { start: nameStart, end: nameEnd, text: to };
  return { start, end, text: accessOf(to, isChained) };
}

/** A value with every text in it that holds an expression changed; what does not change is the same object. */
export function mapExpressions(value: JsonValue, change: (source: string) => string): JsonValue {
  if (typeof value === 'string') return value.includes('{{') ? change(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (!isJsonObject(value)) {
    const list = value.map((one) => mapExpressions(one, change));
    return list.some((one, index) => one !== value[index]) ? list : value;
  }
  const entries = Object.entries(value).map(([key, one]) => [key, mapExpressions(one, change)] as const);
  return entries.some(([key, one]) => one !== value[key]) ? Object.fromEntries(entries) : value;
}
