import { ConnectorError, isJsonObject, type JsonValue } from '@millwright/core';
import type { NodeCall } from '@millwright/executor';
import { answerOf, made, numberOf } from '../behaviour.ts';
import type { Behaviour } from '../scenario.ts';
import type { Said } from './vendor.ts';

/** The data that a call is about. */
function dataOf({ item, items, itemIndex }: Pick<NodeCall, 'item' | 'items' | 'itemIndex'>): readonly JsonValue[] {
  return itemIndex < 0 ? items.map(({ json }) => json) : [item?.json ?? {}];
}

/**
 * What a node or its vendor says.
 * @param tries refusals before, plus one
 * @param nonce of a read: how often anything was read before, so that no two reads answer alike
 */
export function saidBy(
  call: Pick<NodeCall, 'node' | 'item' | 'items' | 'itemIndex'>,
  behaviour: Behaviour | undefined,
  tries: number,
  nonce?: number,
): Said {
  const data = dataOf(call).map(withoutTime);
  const answer = answerOf(behaviour, data, tries);
  if (answer.kind === 'failed') return { refused: answer.error };
  const items = Array.from({ length: answer.count }, (_, at) => {
    const one = made(call.node.id, data, { at, given: null });
    return nonce === undefined || !isJsonObject(one) ? one : { ...one, n: numberOf(one) - (nonce % 2), read: nonce };
  });
  return { items };
}

/** What a refusal looks like to a node. */
export function refusal(kind: 'transient' | 'permanent'): ConnectorError {
  return new ConnectorError(kind, { code: `refused_${kind}`, message: 'refused', details: { status: kind === 'transient' ? 503 : 422 } });
}

/** What must be the same in a run that was not interrupted: not when things were begun. */
export function withoutTime(json: JsonValue): JsonValue {
  if (Array.isArray(json)) return json.map(withoutTime);
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(Object.entries(json).flatMap(([key, value]) => (isTime(key) ? [] : [[key, withoutTime(value)]])));
}

/** `at`, what a merge makes of two of them, and the id of a called run, which says how many tries there were. */
function isTime(key: string): boolean {
  return key === 'at' || key.startsWith('at_') || key.startsWith('runId');
}
