import type { JsonValue } from '@millwright/core';
import type { PageSpec } from './connector/pages.ts';
import type { BodyCodec } from './connector/request.ts';

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
  /** Slot of the node's credentials that signs it; the credential names the hosts that it goes to. Default: it goes unsigned. */
  readonly credential?: string;
  /** How the body is written, with its content type. Default: as `body` says. */
  readonly as?: BodyCodec;
  /** How the answer is read. Default `auto`: JSON where its type says so, else text, else base64. */
  readonly answerAs?: AnswerAs;
  /** False: a redirect is an answer like others, without its body. Default true. */
  readonly followRedirects?: boolean;
  /** Requests of this step that may go at once and how long a full batch takes to come back, whatever call they belong to. Default: no limit. */
  readonly pace?: { readonly requests: number; readonly everyMs: number };
}

/** How an answer is read: what its content type says, as text whatever it says, or its bytes. */
export type AnswerAs = 'auto' | 'text' | 'base64';

/** One page of a list. */
export interface HttpPage {
  readonly response: HttpResponse;
  /** Its part of the list: never more than are still wanted. */
  readonly items: readonly JsonValue[];
}

/** How a list is read. */
export interface HttpListOptions {
  readonly pages: PageSpec;
  /** Items wanted in all. */
  readonly maxItems: number;
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
  /**
   * Reads a list page by page; the next one is asked for when the reader goes on, whatever status the last one had. Absent where nobody pages.
   * @throws ConnectorError as `request`; `page_repeats` and `page_elsewhere` for lists that would never end, or lead to another host
   */
  readonly list?: (request: HttpRequest, options: HttpListOptions) => AsyncIterable<HttpPage>;
}
