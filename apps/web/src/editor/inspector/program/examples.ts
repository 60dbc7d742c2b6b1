import type { ProgramLanguage, Proposal } from './program-editor.tsx';

/** A program to begin with, by language and by how often it runs. */
export function exampleFor(language: ProgramLanguage, mode: 'all' | 'each'): string {
  if (language === 'python') return mode === 'each' ? PYTHON_EACH : PYTHON_ALL;
  if (mode === 'each') return 'return { ...$json, checked: true };\n';
  return 'const items = $input.all();\nreturn items.map(({ json }) => ({ json: { ...json, checked: true } }));\n';
}

const PYTHON_ALL = "return [{'json': {**item['json'], 'checked': True}} for item in _input.all()]\n";
const PYTHON_EACH = "return {**_json, 'checked': True}\n";

const ROOTS = ['$input', '$json', '$item', '$itemIndex', '$now', '$today', '$run', '$workflow', '$vars', '$env'] as const;

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
