import type { JsonObject, JsonValue } from '@millwright/core';
import type { NodeSketch } from '../documents.ts';
import { VENDOR } from './micro.ts';

type Settings = Readonly<Record<string, JsonValue>>;

/** The manual start. */
export const t: NodeSketch = ['t', 'core.manual'];

/** Makes items of the list `rows` that the run was started with. */
export const src: NodeSketch = ['src', 'core.splitOut', { field: 'rows' }];

/** Sets fields and keeps the others. */
export function set(id: string, fields: JsonObject, settings: Settings = {}): NodeSketch {
  return [id, 'core.editFields', { assignments: assigned(fields), keepOther: true }, settings];
}

/** Sets fields and drops the others. */
export function only(id: string, fields: JsonObject, settings: Settings = {}): NodeSketch {
  return [id, 'core.editFields', { assignments: assigned(fields), keepOther: false }, settings];
}

/** Marks that items passed. */
export function pass(...ids: readonly string[]): readonly NodeSketch[] {
  return ids.map((id) => [id, 'core.noOp']);
}

/** One condition, as if, filter and the cases of a switch have it. */
export function when(left: JsonValue, operator: string, right: JsonValue = ''): JsonObject {
  return { conditions: [{ left, operator, right }] };
}

/** If. */
export function ifNode(id: string, condition: JsonObject, settings: Settings = {}): NodeSketch {
  return [id, 'core.if', condition, settings];
}

/** Keeps items with `n` above a number. */
export function above(id: string, least: number, settings: Settings = {}): NodeSketch {
  return [id, 'core.filter', when('{{ $json.n }}', 'greater', least), settings];
}

/** Loop over items. */
export function loop(id: string, parameters: JsonObject = {}, settings: Settings = {}): NodeSketch {
  return [id, 'core.loop', parameters, settings];
}

/** Merge. */
export function merge(id: string, parameters: JsonObject = {}, settings: Settings = {}): NodeSketch {
  return [id, 'core.merge', parameters, settings];
}

/** Posts the item to the vendor; another path for each micro-workflow. */
export function send(id: string, path: string, settings: Settings = {}): NodeSketch {
  const parameters = { method: 'POST', url: `${VENDOR}/${path}`, bodyType: 'json', body: '{{ $json }}' };
  return [id, 'http.request', parameters, { onLostAnswer: 'resend', ...settings }];
}

/** A policy that tries again at once. */
export function tries(maxAttempts: number): Settings {
  return { retry: { maxAttempts, initialMs: 0, jitter: 0 } };
}

/** Items `{ n }`. */
export function numbers(...list: readonly number[]): readonly JsonObject[] {
  return list.map((n) => ({ n }));
}

function assigned(fields: JsonObject): readonly JsonObject[] {
  return Object.entries(fields).map(([name, value]) => ({ name, value }));
}
