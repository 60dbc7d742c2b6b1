import { ExpressionError } from '../errors.ts';
import { methodTables } from '../methods/tables.ts';
import { parseTemplate } from '../parse.ts';
import { closest } from '../suggest.ts';
import { compileTemplate } from '../template.ts';
import type { TextEdit } from './key-text.ts';
import { keyEdit } from './rename.ts';
import { type ReadKey, type Reference, references } from './references.ts';
import { type Shape, shapeAt } from './shape.ts';

/** What is known where an expression stands. What is not given is not checked. */
export interface Surroundings {
  /** What arriving items look like. */
  readonly input?: Shape | undefined;
  /** What the items of a step before look like, by id or name; undefined: not known. */
  readonly node?: (idOrName: string) => Shape | undefined;
  /** Ids and names of the steps before: what `$('…')` may say. */
  readonly nodes?: readonly { readonly id: string; readonly name: string }[];
  /** Keys of the variables. */
  readonly vars?: readonly string[];
  /** Environment names that are allowed. */
  readonly env?: readonly string[];
}

/** What is wrong at a place of a text. The texts are found by `code`; `values` go into them. */
export interface Diagnostic {
  /** `error`: it cannot run. `warning`: it fails on the data that is known. `hint`: it may fail for some items. */
  readonly severity: 'error' | 'warning' | 'hint';
  readonly code:
    | 'syntax'
    | 'unclosed'
    | 'denied'
    | 'limit'
    | 'unknownNode'
    | 'unknownField'
    | 'optionalField'
    | 'isFunction'
    | 'unknownVariable'
    | 'envNotAllowed';
  /** UTF-16 units in the whole text. */
  readonly start: number;
  readonly end: number;
  readonly values: Readonly<Record<string, string>>;
  /** English, for what has no text of its own. */
  readonly hint: string;
  /** Ways to make it right, the likeliest first. */
  readonly fixes: readonly Fix[];
}

/** A way to make something right. */
export interface Fix {
  /** `replace`: by `to`. `close`: adds what is missing. `optional`: says that it may be missing. */
  readonly kind: 'replace' | 'close' | 'optional';
  readonly to: string;
  readonly edits: readonly TextEdit[];
}

