import type { JsonObject } from '@millwright/core';
import { placeOf } from '../items/origins.ts';
import { chanceOf } from '../nodes/chance.ts';
import { previousOf, scopeFor, type ReadNode, type ScopeSource } from '../nodes/scope.ts';

/**
 * What a program can reach beside its own items: the same as the expressions of its node.
 * @param text the program
 * @param itemIndex −1: it runs over the whole list
 */
export function programData(source: ScopeSource, text: string, itemIndex: number): JsonObject {
  const { run, workflow, vars, env, nowMs, timezone, runIndex } = scopeFor(source, Math.max(0, itemIndex));
  const { id, mode, startedAt } = run;
  return {
    nodes: readNodes(source, text, itemIndex),
    ...(source.previous === undefined ? {} : { previous: { ...previousOf(source.previous) } }),
    run: { id, ...(mode === undefined ? {} : { mode }), ...(startedAt === undefined ? {} : { startedAt }) },
    workflow: { ...workflow },
    vars: { ...vars },
    env: { ...env },
    nowMs,
    timezone,
    runIndex,
    seed: Math.floor(chanceOf(id, source.activation.nodeId, runIndex, itemIndex) * 2 ** 32),
    ...(itemIndex < 0 ? {} : { itemIndex }),
  };
}

/** What earlier nodes gave, under what the program calls them: large lists travel once. */
export function readNodes(source: ScopeSource, text: string, itemIndex: number): JsonObject {
  const found = new Map<string, JsonObject>();
  for (const node of source.nodes.toReversed()) {
    const data = { ...nodeData(node, source, itemIndex), ...factsOf(node, text) };
    const named = [node.name, node.id].filter((name) => isQuoted(name, text));
    // A program that computes a name may mean either; an id goes before a name that is the same.
    for (const name of named.length === 0 ? [node.name, node.id] : named) if (name === node.id || !found.has(name)) found.set(name, data);
  }
  return Object.fromEntries(found);
}

/** Only where the program mentions them: what it was built from stays what it was for all others. */
function factsOf(node: ReadNode, text: string): JsonObject {
  return {
    ...(/\bparam(s|eter)\b/.test(text) ? { params: node.params() } : {}),
    ...(/\bcontext\b/.test(text) ? { context: node.context() } : {}),
  };
}

function isQuoted(name: string, text: string): boolean {
  return ["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`));
}

function nodeData(node: ReadNode, source: ScopeSource, itemIndex: number): JsonObject {
  if (node.lists === null) return { items: [], isExecuted: false };
  const list = node.lists.find(({ items }) => items.length > 0);
  const positions = itemIndex < 0 ? source.list.items.keys() : [itemIndex];
  const isOnly = node.isSingle && node.lists.reduce((count, { items }) => count + items.length, 0) === 1;
  const origin = source.list.nodeId === node.id ? { ref: source.list.id, list: source.list } : source.list.origins.get(node.id);
  const paired = Array.from(positions, (position): number | null => {
    const place = origin === undefined ? undefined : placeOf(origin, position);
    // An item that an earlier pass gave is not among those of the last one.
    if (place !== undefined && place.ref === list?.id && place.position < list.items.length) return place.position;
    return isOnly ? 0 : null;
  });
  return { items: (list?.items ?? []).map(({ from: _from, ...item }) => item), paired };
}
