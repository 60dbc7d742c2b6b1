import type { JsonObject, JsonValue } from '@millwright/core';
import type { WorkflowNode } from '@millwright/workflow';
import { answerOf, made } from '../simulation/behaviour.ts';
import type { Answer, Behaviour } from '../simulation/scenario.ts';
import { errorItem, objectOf, originsOf, withError, type ModelItem } from './items.ts';
import { merged } from './merge.ts';
import { Failure, holds, valueOf } from './parameters.ts';

/** Items by output port. */
export type Lists = Readonly<Record<string, readonly ModelItem[]>>;

/** What a node run came to. */
export interface Worked {
  readonly outputs: Lists;
  /** Codes of the failures that may be told; empty: it succeeded. */
  readonly codes: readonly string[];
  /** Tries of the node run. */
  readonly attempts: number;
}

/** What a node run works with. */
export interface NodeWork {
  readonly node: WorkflowNode;
  readonly inputs: Lists;
  /** Input ports to which something leads. */
  readonly wired: readonly string[];
  /** Output ports, the first of which takes what has no other place. */
  readonly ports: readonly string[];
  readonly behaviour: Behaviour | undefined;
  /** Items of the trigger. */
  readonly trigger: readonly JsonValue[];
}

/** What a node does with its items: engine.md §2.2, 2.7 to 2.9 and the texts of its parameters. */
export function work(ask: NodeWork): Worked {
  const { node } = ask;
  const items = Object.values(ask.inputs).find((list) => list.length > 0) ?? [];
  switch (node.type) {
    case 'core.noOp':
    case 'core.wait':
      return worked(ask, { main: items }, []);
    case 'core.merge':
      return worked(ask, { main: merged(node.parameters, ask.inputs, ask.wired) }, []);
    case 'core.stop':
    case 'core.if':
    case 'core.filter':
    case 'core.switch':
      return eachOnce(ask, items, (item) => routed(node, item));
    case 'test.set':
      return pure(
        ask,
        eachOnce(ask, items, (item) => ({ main: answered(ask, [item], 1) })),
      );
    case 'test.whole':
      return pure(ask, whole(ask, items));
    default:
      return effect(ask, items);
  }
}

/** Pure nodes always do the same: every try fails alike. */
function pure({ node }: NodeWork, once: Worked): Worked {
  const kind = once.codes[0] === 'busy' ? 'transient' : once.codes[0] === 'refused' ? 'permanent' : 'user';
  return { ...once, attempts: once.codes.length > 0 && isRetried(node, kind) ? (node.settings.retry?.maxAttempts ?? 1) : 1 };
}

function isRetried({ settings: { retry } }: WorkflowNode, kind: string): boolean {
  return retry?.on.some((one) => one === kind) === true;
}

/** Item after item; the first failure of a node that stops is the last thing that it does. */
function eachOnce(ask: NodeWork, items: readonly ModelItem[], run: (item: ModelItem) => Lists): Worked {
  const lists: Record<string, ModelItem[]> = {};
  const codes: string[] = [];
  for (const item of items) {
    try {
      for (const [port, some] of Object.entries(run(item))) (lists[port] ??= []).push(...some);
    } catch (thrown) {
      const code = codeOf(thrown);
      codes.push(code);
      if (ask.node.settings.onError === 'stop') break;
      const { port, item: told } = failedItem(ask, item, code);
      (lists[port] ??= []).push(told);
    }
  }
  return worked(ask, lists, codes.slice(0, 1));
}

function failedItem({ node, ports }: NodeWork, item: ModelItem, code: string): { readonly port: string; readonly item: ModelItem } {
  if (node.settings.onError === 'branch') return { port: 'error', item: withError(item, code) };
  // Where a node chooses between outputs, an item that fails meets none of its conditions.
  const otherwise = { 'core.if': 'false', 'core.filter': 'discarded', 'core.switch': 'fallback' }[node.type];
  const port = otherwise !== undefined && ports.includes(otherwise) ? otherwise : (ports[0] ?? 'main');
  return { port, item: errorItem(code, [item]) };
}

function routed({ type, parameters }: WorkflowNode, item: ModelItem): Lists {
  switch (type) {
    case 'core.stop':
      throw new Failure('stopped');
    case 'core.if':
      return { [holds(parameters, item) ? 'true' : 'false']: [item] };
    case 'core.filter':
      return { [holds(parameters, item) ? 'main' : 'discarded']: [item] };
    default: {
      const cases = parameters['cases'] as unknown as readonly (JsonObject & { readonly id: string })[];
      const held = cases.filter((one) => holds(one, item)).map(({ id }) => id);
      const chosen = parameters['all'] === true ? held : held.slice(0, 1);
      const otherwise = parameters['fallback'] === 'output' ? ['fallback'] : [];
      return Object.fromEntries((chosen.length === 0 ? otherwise : chosen).map((port) => [port, [item]]));
    }
  }
}

/** What the script makes of items, as new ones. */
function answered({ node, behaviour, trigger }: NodeWork, items: readonly ModelItem[], attempt: number): readonly ModelItem[] {
  const { o } = node.parameters;
  const [first] = items;
  const given = o === undefined || first === undefined ? null : valueOf(o, first, trigger);
  return told(
    node.id,
    answerOf(
      behaviour,
      items.map(({ json }) => json),
      attempt,
    ),
    { items, given },
  );
}

