import { ConnectorError, retryAfterMs, UserError, type ActionContext, type HttpResponse } from '@millwright/node-sdk';
import { XMLParser } from 'fast-xml-parser';

/** What of a node's context a request needs. */
export type Context = Pick<ActionContext<unknown>, 'http' | 'nowMs'>;

/** One request to a calendar server. */
export interface DavRequest {
  readonly method: 'PROPFIND' | 'REPORT' | 'GET' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Statuses from 400 on that are an answer all the same. */
  readonly also?: readonly number[];
}

/** One resource of a multistatus answer: its address, and its properties by their names without prefix. */
export interface Resource {
  readonly url: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: true,
  maxNestedTags: 50,
  isArray: (name) => ['response', 'propstat', 'comp'].includes(name),
});

function kindOf(status: number): ConnectorError['kind'] {
  if (status === 401 || status === 403) return 'auth';
  if (status === 429) return 'rate';
  return status === 408 || status >= 500 ? 'transient' : 'permanent';
}

const HINTS: Readonly<Record<number, string>> = {
  401: 'The server refused user name or password.',
  403: 'The user may not do this there, or the address is no calendar.',
  404: 'Check the address: there is nothing there.',
  412: 'Somebody has changed the event since it was read. Read it again.',
};

function refused({ status, headers }: HttpResponse, { method }: DavRequest, nowMs: number): ConnectorError {
  const kind = kindOf(status);
  const canWait = kind === 'rate' || kind === 'transient';
  return new ConnectorError(kind, {
    code: status === 412 ? 'caldav_changed' : `http_status_${status}`,
    message: `the calendar server answered ${method} with status ${status}`,
    hint: HINTS[status] ?? (canWait ? 'It is tried again when retries are on.' : 'The server does not accept this.'),
    ...(canWait ? { retry: { afterMs: retryAfterMs(headers, { nowMs }) ?? 1_000 } } : {}),
    details: { status, sent: true },
  });
}

/** Sends one request, signed. @throws ConnectorError for statuses from 400 on that are not named */
export async function send({ http, nowMs }: Context, request: DavRequest): Promise<HttpResponse> {
  const { method, url, headers = {}, body, also = [] } = request;
  const answer = await http.request({ method, url, headers, credential: 'auth', ...(body === undefined ? {} : { body }) });
  if (answer.status >= 400 && !also.includes(answer.status)) throw refused(answer, request, nowMs);
  return answer;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Goes down by names. */
export function at(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((here, name) => (isObject(here) ? here[name] : undefined), value);
}

/** The text of a property; empty where there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : isObject(value) && typeof value['#text'] === 'string' ? value['#text'] : '';
}

function noDav(): UserError {
  return new UserError('unprocessable', {
    code: 'caldav_answer_invalid',
    message: 'the address does not answer as a calendar server does',
    hint: 'Check the address: many services name it "CalDAV URL" in their settings.',
    details: { sent: true },
  });
}

/** An address that the server names; another host's is refused, as the credential is not for it. */
export function within(base: string, href: string): string {
  const url = URL.parse(href, base);
  if (url === null || url.host !== URL.parse(base)?.host) throw noDav();
  return url.href;
}

/** The body that asks for properties, named with the prefixes `D` and `C`; `S` is calendarserver.org's. */
export function propfind(...names: readonly string[]): string {
  return `<?xml version="1.0" encoding="utf-8"?><D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"><D:prop>${names.map((name) => `<${name}/>`).join('')}</D:prop></D:propfind>`;
}

/** Asks for properties. @throws UserError `caldav_answer_invalid` */
export async function multistatus(context: Context, request: DavRequest & { readonly depth: '0' | '1' }): Promise<readonly Resource[]> {
  const { depth, ...rest } = request;
  const { body } = await send(context, { ...rest, headers: { depth, 'content-type': 'application/xml; charset=utf-8' } });
  if (typeof body !== 'string' || /<!DOCTYPE|<!ENTITY/i.test(body)) throw noDav();
  let parsed: unknown;
  try {
    parsed = parser.parse(body);
  } catch {
    throw noDav();
  }
  if (at(parsed, 'multistatus') === undefined) throw noDav();
  const responses: unknown = at(parsed, 'multistatus', 'response') ?? [];
  return (Array.isArray(responses) ? (responses as readonly unknown[]) : []).map((response) => {
    const stats = at(response, 'propstat');
    const good = (Array.isArray(stats) ? (stats as readonly unknown[]) : []).filter((one) =>
      / 2\d\d /.test(`${textOf(at(one, 'status'))} `),
    );
    const properties = Object.assign({}, ...good.map((one) => at(one, 'prop'))) as Readonly<Record<string, unknown>>;
    return { url: within(request.url, textOf(at(response, 'href'))), properties };
  });
}
