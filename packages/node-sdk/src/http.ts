import type { JsonValue } from '@millwright/core';

/** A request as a node describes it; the runtime adds keys, credentials and limits. */
export interface HttpRequest {
  readonly method: string;
  /** Absolute, `http` or `https`. */
  readonly url: string;
  /** Names in any case; a list of values is not supported, join with `, `. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Added to the URL's own query. A list repeats the name; null and undefined are left out. */
  readonly query?: Readonly<Record<string, HttpQueryValue | readonly HttpQueryValue[]>>;
  /** Text and bytes go as they are; anything else as JSON with its content type, unless the headers name one. */
  readonly body?: JsonValue | Uint8Array;
  /** Ms until the whole answer is here. Default: what is left of the node's time. */
  readonly timeoutMs?: number;
}

/** One value of a query parameter. */
export type HttpQueryValue = string | number | boolean | null | undefined;

/** An answer; any status, only a missing answer throws. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated headers are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** By `bodyType`: the parsed value, the text, or the bytes as base64. */
  readonly body: JsonValue;
  /** `json` when the content type says so and it parses; `base64` when it is no text. */
  readonly bodyType: 'json' | 'text' | 'base64';
}

/** A node's only way to the network. */
export interface HttpPort {
  /** @throws ConnectorError when no answer came: refused address, no connection, timeout, too large */
  readonly request: (request: HttpRequest) => Promise<HttpResponse>;
}