function told(
  nodeId: string,
  answer: Answer,
  of: { readonly items: readonly ModelItem[]; readonly given: JsonValue },
): readonly ModelItem[] {
  if (answer.kind === 'failed') throw new Failure(answer.error === 'transient' ? 'busy' : 'refused');
  const data = of.items.map(({ json }) => json);
  return Array.from({ length: answer.count }, (_, at) => ({
    json: made(nodeId, data, { at, given: of.given }),
    origins: originsOf(of.items),
  }));
}

/** Once for the whole list: one item of all, or (2) the list backwards. */
function whole(ask: NodeWork, items: readonly ModelItem[]): Worked {
  return attempt(ask, items, () => {
    const list = answered(ask, items, 1);
    if (list.length < 2) return list;
    const given = objectOf(list[0]?.json ?? {})['o'] ?? null;
    return items.toReversed().map((item) => ({ json: made(ask.node.id, [item.json], { at: 0, given }), origins: item.origins }));
  });
}

function attempt(ask: NodeWork, items: readonly ModelItem[], run: () => readonly ModelItem[]): Worked {
  try {
    return worked(ask, { main: run() }, []);
  } catch (thrown) {
    const code = codeOf(thrown);
    const { onError } = ask.node.settings;
    if (onError === 'stop') return worked(ask, {}, [code]);
    return worked(ask, onError === 'branch' ? { error: [errorItem(code, items)] } : { main: [errorItem(code, items)] }, [code]);
  }
}

interface ItemTry {
  readonly items: readonly ModelItem[];
  readonly failed?: string;
  readonly kind?: string;
}

/** Reads, writes and calls: item by item (or once), each tried again as the policy says. */
function effect(ask: NodeWork, items: readonly ModelItem[]): Worked {
  const { node } = ask;
  const isList = node.type === 'core.callWorkflow' && node.parameters['mode'] === 'list';
  const units = isList ? [items] : items.map((item) => [item]);
  const tries = units.map((): ItemTry | null => null);
  const most = node.settings.retry?.maxAttempts ?? 1;
  let attempts = 1;
  const canRetry = (one: ItemTry | null): boolean => one?.kind !== undefined && attempts < most && isRetried(node, one.kind);
  for (;;) {
    units.forEach((unit, index) => {
      if (tries[index] === null || tries[index]?.failed !== undefined) tries[index] = tryOnce(ask, unit, attempts, tries[index] ?? null);
    });
    const hopeless = tries.filter((one) => one?.failed !== undefined && !canRetry(one));
    if (hopeless.length > 0 && node.settings.onError === 'stop')
      return { outputs: {}, codes: hopeless.flatMap((one) => one?.failed ?? []), attempts };
    if (!tries.some(canRetry)) break;
    attempts += 1;
  }
  const lists: Record<string, ModelItem[]> = {};
  tries.forEach((one, index) => {
    if (one?.failed === undefined) return (lists['main'] ??= []).push(...(one?.items ?? []));
    const unit = units[index] ?? [];
    const [first] = unit;
    const failed =
      isList || first === undefined
        ? { port: node.settings.onError === 'branch' ? 'error' : 'main', item: errorItem(one.failed, unit) }
        : failedItem(ask, first, one.failed);
    return (lists[failed.port] ??= []).push(failed.item);
  });
  return {
    ...worked(
      ask,
      lists,
      tries.flatMap((one) => one?.failed ?? []),
    ),
    attempts,
  };
}

function tryOnce(ask: NodeWork, unit: readonly ModelItem[], number: number, before: ItemTry | null): ItemTry {
  if (before?.failed !== undefined && before.kind !== undefined && !isRetried(ask.node, before.kind)) return before;
  if (before?.failed !== undefined && before.kind === undefined) return before;
  try {
    return { items: ask.node.type === 'core.callWorkflow' ? called(ask, unit, number) : answered(ask, unit, number) };
  } catch (thrown) {
    const failed = codeOf(thrown);
    const kind = { busy: 'transient', refused: 'permanent', child_failed: 'transient' }[failed];
    return { items: [], failed, ...(kind === undefined ? {} : { kind }) };
  }
}

function called({ node, behaviour }: NodeWork, unit: readonly ModelItem[], number: number): readonly ModelItem[] {
  const origins = originsOf(unit);
  if (node.parameters['wait'] === false) return [{ json: { runId: 'run' }, origins }];
  const answer = answerOf(
    behaviour,
    unit.map(({ json }) => json),
    number,
  );
  if (answer.kind === 'failed') throw new Failure('child_failed');
  const items = told(node.id, answer, { items: unit, given: null });
  return items.length > 1 && unit.length > 1 ? items.map(({ json }) => ({ json, origins: null })) : items;
}

function worked(ask: NodeWork, lists: Lists, codes: readonly string[]): Worked {
  const { node, ports } = ask;
  if (codes.length > 0 && node.settings.onError === 'stop') return { outputs: {}, codes, attempts: 1 };
  return { outputs: always(node, ports, { lists, inputs: ask.inputs }), codes, attempts: 1 };
}

/** One empty item where a node that always gives something has none. What a filter leaves out does not count as given. */
export function always(
  { settings }: WorkflowNode,
  ports: readonly string[],
  { lists, inputs }: { readonly lists: Lists; readonly inputs: Lists },
): Lists {
  const counted = ports.includes('main') ? ['main', 'error'] : ports;
  if (!settings.alwaysOutput || counted.some((port) => (lists[port] ?? []).length > 0)) return lists;
  return { ...lists, [ports[0] ?? 'main']: [{ json: {}, origins: originsOf(Object.values(inputs).flat()) }] };
}

function codeOf(thrown: unknown): string {
  if (thrown instanceof Failure) return thrown.message;
  throw thrown;
}
