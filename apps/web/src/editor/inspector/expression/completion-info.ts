import type { Completion } from '@millwright/expressions/browser';

/** What stands beside a proposal: what it does, an example, and what that gives here. Null: nothing to say. */
export function completionInfo(entry: Completion, resultOf: (example: string) => string | undefined): HTMLElement | null {
  if (entry.doc === '' && entry.example === '') return null;
  const box = document.createElement('div');
  if (entry.doc !== '') {
    const doc = document.createElement('p');
    doc.textContent = entry.doc;
    box.append(doc);
  }
  if (entry.example === '') return box;
  const example = document.createElement('code');
  example.textContent = entry.example;
  box.append(example);
  const result = resultOf(entry.example);
  if (result !== undefined) {
    const output = document.createElement('code');
    output.className = 'mw-example-result';
    output.textContent = `→ ${result}`;
    box.append(output);
  }
  return box;
}