/** Everything that is wrong with a text with `{{ }}`, in the order of the text. Never throws for what is written. */
export function diagnose(source: string, around: Surroundings = {}): readonly Diagnostic[] {
  const found = [...compileFaults(source), ...readFaults(source, around)];
  return found.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** One fault per `{{ }}`: what stands behind a fault cannot be judged. */
function compileFaults(source: string): readonly Diagnostic[] {
  try {
    return parseTemplate(source).flatMap((segment) => {
      if (segment.kind === 'text') return [];
      try {
        compileTemplate(source.slice(segment.start, segment.end));
        return [];
      } catch (error) {
        return [compileFault(error, source, segment.start)];
      }
    });
  } catch (error) {
    return [compileFault(error, source, 0)];
  }
}

function compileFault(error: unknown, source: string, offset: number): Diagnostic {
  if (!(error instanceof ExpressionError)) throw error;
  const start = offset + (error.start ?? 0);
  const end = Math.max(start + 1, offset + (error.end ?? source.length - offset));
  const common = { severity: 'error', start, end: Math.min(end, Math.max(source.length, 1)), hint: error.hint ?? error.message } as const;
  const { suggestion = '', missingKey = '' } = error;
  if (error.message === '{{ without }}') {
    const edits = [{ start: source.length, end: source.length, text: /\s$/u.test(source) ? '}}' : ' }}' }];
    return { ...common, code: 'unclosed', values: {}, fixes: [{ kind: 'close', to: '}}', edits }] };
  }
  const isName = suggestion !== '' && source.slice(start, end) === missingKey;
  const fixes: readonly Fix[] = isName ? [{ kind: 'replace', to: suggestion, edits: [{ start, end, text: suggestion }] }] : [];
  const code = error.code === 'expression_syntax' ? 'syntax' : error.code === 'expression_limit' ? 'limit' : 'denied';
  return { ...common, code, values: { name: missingKey, suggestion }, fixes };
}

function readFaults(source: string, around: Surroundings): readonly Diagnostic[] {
  try {
    return references(source).flatMap((reference) => faultOf(reference, source, around) ?? []);
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

function faultOf(reference: Reference, source: string, around: Surroundings): Diagnostic | undefined {
  switch (reference.of) {
    case 'vars':
      return nameFault(reference, { code: 'unknownVariable', names: around.vars });
    case 'env':
      return nameFault(reference, { code: 'envNotAllowed', names: around.env });
    case 'input':
      return fieldFault(reference, source, around.input);
    case 'node':
      return nodeFault(reference, around) ?? fieldFault(reference, source, around.node?.(reference.node?.name ?? ''));
  }
}

function nameFault(
  { keys: [key] }: Reference,
  { code, names }: { readonly code: 'unknownVariable' | 'envNotAllowed'; readonly names: readonly string[] | undefined },
): Diagnostic | undefined {
  if (key === undefined || names === undefined || names.includes(key.name)) return undefined;
  const suggestion = closest(key.name, names) ?? '';
  return {
    severity: key.isOptional ? 'hint' : 'error',
    code,
    start: key.nameStart,
    end: key.nameEnd,
    values: { name: key.name, suggestion },
    hint: code === 'unknownVariable' ? `There is no variable \`${key.name}\`.` : `\`${key.name}\` is not allowed in expressions.`,
    fixes: replaced(key, suggestion),
  };
}

function replaced(key: ReadKey, suggestion: string): readonly Fix[] {
  return suggestion === '' ? [] : [{ kind: 'replace', to: suggestion, edits: [keyEdit(key, suggestion)] }];
}

function nodeFault({ node }: Reference, { nodes }: Surroundings): Diagnostic | undefined {
  if (node === undefined || nodes === undefined || nodes.some(({ id, name }) => id === node.name || name === node.name)) return undefined;
  const suggestion =
    closest(
      node.name,
      nodes.map(({ name }) => name),
    ) ??
    closest(
      node.name,
      nodes.map(({ id }) => id),
    ) ??
    '';
  const meant = nodes.find(({ id, name }) => name === suggestion || id === suggestion);
  const { start, end, name } = node;
  const text = meant === undefined ? '' : `'${meant.id}'`;
  return {
    severity: 'error',
    code: 'unknownNode',
    start,
    end,
    values: { name, suggestion },
    hint: `There is no step \`${name}\` before this one.`,
    fixes: meant === undefined ? [] : [{ kind: 'replace', to: suggestion, edits: [{ start, end, text }] }],
  };
}

/** Fields that no sample has, and those that only some have. */
function fieldFault(reference: Reference, source: string, shape: Shape | undefined): Diagnostic | undefined {
  const { keys, isData, end } = reference;
  const last = keys.at(-1);
  if (shape === undefined || !isData || last === undefined) return undefined;
  const found = shapeAt(
    shape,
    keys.map(({ name }) => name),
  );
  if (found.kind === 'unknown') return undefined;
  if (found.kind === 'missing') {
    const key = keys[found.depth];
    return key === undefined || key.isOptional ? undefined : missingField({ key, owner: found.owner, isLast: key === last }, source);
  }
  // A method may follow that takes nothing; only what is read for good is worth a hint.
  if (!found.isOptional || last.isOptional) return undefined;
  return {
    severity: 'hint',
    code: 'optionalField',
    start: last.nameStart,
    end: last.nameEnd,
    values: { name: last.name, suggestion: '' },
    hint: `Some items have no \`${last.name}\`.`,
    fixes: isAlone(source, reference) ? [{ kind: 'optional', to: "?? ''", edits: [{ start: end, end, text: " ?? ''" }] }] : [],
  };
}

function missingField(
  { key, owner, isLast }: { readonly key: ReadKey; readonly owner: Shape; readonly isLast: boolean },
  source: string,
): Diagnostic | undefined {
  const common = { start: key.nameStart, end: key.nameEnd };
  const isMethod = owner.types.some((type) => methodTables[type].has(key.name));
  if (isMethod && isLast) {
    const isCalled = /^\s*(?:\?\.)?\(/u.test(source.slice(key.end));
    const call: Fix = { kind: 'replace', to: `${key.name}()`, edits: [{ start: key.end, end: key.end, text: '()' }] };
    return isCalled
      ? undefined
      : {
          ...common,
          severity: 'warning',
          code: 'isFunction',
          values: { name: key.name, suggestion: `${key.name}()` },
          hint: `\`${key.name}\` is a function.`,
          fixes: [call],
        };
  }
  const suggestion = closest(key.name, [...owner.fields.keys()]) ?? '';
  return {
    ...common,
    severity: 'warning',
    code: 'unknownField',
    values: { name: key.name, suggestion },
    hint: `No sample has \`${key.name}\`.`,
    fixes: replaced(key, suggestion),
  };
}

/** Nothing but white space around it up to the braces: what is put behind it cannot change what it belongs to. */
function isAlone(source: string, { start, end }: Reference): boolean {
  return /\{\{\s*$/u.test(source.slice(0, start)) && /^\s*\}\}/u.test(source.slice(end));
}
