import type { JsonObject, JsonValue } from '@millwright/core';
import { asText } from '@millwright/openapi';
import type { MockAnswer } from '../answer.ts';
import type { AcceptedRequest, Scenario } from '../rules.ts';

/** The operations of a service that sends webhooks; `METHOD /path` or `operationId`. */
export interface SubscriptionOptions {
  readonly create: string;
  readonly renew?: string;
  readonly remove?: string;
  /** Name of the path parameter with the subscription's id. Default the only one. */
  readonly idParameter?: string;
  /** The answer to create and renew. */
  readonly answer: (subscription: { readonly id: string; readonly sent: JsonValue | undefined }) => JsonObject;
  /** What the service says when a subscription is over. Default 404. */
  readonly goneStatus?: number;
}

/** A service's subscriptions as a test sees them. */
export interface SubscriptionScenario extends Scenario {
  /** Ids that are alive. */
  readonly alive: () => readonly string[];
  /** How many were made. */
  readonly created: () => number;
  /** Ends them all, as the service does when nobody renews. */
  readonly expire: () => void;
}

/** Subscriptions that are made, renewed and removed, and may be over: then renewing and removing find nothing. */
export function subscriptions(options: SubscriptionOptions): SubscriptionScenario {
  const alive = new Set<string>();
  let count = 0;
  const gone: MockAnswer = { status: options.goneStatus ?? 404, body: { error: 'subscription not found' } };
  const idOf = ({ decoded }: AcceptedRequest): string =>
    asText(decoded.path[options.idParameter ?? Object.keys(decoded.path).at(-1) ?? '']);
  const create = ({ decoded }: AcceptedRequest): MockAnswer => {
    const id = `subscription-${++count}`;
    alive.add(id);
    return { status: 201, body: options.answer({ id, sent: decoded.body }) };
  };
  const renew = (accepted: AcceptedRequest): MockAnswer =>
    alive.has(idOf(accepted)) ? { body: options.answer({ id: idOf(accepted), sent: accepted.decoded.body }) } : gone;
  const remove = (accepted: AcceptedRequest): MockAnswer => (alive.delete(idOf(accepted)) ? { status: 204 } : gone);
  const rules = [
    { operation: options.create, answer: create },
    ...(options.renew === undefined ? [] : [{ operation: options.renew, answer: renew }]),
    ...(options.remove === undefined ? [] : [{ operation: options.remove, answer: remove }]),
  ];
  return { rules, alive: () => [...alive], created: () => count, expire: () => alive.clear() };
}
