import type { JsonValue } from '@millwright/core';
import { dataFields } from '../data-paths.ts';
import type { ProgramLanguage, Proposal } from './program-editor.tsx';

/** A program to begin with, by language and by how often it runs. */
export function exampleFor(language: ProgramLanguage, mode: 'all' | 'each'): string {
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

/** What an item holds, from the data at hand: `$json.body.email`, `_json['body']['email']`, each with its kind. */
export function fieldProposals(language: ProgramLanguage, item: JsonValue): readonly Proposal[] {
  const isPython = language === 'python';
  return dataFields(item)
    .filter(({ path }) => !isPython || !path.includes('['))
    .slice(0, MOST_FIELDS)
    .map(({ path, keys, value }) => ({
      label: isPython ? `_json${keys.map((key) => `['${key}']`).join('')}` : `$json${path.startsWith('[') ? '' : '.'}${path}`,
      detail: kindOf(value, isPython),
    }));
}

const ROOTS = ['$input', '$json', '$item', '$itemIndex', '$files', '$now', '$today', '$run', '$workflow', '$vars', '$env'] as const;

/** What a program can read, for the list of proposals. @param steps steps before it */
export function proposalsFor(
  language: ProgramLanguage,
  steps: readonly { readonly id: string; readonly name: string }[],
): readonly Proposal[] {
  const isPython = language === 'python';
  const roots = ROOTS.map((root) => ({ label: isPython ? root.replace('$', '_') : root, detail: '' }));
  const named = steps.map(({ id, name }) => ({ label: isPython ? `_('${id}')` : `$('${id}')`, detail: name }));
  return [...roots, ...named];
}
