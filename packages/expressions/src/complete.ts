import { compileSegment } from './compile/segment.ts';
import { namespaces } from './methods/globals/globals.ts';
import { describeType } from './describe.ts';
import { ExpressionError } from './errors.ts';
import { defaultLimits } from './limits.ts';
import { parseTemplate } from './parse.ts';
import { keysOf, missing, readKey } from './runtime/access.ts';
import { Run } from './runtime/run.ts';
import { isPlain, kindOf, type Value, View } from './runtime/value.ts';
import type { ExpressionScope } from './scope.ts';

/** One proposal of the editor. */
export interface Completion {
  readonly label: string;
  readonly kind: 'root' | 'field' | 'method' | 'function' | 'node';
  /** A signature, or a short view of the field's value. */
  readonly detail: string;
  /** One line; empty for fields. */
  readonly doc: string;
  /** An expression without braces that shows it: on the value at hand where that needs no arguments. */
  readonly example: string;
  /** What to write in place of the text from `from` to `to`. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
}

const mostFields = 500;
const tryLimits = { ...defaultLimits, fuel: 100_000 };

/**
 * What can be written at a position of a text with `{{ }}`: roots and functions, the keys that the sample really has, the
 * methods of the value's type, the names of nodes inside `$('`. Empty outside of `{{ }}`. Never throws for what is written.
 * @param offset the cursor, UTF-16 units from the start
 * @param sample the item and surroundings to look at
 */
export function completions(source: string, offset: number, sample: ExpressionScope): readonly Completion[] {
  const before = codeBefore(source, offset);
  if (before === undefined) return [];
  const node = /\$(?:node\[|\()\s*(['"])([^'"]*)$/u.exec(before);
  if (node !== null) return nodeNames(sample, node[2] ?? '', offset);
  if (isInsideText(before)) return [];
  const word = /[$\p{L}_][$\p{L}\p{N}_]*$/u.exec(before)?.[0] ?? '';
  const owner = before.slice(0, before.length - word.length).trimEnd();
  const place = { word, from: offset - word.length, to: offset, isOptional: owner.endsWith('?.') };
  if (!owner.endsWith('.')) return starting(place);
  const chain = chainBefore(owner.replace(/\??\.$/u, ''));
  return Object.hasOwn(spaces, chain) ? (spaces[chain]?.(place) ?? []) : ofValue(chain, place, sample);
}

interface Place {
  /** What is written already. */
  readonly word: string;
  readonly from: number;
  readonly to: number;
  /** After `?.` instead of `.`. */
  readonly isOptional: boolean;
}

/** The code from the `{{` that the cursor is in, up to the cursor. */
function codeBefore(source: string, offset: number): string | undefined {
  const open = source.lastIndexOf('{{', Math.max(0, offset - 2));
  if (open === -1 || open + 2 > offset) return undefined;
  const code = source.slice(open + 2, offset);
  return isInsideText(code) || !code.replaceAll(/'[^']*'|"[^"]*"/gu, '').includes('}}') ? code : undefined;
}

/** Whether the code ends within quotes. */
function isInsideText(code: string): boolean {
  let quote = '';
  for (let index = 0; index < code.length; index += 1) {
    const character = code.charAt(index);
    if (quote === '') quote = character === "'" || character === '"' ? character : '';
    else if (character === '\\') index += 1;
    else if (character === quote) quote = '';
  }
  return quote !== '';
}

/** The chain of names, calls and brackets that a piece of code ends with: `1 + $json.a` ends with `$json.a`. */
function chainBefore(code: string): string {
  let at = code.length;
  let depth = 0;
  let quote = '';
  while (at > 0) {
    const character = code.charAt(at - 1);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === ')' || character === ']' || character === '}') depth += 1;
    else if (character === '(' || character === '[' || character === '{') depth -= 1;
    else if (depth === 0 && !/[$\p{L}\p{N}_.?]/u.test(character)) break;
    if (depth < 0) break;
    at -= 1;
  }
  return code.slice(at).replace(/^\?+/u, '');
}

function starting(place: Place): readonly Completion[] {
  const proposals = [...describeType('root'), ...describeType('function')].map((entry) =>
    proposal(entry.type === 'root' ? 'root' : 'function', { ...entry, insert: startOf(entry.name, entry.signature) }, place),
  );
  const names = [...namespaces.keys()].map((name) =>
    proposal('function', { name, signature: '', doc: `Functions of ${name}`, example: '', insert: `${name}.` }, place),
  );
  return matching([...proposals, ...names], place);
}

function startOf(name: string, signature: string): string {
  if (name === '$') return "$('";
  if (name === '$node') return "$node['";
  return signature === '' ? name : `${name}(`;
}

const spaces: Readonly<Record<string, (place: Place) => readonly Completion[]>> = Object.fromEntries(
  [...namespaces.keys()].map((name) => [name, (place: Place) => matching(methodsOf(name, place), place)]),
);

function methodsOf(type: string, place: Place): readonly Completion[] {
  return describeType(type).map((entry) =>
    proposal(
      'method',
      { ...entry, insert: entry.signature === '' ? entry.name : entry.signature === '()' ? `${entry.name}()` : `${entry.name}(` },
      place,
    ),
  );
}

function ofValue(chain: string, place: Place, sample: ExpressionScope): readonly Completion[] {
  const value = valueOf(chain, sample);
  if (value === missing) return [];
  const fields =
    isPlain(value) || value instanceof View
      ? keysOf(value)
          .slice(0, mostFields)
          .map((key) => fieldOf(value, key, place))
      : [];
  const calls =
    value instanceof View
      ? [...value.methods.keys()].map((name) =>
          proposal('method', { name, signature: '()', doc: '', example: '', insert: `${name}()` }, place),
        )
      : [];
  return matching([...fields, ...calls, ...methodsOf(kindOf(value), place).map((one) => onValue(one, chain))], place);
}

/** A method that can be called without arguments shows what it makes of the value at hand. */
function onValue(one: Completion, chain: string): Completion {
  const isFree = one.detail === '' || /^\((?:[^,)]*(?:\?|= [^,)]*)(?:, )?)*\)$/u.test(one.detail);
  return isFree ? { ...one, example: `${chain}.${one.label}${one.detail === '' ? '' : '()'}` } : one;
}

