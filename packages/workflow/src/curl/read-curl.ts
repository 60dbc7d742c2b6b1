import type { JsonObject, JsonValue } from '@millwright/core';
import { readOptions, type CurlOptions } from './curl-options.ts';

/** A name and its value; names may come more than once. */
export interface CurlPair {
  readonly name: string;
  readonly value: string;
}

/** What a command sends. */
export type CurlBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: JsonValue }
  /** Names that come twice have a list. */
  | { readonly kind: 'form'; readonly fields: JsonObject }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'multipart';
      readonly fields: readonly CurlPair[];
      readonly files: readonly { readonly name: string; readonly fileName: string }[];
    };

/** A secret that stood in the command: to be kept as a connection, never in the document. */
export type CurlCredential =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string };

/** A request as a cURL command writes it. */
export interface CurlRequest {
  readonly method: string;
  /** Without its query. */
  readonly url: string;
  readonly query: readonly CurlPair[];
  /** Without secrets, and without those that the client sets by itself. */
  readonly headers: readonly CurlPair[];
  readonly body: CurlBody;
  readonly credential: CurlCredential | null;
  /** What was read but has no place in a step: English sentences. */
  readonly notes: readonly string[];
}

/** Headers that belong to the browser or the socket. */
const OWN_HEADERS = /^(host|connection|content-length|accept-encoding|te|upgrade-insecure-requests|sec-.*|priority|dnt|pragma|:.*)$/i;
/** Headers that hold a key. */
export const SECRET_HEADERS = /^(x-)?(api-?key|auth-?token|access-?token|auth-?key|api-?token)$|^(private-token|x-goog-api-key)$/i;
const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

function credentialOf(
  headers: readonly CurlPair[],
  user: string | null,
): { readonly credential: CurlCredential | null; readonly used: CurlPair | undefined } {
  if (user !== null) {
    const at = user.indexOf(':');
    return {
      credential: { kind: 'basic', username: at < 0 ? user : user.slice(0, at), password: at < 0 ? '' : user.slice(at + 1) },
      used: undefined,
    };
  }
  const used = headers.find(({ name }) => name.toLowerCase() === 'authorization') ?? headers.find(({ name }) => SECRET_HEADERS.test(name));
  if (used === undefined) return { credential: null, used };
  const bearer = /^bearer\s+(.+)$/i.exec(used.value)?.[1];
  const isAuthorization = used.name.toLowerCase() === 'authorization';
  return {
    credential:
      isAuthorization && bearer !== undefined ? { kind: 'bearer', token: bearer } : { kind: 'header', name: used.name, value: used.value },
    used,
  };
}

/** Percent signs that encode nothing are meant as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A list where a name comes more than once. */
function formFields(text: string): JsonObject {
  const fields: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
  for (const [name, value] of new URLSearchParams(text)) {
    const known = fields[name];
    if (known === undefined) fields[name] = value;
    else fields[name] = Array.isArray(known) ? [...(known as readonly JsonValue[]), value] : [known, value];
  }
  return { ...fields };
}

function parseJson(text: string): { readonly value: JsonValue } | null {
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return null;
  }
}

function bodyOf(options: CurlOptions, contentType: string): CurlBody {
  if (options.parts.length > 0) {
    const files = options.parts.filter(({ isFile }) => isFile).map(({ name, value }) => ({ name, fileName: value }));
    return { kind: 'multipart', fields: options.parts.filter(({ isFile }) => !isFile).map(({ name, value }) => ({ name, value })), files };
  }
  if (options.data.length === 0 || options.isGet) return { kind: 'none' };
  const text = options.data.join(options.isJson ? '' : '&');
  const type = contentType.toLowerCase();
  const isSaidJson = options.isJson || type.includes('json');
  // Many examples post JSON and forget to say so: what is an object or a list in JSON is meant as it.
  const json = isSaidJson || (type === '' && /^\s*[{[]/.test(text)) ? parseJson(text) : null;
  if (json !== null) return { kind: 'json', value: json.value };
  if (type === '' || type.includes('x-www-form-urlencoded')) return { kind: 'form', fields: formFields(text) };
  return { kind: 'text', text };
}

function methodOf(options: CurlOptions): string {
  if (options.method !== null) return options.method.toUpperCase();
  if (options.isHead) return 'HEAD';
  return !options.isGet && (options.data.length > 0 || options.parts.length > 0) ? 'POST' : 'GET';
}

/** Content types that the body's kind says by itself. */
function isImplied(value: string, body: CurlBody): boolean {
  const type = value.split(';')[0]?.trim().toLowerCase();
  if (body.kind === 'json') return type === 'application/json';
  if (body.kind === 'form') return type === 'application/x-www-form-urlencoded';
  return body.kind === 'multipart';
}

/**
 * Reads a cURL command as browsers, documentation and people write it.
 * @throws UserError `curl_invalid` with `details.at`, `line` and `column` of what cannot be read
 */
export function readCurl(text: string): CurlRequest {
  const options = readOptions(text);
  const address = new URL(options.url);
  const query = [...address.searchParams, ...(options.isGet ? new URLSearchParams(options.data.join('&')) : [])].map(([name, value]) => ({
    name,
    value,
  }));
  const contentType = options.headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  const body = bodyOf(options, contentType);
  const { credential, used } = credentialOf(
    options.headers,
    options.user ?? (address.username === '' ? null : decoded(`${address.username}:${address.password}`)),
  );
  const headers = options.headers.filter(
    (header) =>
      header !== used && !OWN_HEADERS.test(header.name) && !(header.name.toLowerCase() === 'content-type' && isImplied(header.value, body)),
  );
  const method = methodOf(options);
  const notes = [...options.notes, ...(HTTP_METHODS.includes(method) ? [] : [`${method} is no method that a step can send.`])];
  return {
    method,
    url: `${address.origin}${address.pathname === '/' && !/\/([?#]|$)/.test(options.url.replace(/^\w+:\/\//, '')) ? '' : address.pathname}`,
    query,
    headers,
    body,
    credential,
    notes,
  };
}
