import type { JsonObject } from '@millwright/core';
import { nodeSettingsSchema, type WorkflowDocument, type WorkflowNode } from '@millwright/workflow';
import { freeName, newNodeId, takenIn } from '../names.ts';
import type { Crossing, ExpressionTools } from './crossings.ts';

/** The names of the steps that are made, in the language of the interface. */
export interface ExtractWords {
  readonly called: string;
  readonly unpack: string;
  readonly collect: string;
  readonly result: string;
}

/** A name for a value: of the step that it is of, with a number where that is taken. */
function keyFor(node: WorkflowNode | undefined, taken: ReadonlySet<string>): string {
  const words = (node?.name ?? '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  const camel = words.map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  const base = /^[a-zA-Z]/.test(camel) ? camel.slice(0, 40) : `step${camel.slice(0, 36)}`;
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}${number}`;
    if (!taken.has(key)) return key;
  }
}

/** Each source once, with the name under which it is handed over. */
export function keysFor(
  document: WorkflowDocument,
  crossings: readonly Crossing[],
): ReadonlyMap<string, { readonly key: string; readonly crossing: Crossing }> {
  const keys = new Map<string, { readonly key: string; readonly crossing: Crossing }>();
  const taken = new Set(['item', 'items']);
  for (const crossing of crossings) {
    if (keys.has(crossing.source)) continue;
    const key = keyFor(
      document.nodes.find(({ id }) => id === crossing.of),
      taken,
    );
    taken.add(key);
    keys.set(crossing.source, { key, crossing });
  }
  return keys;
}

/**
 * A step that the plan adds, with an id and a name that are free in the document.
 * @param parts what differs from a new step of the type's first version
 */
export function made(document: WorkflowDocument, type: string, parts: Partial<WorkflowNode> & { readonly name: string }): WorkflowNode {
  const { ids, names } = takenIn(document);
  return {
    id: newNodeId(type, ids),
    type,
    version: 1,
    position: [0, 0],
    parameters: {},
    credentials: {},
    parent: null,
    settings: nodeSettingsSchema.parse({}),
    ...parts,
    name: freeName(parts.name, names),
  };
}

/** What every part of the plan needs besides the document. */
export interface ExtractParts {
  readonly words: ExtractWords;
  readonly tools: ExpressionTools;
}

/** How what is given reaches the steps: nothing is added while nothing is read from outside. */
export interface Given {
  readonly mode: 'each' | 'list';
  readonly input: JsonObject;
  /** Steps from the trigger on; the last one gives the items as they arrived. */
  readonly lead: readonly WorkflowNode[];
  readonly read: (source: string) => string | undefined;
}

/**
 * How the new workflow is called and what its first steps do with it.
 * @param parts what is read from outside, and whether each item is handed over by a call of its own or all in one list
 */
export function givenOf(
  document: WorkflowDocument,
  parts: ExtractParts & { readonly inward: readonly Crossing[]; readonly mode: Given['mode'] },
): Given {
  const { inward, mode, words, tools } = parts;
  const keys = keysFor(document, inward);
  const field = (owner: string) => (source: string) => {
    const known = keys.get(source);
    return known && tools.fieldSource({ of: 'node', node: owner, path: [known.key] });
  };
  const trigger = (inputs: readonly string[]): WorkflowNode =>
    made(document, 'core.calledTrigger', {
      name: words.called,
      parameters: { inputs: inputs.map((name, index) => ({ name, type: index === 0 ? 'list' : 'any', required: index === 0 })) },
    });
  if (keys.size === 0)
    return { mode, input: {}, lead: [made(document, 'core.calledTrigger', { name: words.called })], read: () => undefined };
  const split = (name: string): WorkflowNode => made(document, 'core.splitOut', { name: words.unpack, parameters: { field: name } });
  const entries = [...keys.values()];
  if (mode === 'each') {
    const start = trigger(['item', ...entries.map(({ key }) => key)]);
    const input = { item: '{{ [$json] }}', ...Object.fromEntries(entries.map(({ key, crossing }) => [key, `{{ ${crossing.source} }}`])) };
    return { mode: 'each', input, lead: [start, split('item')], read: field(start.id) };
  }
  const ofItem = ({ crossing }: (typeof entries)[number]): string =>
    crossing.isOfItem
      ? `${tools.fieldSource({ of: 'node', node: crossing.of, path: [] }).replace(/\.item\.json$/, '')}.itemMatching(n).json`
      : crossing.source;
  const items = `{{ $items.map((one, n) => ({ item: [one.json], ${entries.map((entry) => `${entry.key}: ${ofItem(entry)}`).join(', ')} })) }}`;
  const outer = split('items');
  const inner = { ...split('item'), name: `${words.unpack} 2` };
  return { mode: 'list', input: { items }, lead: [trigger(['items']), outer, inner], read: field(outer.id) };
}
