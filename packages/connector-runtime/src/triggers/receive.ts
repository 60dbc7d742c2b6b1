import { createHmac } from 'node:crypto';
import { hashHex } from '@millwright/core/hash';
import { isJsonObject, type JsonValue } from '@millwright/core';
import type { ChallengeSpec, WebhookTrigger } from '@millwright/node-sdk';
import { decodeAnswer } from '../answer/decode-answer.ts';
import { fill } from '../request/fill.ts';
import { readPath, readText } from '../request/paths.ts';
import { proofOf, type Delivery, type DeliverySecrets } from './verify.ts';

/** One event of a delivery. */
export interface TriggerEvent {
  /** The same for the same event: what it starts is named after it. */
  readonly id: string;
  readonly data: JsonValue;
}

/** Why a delivery is refused. */
export type RefusalCode = 'delivery_forged' | 'delivery_late' | 'delivery_unreadable';

/** What a delivery is. */
export type Received =
  /** The service asks whether we are here. */
  | { readonly kind: 'challenge'; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  /** Not proved, too late, or no body that can be read: answered with `status`, nothing is started. */
  | { readonly kind: 'refused'; readonly status: 400 | 401; readonly code: RefusalCode; readonly reason: string }
  /** `route` names the account where one address serves all. */
  | { readonly kind: 'events'; readonly events: readonly TriggerEvent[]; readonly route: string | null };

/** What a delivery is judged with. */
export interface ReceiveContext {
  readonly webhook: WebhookTrigger;
  readonly secrets: DeliverySecrets;
  /** The trigger's parameters. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly nowMs: number;
}

interface Parts {
  readonly header: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonValue;
}

function partsOf(delivery: Delivery): Parts {
  const { headers, body, url } = delivery;
  const decoded = decodeAnswer({ status: 200, headers, body });
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') && typeof decoded.body === 'string';
  return {
    header: headers,
    query: Object.fromEntries(new URL(url).searchParams),
    body: isForm ? Object.fromEntries(new URLSearchParams(String(decoded.body))) : decoded.body,
  };
}

function challengeAnswer(spec: ChallengeSpec, parts: Parts, secrets: DeliverySecrets): Extract<Received, { kind: 'challenge' }> | null {
  const asked = readText(parts, spec.from);
  if (asked === null) return null;
  const secret = spec.kind === 'sign' ? readText(secrets, spec.secret) : null;
  if (spec.kind === 'sign' && secret === null) return null;
  const value = secret === null ? asked : `sha256=${createHmac('sha256', secret).update(asked).digest('base64')}`;
  if (spec.as === 'text') return { kind: 'challenge', headers: { 'content-type': 'text/plain' }, body: value };
  const [where, ...name] = spec.as.split('.');
  if (where === 'header') return { kind: 'challenge', headers: { [name.join('.')]: value }, body: '' };
  return { kind: 'challenge', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ [name.join('.')]: value }) };
}

function eventId(
  webhook: WebhookTrigger,
  { header }: Parts,
  { data, index }: { readonly data: JsonValue; readonly index: number },
): string {
  const isOfDelivery = webhook.dedupe.startsWith('header.');
  if (isOfDelivery) {
    const id = header[webhook.dedupe.slice('header.'.length).toLowerCase()];
    if (id !== undefined && id !== '') return index === 0 ? id : `${id}/${index}`;
  }
  const parts = isOfDelivery ? [] : webhook.dedupe.split('+').map((path) => readText(data, path));
  // What lacks its id is told apart by all that it says.
  return parts.length > 0 && parts.every((part) => part !== null) ? parts.join('+') : hashHex(JSON.stringify(data));
}

/** Whether an event is one of those that the trigger is about. @param input its parameters */
export function isWantedEvent({ only = {} }: WebhookTrigger, data: JsonValue, input: ReceiveContext['input']): boolean {
  return Object.entries(only).every(([path, wanted]) => {
    const value = fill(wanted, input);
    return value === undefined || value === null || readPath(data, path) === value;
  });
}

type Answered = Exclude<Received, { readonly kind: 'events' }>;
type Judging = Pick<ReceiveContext, 'secrets' | 'nowMs'>;

/** What is said before anything is looked at, to a challenge or to what is not genuine; null: its events are to be taken. */
function answeredAtOnce(
  delivery: Delivery,
  parts: Parts,
  { webhook, secrets, nowMs }: Judging & Pick<ReceiveContext, 'webhook'>,
): Answered | null {
  const challenge = webhook.challenge === undefined ? null : challengeAnswer(webhook.challenge, parts, secrets);
  if (challenge !== null) return challenge;
  const proof = proofOf(webhook.verify, delivery, { secrets, nowMs });
  if (proof === 'forged') return { kind: 'refused', status: 401, code: 'delivery_forged', reason: 'the signature does not fit' };
  if (proof === 'late')
    return { kind: 'refused', status: 401, code: 'delivery_late', reason: 'it was signed too long ago, or a clock is wrong' };
  if (!isJsonObject(parts.body) && !Array.isArray(parts.body))
    return { kind: 'refused', status: 400, code: 'delivery_unreadable', reason: 'the body is neither an object nor a list' };
  return null;
}

/** Everything that a delivery holds. */
function eventsIn(webhook: WebhookTrigger, parts: Parts): readonly TriggerEvent[] {
  const found = webhook.split === undefined ? parts.body : readPath({ body: parts.body }, webhook.split);
  const list: readonly JsonValue[] =
    webhook.split !== undefined && Array.isArray(found)
      ? (found as readonly JsonValue[])
      : found === undefined || found === null
        ? []
        : [found];
  return list.map((data, index) => ({ id: eventId(webhook, parts, { data, index }), data }));
}

/**
 * Judges a delivery. Pure: what it starts, and that the same event starts nothing twice, is the caller's, by the ids.
 * The answer to a challenge needs no proof; events do.
 */
export function receiveDelivery(delivery: Delivery, { webhook, secrets, input, nowMs }: ReceiveContext): Received {
  const parts = partsOf(delivery);
  const answered = answeredAtOnce(delivery, parts, { webhook, secrets, nowMs });
  if (answered !== null) return answered;
  const events = eventsIn(webhook, parts).filter(({ data }) => isWantedEvent(webhook, data, input));
  return { kind: 'events', events, route: readText({ body: parts.body }, webhook.route) ?? readText(parts.body, webhook.route) };
}

/** An event as one trigger of the connector gives it, of the account that `route` names; null: it names none. */
export interface AppEvent extends TriggerEvent {
  readonly triggerKey: string;
  readonly route: string | null;
}

/** What the one address of an app is called with is. */
export type AppReceived = Answered | { readonly kind: 'events'; readonly events: readonly AppEvent[] };

/** Judges a delivery to the one address of an app, as `receiveDelivery` does; whose events they are is the caller's. @param of.webhooks by key of the trigger; all have the same proof */
export function receiveAppDelivery(
  delivery: Delivery,
  { webhooks, ...judging }: Judging & { readonly webhooks: Readonly<Record<string, WebhookTrigger>> },
): AppReceived {
  const parts = partsOf(delivery);
  const events: AppEvent[] = [];
  for (const [triggerKey, webhook] of Object.entries(webhooks)) {
    const answered = answeredAtOnce(delivery, parts, { ...judging, webhook });
    if (answered !== null) return answered;
    const ofDelivery = readText({ body: parts.body }, webhook.route);
    for (const event of eventsIn(webhook, parts))
      events.push({ ...event, triggerKey, route: ofDelivery ?? readText(event.data, webhook.route) });
  }
  return { kind: 'events', events };
}
