import { isJsonObject, UserError, type JsonValue } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import {
  isHostListed,
  methodAndPath,
  type AnswerAs,
  type RequestSlots,
  type RequestTemplate,
  type SlotContext,
} from '@millwright/node-sdk';
import { encodeBody } from './encode-body.ts';
import { asText, fill, fillHeaders, fillPath, type Scope } from './fill.ts';

/** A request before it is signed. */
export interface UnsignedRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  /** Ms for the whole answer. Default: the egress' own. */
  readonly timeoutMs?: number;
  /** Default `auto`. */
  readonly answerAs?: AnswerAs;
  /** As the egress has it. Default false. */
  readonly handOnRedirects?: boolean;
}

/** Values that paging puts into a request, by place: `query.after`. */
export type Placed = Readonly<Record<string, JsonValue>>;

/** What a request is built from. */
export interface RequestParts {
  readonly request: RequestTemplate | RequestSlots<never>;
  readonly baseUrl: string;
  /** The connector's own, for every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly scope: Scope;
  readonly slot: SlotContext<unknown>;
  readonly placed?: Placed;
}

/** Hash of what a request does, before it is signed: method, address and body (durability.md §2.2). */
export function requestHashOf({ method, url, body }: Pick<UnsignedRequest, 'method' | 'url' | 'body'>): string {
  return hashHex(JSON.stringify([method, url, hashHex(body ?? '')]));
}

function addQuery(url: URL, query: Readonly<Record<string, JsonValue>>): void {
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as readonly JsonValue[]) : [value])
      if (one !== null) url.searchParams.append(name, typeof one === 'string' ? one : JSON.stringify(one));
  }
}

/** What paging puts into the query, the body or the headers. */
export function placedIn(kind: 'query' | 'body' | 'header', placed: Placed): Record<string, JsonValue> {
  const prefix = `${kind}.`;
  return Object.fromEntries(
    Object.entries(placed).flatMap(([place, value]) => (place.startsWith(prefix) ? [[place.slice(prefix.length), value]] : [])),
  );
}

/** Puts values at dotted places of a body. */
export function withPlaced(
  body: JsonValue | Uint8Array | undefined,
  placed: Readonly<Record<string, JsonValue>>,
): JsonValue | Uint8Array | undefined {
  const entries = Object.entries(placed);
  if (entries.length === 0 || body instanceof Uint8Array) return body;
  const root: Record<string, JsonValue> = body !== undefined && isJsonObject(body) ? { ...body } : {};
  for (const [place, value] of entries) {
    const steps = place.split('.');
    const last = steps.pop() ?? place;
    let at = root;
    for (const step of steps) at = at[step] = { ...(at[step] as Record<string, JsonValue> | undefined) } as Record<string, JsonValue>;
    at[last] = value;
  }
  return root;
}

function called<T>(given: T | ((slot: never) => T) | undefined, slot: SlotContext<unknown>): T | undefined {
  // The slot was typed by the action's own input where it was written.
  return typeof given === 'function' ? (given as (slot: SlotContext<unknown>) => T)(slot) : given;
}

function targetOf({ request, baseUrl, scope }: RequestParts): URL {
  const { path } = methodAndPath(request);
  const filled = fillPath(path, scope);
  const whole = path.startsWith('/') ? `${fillPath(baseUrl, scope)}${filled}` : filled;
  const url = URL.parse(whole);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new UserError('invalid', {
      code: 'address_invalid',
      message: 'the address of the request is none',
      hint: "Check the connection's address.",
      details: { sent: false },
    });
  return url;
}

/**
 * Builds a request from its templates and slots.
 * @throws UserError `parameter_invalid`, `address_invalid`: nothing was sent
 */
export function buildRequest(parts: RequestParts): UnsignedRequest {
  const { request, scope, slot, placed = {} } = parts;
  const url = targetOf(parts);
  const query = called(request.query, slot);
  const isQueryComputed = typeof request.query === 'function';
  addQuery(url, {
    ...(query === undefined ? {} : ((isQueryComputed ? query : fill(query, scope)) as Readonly<Record<string, JsonValue>>)),
    ...placedIn('query', placed),
  });
  const given = called<JsonValue | Uint8Array>(request.body, slot);
  const body = typeof request.body === 'function' || given === undefined || given instanceof Uint8Array ? given : fill(given, scope);
  const encoded = encodeBody(withPlaced(body, placedIn('body', placed)), request.as ?? { kind: 'json' }, scope);
  const headers = {
    ...fillHeaders(parts.headers, scope),
    ...encoded.headers,
    ...fillHeaders(request.headers ?? {}, scope),
    ...Object.fromEntries(Object.entries(placedIn('header', placed)).map(([name, value]) => [name.toLowerCase(), asText(value)])),
  };
  return { method: methodAndPath(request).method, url: url.href, headers, body: encoded.body };
}

/**
 * Refuses addresses that a connector, or a credential, does not name.
 * @throws UserError `host_not_listed`: nothing was sent
 */
export function checkHost(url: string, hosts: readonly string[], whose: string): void {
  const host = URL.parse(url)?.hostname ?? '';
  if (isHostListed(host, hosts)) return;
  throw new UserError('forbidden', {
    code: 'host_not_listed',
    message: `${host} is none of the hosts of ${whose} (${hosts.join(', ') || 'none'})`,
    hint: 'Nothing was sent. The connection may only be used with the service that it is for.',
    details: { host, sent: false },
  });
}
