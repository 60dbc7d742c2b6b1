import type { WorkflowDocument } from '@millwright/workflow';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** The last word of a type as an id may hold it: `core.editFields` → `editFields`. */
function stem(type: string): string {
  const word = (type.split('.').at(-1) ?? '').replaceAll(/[^a-zA-Z0-9]/g, '').slice(0, 24);
  return /^[a-zA-Z]/.test(word) ? word : `step${word}`;
}

/**
 * A new node id, readable in expressions, with enough chance that two people who work offline do not mint the same.
 * @param taken ids that are in use
 */
export function newNodeId(type: string, taken: ReadonlySet<string>): string {
  for (;;) {
    const chance = globalThis.crypto.getRandomValues(new Uint8Array(5));
    const id = `${stem(type)}_${Array.from(chance, (byte) => ALPHABET[byte & 31]).join('')}`;
    if (!taken.has(id)) return id;
  }
}

/** The name itself, or with the lowest free number behind it: `Enrich`, `Enrich 2`. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const base = wanted.replace(/ \d+$/, '');
  for (let number = 2; ; number += 1) {
    const name = `${base} ${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Ids and names in use, those of notes and sections too. */
export function takenIn(document: WorkflowDocument): { readonly ids: Set<string>; readonly names: Set<string> } {
  const ids = [...document.nodes, ...document.annotations].map(({ id }) => id);
  return { ids: new Set(ids), names: new Set(document.nodes.map((node) => node.name)) };
}
