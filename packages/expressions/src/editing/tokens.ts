import { ExpressionError } from '../errors.ts';
import { accessOf, quoted } from './key-text.ts';
import { type Reference, references } from './references.ts';

/** A field of data as people see it: whose it is, and the way to it. */
export interface FieldToken {
  readonly kind: 'field';
  readonly of: 'input' | 'node' | 'vars' | 'env';
  /** `node`: its id or name as the source has it. */
  readonly node?: string;
  /** Keys below the item's data, or below the variables. */
  readonly path: readonly string[];
  /** The outermost first: `['Lead', 'Email']`. Each in its own direction: isolate them where they are shown. */
  readonly labels: readonly string[];
  /** As it stands in the source. */
  readonly source: string;
  /** Where in the source, UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** A stretch between fields: text, braces, code. */
export interface PlainToken {
  readonly kind: 'plain';
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** A piece of a text with `{{ }}`. */
export type Token = FieldToken | PlainToken;

/** The names that people see. */
export interface TokenNames {
  /** Of a node by id or name; undefined where there is none, and it is shown as code. */
  readonly node: (idOrName: string) => string | undefined;
  /** Of what arrives, such as the name of the node before; undefined: fields of it are shown without. */
  readonly input: string | undefined;
  /** Of the variables, and of the environment. */
  readonly vars: string;
  readonly env: string;
}

/**
 * Cuts a text into what people read: fields of data, and everything else. Put together, the sources are the text again.
 * A text that cannot be read is one plain token. Never throws.
 */
export function tokensOf(source: string, names: TokenNames): readonly Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (const reference of referencesIn(source)) {
    const labels = labelsOf(reference, names);
    if (labels === undefined || reference.start < from) continue;
    const { of, node, keys, start, end } = reference;
    if (start > from) tokens.push(plain(source, from, start));
    const named = node === undefined ? {} : { node: node.name };
    tokens.push({ kind: 'field', of, ...named, path: keys.map(({ name }) => name), labels, source: source.slice(start, end), start, end });
    from = end;
  }
  if (from < source.length) tokens.push(plain(source, from, source.length));
  return tokens;
}

/** The text again. */
export function sourceOf(tokens: readonly Pick<Token, 'source'>[]): string {
  return tokens.map((token) => token.source).join('');
}

/** What a field is written as: `$json.email`, `$('lead').item.json['first name']`, `$vars.region`. */
export function fieldSource({ of, node, path }: Pick<FieldToken, 'of' | 'node' | 'path'>): string {
  const root = { input: '$json', node: `$(${quoted(node ?? '')}).item.json`, vars: '$vars', env: '$env' }[of];
  return root + path.map((key) => accessOf(key)).join('');
}

/** A field in one line, for places that show text only: names of another direction are isolated. */
export function tokenText({ labels }: Pick<FieldToken, 'labels'>): string {
  const hasOther = labels.some((label) => /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(label));
  return labels.map((label) => (hasOther ? `\u2068${label}\u2069` : label)).join(' › ');
}

function referencesIn(source: string): readonly Reference[] {
  try {
    return references(source);
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

function plain(source: string, start: number, end: number): PlainToken {
  return { kind: 'plain', source: source.slice(start, end), start, end };
}

/** Only what reads a field of the item at hand, or a variable, has a name that says it all. */
function labelsOf({ of, node, keys, isData, items }: Reference, names: TokenNames): readonly string[] | undefined {
  if (!isData || items === 'others') return undefined;
  const path = keys.map(({ name }) => name);
  switch (of) {
    case 'vars':
    case 'env':
      return path.length === 0 ? undefined : [names[of], ...path];
    case 'input':
      return path.length === 0 ? undefined : [...(names.input === undefined ? [] : [names.input]), ...path.map(labelOf)];
    case 'node': {
      const name = names.node(node?.name ?? '');
      return name === undefined ? undefined : [name, ...path.map(labelOf)];
    }
  }
}

/** A key as a label: `first_name` and `firstName` are `First name`, `0` is `1.`; what holds anything but letters and digits stays. */
export function labelOf(key: string): string {
  if (/^\d+$/u.test(key)) return key.length > 9 ? key : `${Number(key) + 1}.`;
  if (!/^[A-Za-z][A-Za-z0-9_]*$/u.test(key)) return key;
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .split(/[_\s]+/u)
    .filter((word) => word !== '');
  const lower = words.map((word) => (/^[A-Z0-9]{2,}$/u.test(word) ? word : word.toLowerCase())).join(' ');
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
