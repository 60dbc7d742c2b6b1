import type { OperationEntry } from '@millwright/openapi';
import { camelOf, labelOf, plainText, wordsOf } from '../words.ts';

const VERBS: Readonly<Record<string, string>> = { POST: 'create', PUT: 'replace', PATCH: 'update', DELETE: 'delete', HEAD: 'check' };
const TITLES: Readonly<Record<string, string>> = {
  list: 'List',
  get: 'Get',
  create: 'Create',
  replace: 'Replace',
  update: 'Update',
  delete: 'Delete',
  check: 'Check',
};
/** Parts of a path that name no thing: `v1`, `api`, `2024-01`. */
const NO_THING = /^(v\d+(\.\d+)*([a-z]+\d*)?|api|rest|\d[\d.-]*|services?|_api)$/i;
const METHOD_FIRST = /^(get|post|put|patch|delete|head)[A-Z_/]/i;

interface PathWords {
  /** Literal parts, without versions. */
  readonly things: readonly string[];
  readonly endsWithName: boolean;
}

function readPath(path: string): PathWords {
  const parts =
    path
      .split(/[?#]/)[0]
      ?.split('/')
      .filter((part) => part !== '') ?? [];
  const literal = parts.map((part) =>
    part
      .replaceAll(/\{[^{}]*\}/g, ' ')
      .replaceAll(/\([^)]*\)/g, ' ')
      .replace(/\.json$/, '')
      .trim(),
  );
  return { things: literal.filter((part) => part !== '' && !NO_THING.test(part)), endsWithName: parts.at(-1)?.startsWith('{') === true };
}

function verbOf({ method, path }: OperationEntry): string {
  if (method !== 'GET') return VERBS[method] ?? method.toLowerCase();
  return readPath(path).endsWithName ? 'get' : 'list';
}

/** Ids such as `GetCustomersCustomer` repeat method and path: they say nothing more. */
function isWritten(id: string, { path }: OperationEntry): boolean {
  if (!METHOD_FIRST.test(id)) return true;
  const words = wordsOf(id).slice(1).join('');
  return !readPath(path).things.some((thing) => words.startsWith(wordsOf(thing).join('')));
}

/** The group of an operation: its first tag, else the first thing of its path. */
export function groupOf({ tags, path }: OperationEntry): string {
  return camelOf(wordsOf(tags[0] ?? '').slice(0, 4)) || camelOf(wordsOf(readPath(path).things[0] ?? 'api').slice(0, 4)) || 'api';
}

/** A stable key: `customers.create`; from the vendor's operation id where that says something. */
export function actionKeyOf(entry: OperationEntry): string {
  const group = groupOf(entry);
  if (entry.id !== null && isWritten(entry.id, entry)) {
    const words = wordsOf(entry.id);
    const groupWords = wordsOf(group);
    const isRepeated =
      groupWords.length > 0 && words.length > groupWords.length && groupWords.every((word, index) => words[index] === word);
    const name = camelOf(isRepeated ? words.slice(groupWords.length) : words);
    if (name !== '') return `${group}.${name}`;
  }
  const { things } = readPath(entry.path);
  const below = things.flatMap((thing) => wordsOf(thing)).filter((word, index) => index > 0 || word !== group);
  return `${group}.${camelOf([verbOf(entry), ...below.slice(-4)])}`;
}

/** What an action does in plain words. */
export function titleOf(entry: OperationEntry): string {
  const summary = plainText(entry.summary, 90).replace(/[.:]$/, '');
  if (summary !== '' && !METHOD_FIRST.test(summary)) return summary.charAt(0).toUpperCase() + summary.slice(1);
  if (entry.id !== null && isWritten(entry.id, entry)) return labelOf(entry.id);
  const thing = labelOf(readPath(entry.path).things.at(-1) ?? entry.path).toLowerCase();
  return `${TITLES[verbOf(entry)] ?? labelOf(verbOf(entry))} ${thing}`;
}
