import type { JsonObject } from '@millwright/core';
import { ExpressionError, type ExpressionScope, type NodeView, type ScopeItem } from '@millwright/expressions';
import type { Activation, PlanSkeleton, RunHeader } from '@millwright/workflow';
import type { ItemList } from '../items/item-list.ts';
import { placeOf } from '../items/origins.ts';
import { randomOf } from './chance.ts';

/** A node that expressions may read, and what it gave last; null when it did not run. */
export interface ReadNode {
  readonly id: string;
  readonly name: string;
  readonly lists: readonly ItemList[] | null;
  /** Whether it ran once only. */
  readonly isSingle: boolean;
  /** Its parameters, as far as others may read them. */
  readonly params: () => JsonObject;
  /** What it keeps between its node runs; of loops only. */
  readonly context: () => JsonObject;
}

/** What the expressions of one activation can reach. */
export interface ScopeSource {
  readonly header: RunHeader;
  readonly skeleton: PlanSkeleton;
  readonly activation: Activation;
  readonly list: ItemList;
  readonly nodes: readonly ReadNode[];
  /** The node that the items came from, where parameters mention it. */
  readonly previous?: ReadNode | undefined;
  /** Looks up a list in memory. */
  readonly find: (id: string) => ItemList | undefined;
}

/** The scope for one item. */
export function scopeFor(source: ScopeSource, itemIndex: number): ExpressionScope {
  return scopesOf(source)(itemIndex);
}

/** Gives the scope for an item. */
export type ItemScopes = (itemIndex: number) => ExpressionScope;

/** The scopes for the items of one activation: what they have in common is made once. */
export function scopesOf(source: ScopeSource): ItemScopes {
  const { header, skeleton, activation, list } = source;
  const { resumes } = header;
  // A resumed run builds the requests of the run that it goes on with.
  const first = resumes === undefined ? header : { runId: resumes.originRunId, startedAtMs: resumes.originStartedAtMs };
  const place = activation.keyIndex ?? activation.runIndex;
  const { items } = list;
  // Written out, as one object of one shape: copying what is shared costs more than what most expressions do with an item.
  const shared = {
    nodeNames: source.nodes.map((node) => node.name),
    timezone: skeleton.timezone ?? 'UTC',
    run: { id: first.runId, mode: header.mode, startedAt: new Date(first.startedAtMs).toISOString() },
    workflow: { id: header.workflowId, name: header.workflowName },
    vars: header.fixed?.vars ?? {},
    env: header.fixed?.env ?? {},
    first: () => items[0],
    last: () => items.at(-1),
    all: () => items,
    previous: source.previous === undefined ? undefined : previousOf(source.previous),
  };
  return (itemIndex) => {
    const item = items[itemIndex] ?? NO_ITEM;
    return {
      json: item.json,
      item,
      items,
      input: { item: () => item, first: shared.first, last: shared.last, all: shared.all },
      node: (idOrName) => {
        const node = source.nodes.find((one) => one.id === idOrName) ?? source.nodes.find((one) => one.name === idOrName);
        return node === undefined ? undefined : viewOf(node, source, itemIndex);
      },
      nodeNames: shared.nodeNames,
      ...(shared.previous === undefined ? {} : { previous: shared.previous }),
      nowMs: activation.atMs,
      timezone: shared.timezone,
      run: shared.run,
      workflow: shared.workflow,
      vars: shared.vars,
      env: shared.env,
      itemIndex,
      runIndex: place,
      random: randomOf(first.runId, activation.nodeId, place, itemIndex),
    };
  };
}

/** What `$prevNode`, `$input.params` and `$input.context` read. */
export const previousOf = ({ name, params, context }: ReadNode): NonNullable<ExpressionScope['previous']> => ({
  name,
  params: params(),
  context: context(),
});

const NO_ITEM: ScopeItem = { json: {} };

function viewOf(node: ReadNode, source: ScopeSource, itemIndex: number): NodeView {
  const items = (output?: number, run?: number): readonly ScopeItem[] => {
    if (run !== undefined && !(run === 0 && node.isSingle))
      throw lineage(`an earlier run of "${node.name}" was asked for`, 'Only what a step gave last can be read. Leave the run out.');
    const list = output === undefined ? node.lists?.find((one) => one.items.length > 0) : node.lists?.[output];
    return list?.items ?? [];
  };
  return {
    name: node.name,
    isExecuted: node.lists !== null,
    item: () => walkBack(node, source, itemIndex),
    first: (output, run) => items(output, run)[0],
    last: (output, run) => items(output, run).at(-1),
    all: items,
    itemMatching: (index) => walkBack(node, source, index),
    get params() {
      return node.params();
    },
    get context() {
      return node.context();
    },
  };
}

/** The item of an earlier node that the current one came from. */
function walkBack(node: ReadNode, source: ScopeSource, itemIndex: number): ScopeItem {
  if (node.lists === null)
    throw lineage(`the step "${node.name}" has not run`, 'Read it with isExecuted first, or place it before this step.');
  const origin = source.list.nodeId === node.id ? { ref: source.list.id, list: source.list } : source.list.origins.get(node.id);
  const place = origin === undefined ? undefined : placeOf(origin, itemIndex);
  const found = place === undefined ? undefined : (place.list ?? source.find(place.ref))?.items[place.position];
  if (found !== undefined) return found;
  const all = node.lists.flatMap((list) => list.items);
  // One item in all: whatever this item came from, it came from that one.
  const [only] = all;
  if (only !== undefined && all.length === 1 && node.isSingle) return only;
  throw lineage(
    `it cannot be told which item of "${node.name}" this item came from`,
    `Use .first(), .last() or .all(), or match by a key: $('${node.id}').all().find(one => one.json.id === $json.id).`,
  );
}

function lineage(message: string, hint: string): ExpressionError {
  return new ExpressionError({ code: 'expression_lineage', message, hint });
}
