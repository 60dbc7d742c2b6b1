import { isJsonObject, type JsonValue } from '@millwright/core';
import { CLASSES, type Answer, type Behaviour } from './scenario.ts';

const USUAL: Answer = { kind: 'done', count: 1 };

/** What a node answers to an item, or to a list, at its n-th try (from 1). */
export function answerOf(behaviour: Behaviour | undefined, data: readonly JsonValue[], attempt: number): Answer {
  const tries = behaviour?.answers[classOf(data)];
  return tries?.[Math.min(attempt, tries.length) - 1] ?? USUAL;
}

/** Which class an item, or a list, is of: the sum of its numbers `n`. */
function classOf(data: readonly JsonValue[]): number {
  const sum = data.reduce<number>((total, json) => total + numberOf(json), 0);
  return ((sum % CLASSES) + CLASSES) % CLASSES;
}

/** The field `n` of an item; 0 where it has none. */
export function numberOf(json: JsonValue): number {
  const n = isJsonObject(json) ? json['n'] : undefined;
  return typeof n === 'number' ? n : 0;
}

/**
 * What a node makes of items: `id` and `k` stay, `n` is one less (so that every cycle ends), and `h` follows from all that is in
 * them, from the node and from what else it was given. Of an error only its code counts.
 */
export function made(nodeId: string, of: readonly JsonValue[], more: { readonly at: number; readonly given: JsonValue }): JsonValue {
  const first = of[0];
  const { id = 'none', k = 0 } = isJsonObject(first) ? first : {};
  const seen = JSON.stringify([nodeId, more.at, more.given, of.map(plain)]);
  return { id, n: Math.min(...of.map(numberOf), 9) - 1, k, h: digest(seen), ...(more.given === null ? {} : { o: more.given }) };
}

/** An item without what differs from one run to the next: of an error its code stays, of a called run that there is one. */
export function plain(json: JsonValue): JsonValue {
  if (!isJsonObject(json)) return json;
  const entries = Object.entries(json).map(([key, value]): [string, JsonValue] => [
    key,
    key.startsWith('error') ? codeOf(value) : key.startsWith('runId') ? 'run' : value,
  ]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function codeOf(value: JsonValue | undefined): JsonValue {
  return isJsonObject(value) ? (value['code'] ?? null) : (value ?? null);
}

/** FNV-1a, 32 bits, as hex: short, and enough to tell items apart. */
export function digest(text: string): string {
  let at = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) at = Math.imul(at ^ text.charCodeAt(i), 0x01000193);
  return (at >>> 0).toString(16).padStart(8, '0');
}