/** What a chain gives for the sample; {@link missing} when it fails. */
function valueOf(chain: string, sample: ExpressionScope): Value {
  try {
    const [segment] = parseTemplate(`{{${chain}}}`);
    if (segment?.kind !== 'code') return missing;
    return compileSegment({ source: `{{${chain}}}` }, segment)({ run: new Run(sample, tryLimits), slots: [], parent: undefined });
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof RangeError) return missing;
    throw error;
  }
}

function fieldOf(owner: Value, key: string, place: Place): Completion {
  const isName = /^[$\p{L}_][$\p{L}\p{N}_]*$/u.test(key);
  // A key that is no name goes in brackets, which take the place of a dot, but follow `?.`.
  const own = isName || place.isOptional ? place : { ...place, from: place.from - 1 };
  return proposal(
    'field',
    {
      name: key,
      signature: owner instanceof View ? '' : shown(readKey(owner, key)),
      doc: '',
      example: '',
      insert: isName ? key : `[${JSON.stringify(key)}]`,
    },
    own,
  );
}

/** A value in a few characters. */
function shown(value: Value): string {
  const kind = kindOf(value);
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value);
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (kind === 'object') return `object with ${keysOf(value).length} fields`;
  return kind === 'number' || kind === 'boolean' || kind === 'nothing' ? String(value) : kind;
}

function nodeNames(sample: ExpressionScope, word: string, offset: number): readonly Completion[] {
  const place = { word, from: offset - word.length, to: offset, isOptional: false };
  return matching(
    (sample.nodeNames ?? []).map((name) => proposal('node', { name, signature: '', doc: '', example: '', insert: name }, place)),
    place,
  );
}

function proposal(
  kind: Completion['kind'],
  entry: { name: string; signature: string; doc: string; example: string; insert: string },
  place: Place,
): Completion {
  return {
    label: entry.name,
    kind,
    detail: entry.signature,
    doc: entry.doc,
    example: entry.example,
    insert: entry.insert,
    from: place.from,
    to: place.to,
  };
}

/** Those that start with what is written, then those that contain it. */
function matching(proposals: readonly Completion[], { word }: Place): readonly Completion[] {
  const wanted = word.toLowerCase();
  const rank = (one: Completion): number => {
    const label = one.label.toLowerCase();
    return label.startsWith(wanted) ? 0 : label.includes(wanted) ? 1 : 2;
  };
  return proposals.filter((one) => rank(one) < 2).toSorted((left, right) => rank(left) - rank(right));
}
