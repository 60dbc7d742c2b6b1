import type { JsonValue } from '@millwright/core';
import { dataFields } from '../data-paths.ts';
import type { ProgramLanguage, Proposal } from './program-editor.tsx';

/** How often a program runs: once for all items, or once for each. */
export type ProgramMode = 'all' | 'each';

/** A program to begin with, by language and by how often it runs. */
export function exampleFor(language: ProgramLanguage, mode: ProgramMode): string {
  if (language === 'python') return mode === 'each' ? PYTHON_EACH : PYTHON_ALL;
  if (mode === 'each') return 'return { ...$json, checked: true };\n';
  return 'const items = $input.all();\nreturn items.map(({ json }) => ({ json: { ...json, checked: true } }));\n';
}

const PYTHON_ALL = "return [{'json': {**item['json'], 'checked': True}} for item in _input.all()]\n";
const PYTHON_EACH = "return {**_json, 'checked': True}\n";

/** Fields of an item that are proposed. */
const MOST_FIELDS = 100;

/** Kind of a value, as the language calls it. */
function kindOf(value: JsonValue, isPython: boolean): string {
  if (value === null) return isPython ? 'None' : 'null';
  if (Array.isArray(value)) return isPython ? 'list' : 'array';
  if (!isPython) return typeof value;
  return { string: 'str', number: Number.isInteger(value) ? 'int' : 'float', boolean: 'bool' }[typeof value as string] ?? 'dict';
}

/** How the item at hand is read. Run once for all items, `$json` is there too, but is the first one's whatever is gone through. */
function itemRoot(isPython: boolean, mode: ProgramMode): string {
  if (mode === 'each') return isPython ? '_json' : '$json';
  return isPython ? "_input.first()['json']" : '$input.first().json';
}

/** What an item holds, from the data at hand: `$json.body.email`, `_json['body']['email']`, `$input.first().json.body`, each with its kind. */
export function fieldProposals(language: ProgramLanguage, item: JsonValue, mode: ProgramMode = 'each'): readonly Proposal[] {
  const isPython = language === 'python';
  const root = itemRoot(isPython, mode);
  return dataFields(item)
    .filter(({ path }) => !isPython || !path.includes('['))
    .slice(0, MOST_FIELDS)
    .map(({ path, keys, value }) => ({
      label: isPython ? `${root}${keys.map((key) => `['${key}']`).join('')}` : `${root}${path.startsWith('[') ? '' : '.'}${path}`,
      detail: kindOf(value, isPython),
    }));
}

const ROOTS = ['$input', '$json', '$item', '$itemIndex', '$files', '$now', '$today', '$run', '$workflow', '$vars', '$env'] as const;

/** Roots that are about one item: of a program that runs once for all, about the first. */
const OF_ONE: ReadonlySet<string> = new Set(['$json', '$item', '$itemIndex']);

/** What proposals depend on, besides the language. */
export interface ProgramPlace {
  readonly mode: ProgramMode;
  /** Steps before it. */
  readonly steps: readonly { readonly id: string; readonly name: string }[];
  /** What is said of roots that are the first item's. */
  readonly ofFirst: string;
}

/** What a program can read, for the list of proposals. */
export function proposalsFor(language: ProgramLanguage, { mode, steps, ofFirst }: ProgramPlace): readonly Proposal[] {
  const isPython = language === 'python';
  const isOnce = mode === 'all';
  const all = isOnce ? [{ label: isPython ? '_input.all()' : '$input.all()', detail: isPython ? 'list' : 'array' }] : [];
  const roots = [
    ...all,
    ...ROOTS.map((root) => ({ label: isPython ? root.replace('$', '_') : root, detail: isOnce && OF_ONE.has(root) ? ofFirst : '' })),
  ];
  const named = steps.map(({ id, name }) => ({ label: isPython ? `_('${id}')` : `$('${id}')`, detail: name }));
  return [...roots, ...named];
}
