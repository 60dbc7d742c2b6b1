import type { JsonObject, JsonValue } from '@millwright/core';
import type { ControlCompute } from './compute.ts';
import type { ListsEnd, Part } from './lists.ts';

/** What a list node gave: data by port, and the handed-on stretches filled in. */
export interface Ran {
  readonly outputs: Readonly<Record<string, readonly JsonValue[]>>;
  /** Positions by list, of items given one by one. */
  readonly from: readonly Readonly<Record<string, readonly number[]>>[];
  readonly end: ListsEnd;
}

/** Lists by name; data only. */
export type Lists = Readonly<Record<string, readonly JsonValue[]>>;

/** Runs a list node over lists of data. */
export function runLists(
  compute: ControlCompute,
  parameters: JsonObject,
  call: { readonly lists: Lists; readonly facts?: JsonObject | null; readonly more?: boolean },
): Ran {
  if (compute.kind !== 'lists') throw new Error('it works on lists');
  const outputs: Record<string, JsonValue[]> = {};
  const from: Record<string, readonly number[]>[] = [];
  const work = compute.run({
    ports: Object.keys(call.lists),
    lists: Object.fromEntries(Object.entries(call.lists).map(([name, list]) => [name, list.map((json) => ({ json }))])),
    facts: call.facts ?? null,
    more: call.more ?? false,
    parameters: () => parameters,
  });
  for (;;) {
    const next = work.next();
    if (next.done === true) {
      for (const [port, parts] of Object.entries(next.value.outputs ?? {})) (outputs[port] ??= []).push(...filled(parts, call.lists));
      return { outputs, from, end: next.value };
    }
    if (next.value === undefined) continue;
    (outputs[next.value.port] ??= []).push(next.value.item.json);
    from.push(next.value.from);
  }
}

/** The data that stretches stand for. */
export function filled(parts: readonly Part[], lists: Lists): readonly JsonValue[] {
  return parts.flatMap(({ of, start, end }) => (lists[of] ?? []).slice(start, end));
}
