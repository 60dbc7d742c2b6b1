import type { JsonObject, JsonValue } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import type { PartNode, PartView } from '@millwright/engine/compile';
import type { FixedValues, Item } from '@millwright/workflow';
import { mentioned } from '../variables/fixed-values.ts';

/** What a run begins with, beside its graph. */
export interface Roots {
  /** The trigger that starts; null: none. */
  readonly triggerId: string | null;
  /** Hash of its items. */
  readonly itemsHash: string;
  /** Hashes of pinned outputs by node id. */
  readonly pins: ReadonlyMap<string, string>;
  /** Nodes that only say what they would do. */
  readonly simulated: ReadonlySet<string>;
  /** Variables and environment names that its expressions can read. */
  readonly values: FixedValues;
}

/** Hash of items, wherever they come from. */
export function itemsHash(items: readonly Item[]): string {
  return hashJson(items.map(({ from: _from, ...item }) => item));
}

/**
 * Hash of everything that leads to a node's result: its own configuration and that of every node before it, how they are wired, what
 * their expressions read, variables included, and the items that the run begins with. Equal keys: the same configuration with the same inputs.
 */
export function cacheKey(view: PartView, roots: Roots, nodeId: string): string {
  const facts: Record<string, JsonValue> = {};
  const open = [nodeId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (facts[id] !== undefined) continue;
    const node = view.nodes.get(id);
    const pin = id === nodeId ? undefined : roots.pins.get(id);
    if (pin !== undefined) facts[id] = { pin };
    else if (node === undefined) facts[id] = {};
    else if (node.kind === 'trigger')
      facts[id] = { config: node.configHash, items: id === roots.triggerId ? roots.itemsHash : null, ...valuesOf(node, roots) };
    else {
      const wired = view.edges.filter(({ to }) => to === id);
      facts[id] = {
        config: node.configHash,
        in: wired.map(({ from, output, input }) => `${from}:${output}:${input}`).toSorted(),
        ...(roots.simulated.has(id) ? { simulated: true } : {}),
        ...valuesOf(node, roots),
      };
      open.push(...wired.map(({ from }) => from), ...node.refs);
    }
  }
  return hashJson({ settings: view.settingsHash, facts });
}

/** What a node's expressions read beside items; nothing for the many that read nothing. */
function valuesOf(node: PartNode, { values }: Roots): JsonObject {
  const found = mentioned(values, node.mentions);
  return found === undefined ? {} : { values: hashJson(found as unknown as JsonValue) };
}
