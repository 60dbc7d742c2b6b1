import type { JsonValue } from '@millwright/core';

/**
 * A text with `{{path}}` in it, or a value whose texts are such. Paths read the input's fields (`owner`, `filter.from`), `auth.<field>` (not
 * secret), `kept.<name>` (triggers) and `idempotencyKey`. A text that is one `{{path}}` gives the value as it is; null and absent values are
 * left out of queries, headers, forms and objects.
 */
export type TemplateValue = JsonValue;

/** How a body is written. Default `json`. */
export type BodyCodec =
  | { readonly kind: 'json'; readonly contentType?: string }
  | {
      readonly kind: 'form';
      /** `a[b]=1`, or `a.b=1`. Default brackets. */
      readonly nesting?: 'brackets' | 'dots';
      /** `a[]=1`, `a[0]=1`, `a=1&a=2`, `a=1,2`. Default brackets. */
      readonly lists?: 'brackets' | 'indices' | 'repeat' | 'comma';
    }
  /** Fields of the body's object; a part that is `{ fileName, contentType, base64 }` is a file. */
  | { readonly kind: 'multipart' }
  /** The body is base64 text, or bytes from a function slot. */
  | { readonly kind: 'bytes'; readonly contentType?: string }
  | { readonly kind: 'text'; readonly contentType?: string }
  /** The body's object as elements; `@name` are attributes, `#text` the text. */
  | { readonly kind: 'xml'; readonly contentType?: string }
  /** The body is the variables. */
  | { readonly kind: 'graphql'; readonly query: string }
  /** The body goes as JSON into a header; `content` (base64 text) is what follows. */
  | { readonly kind: 'headerJson'; readonly header: string; readonly content?: string; readonly contentType?: string };

/** Method and address: below the connector's `baseUrl`, or absolute on one of its hosts. `{{path}}` is one encoded segment, `{{+path}}` keeps slashes. */
export type MethodAndPath =
  | { readonly get: string }
  | { readonly post: string }
  | { readonly put: string }
  | { readonly patch: string }
  | { readonly delete: string }
  | { readonly head: string };

/** A request as data. */
export type RequestTemplate = MethodAndPath & {
  readonly query?: Readonly<Record<string, TemplateValue>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: TemplateValue;
  readonly as?: BodyCodec;
};

/** What a function slot gets. */
export interface SlotContext<I> {
  readonly input: I;
  /** The credential's fields that are not secret, and what its token brought along. */
  readonly auth: Readonly<Record<string, string>>;
  /** The same for every try of a write; null for reads. */
  readonly idempotencyKey: string | null;
  /** The run's time. */
  readonly nowMs: number;
  /** What earlier requests of the same call gave. Default nothing. */
  readonly kept?: Readonly<Record<string, JsonValue>>;
}

/** A request whose parts may be computed. */
export type RequestSlots<I> = MethodAndPath & {
  readonly query?: Readonly<Record<string, TemplateValue>> | ((slot: SlotContext<I>) => Readonly<Record<string, TemplateValue>>);
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: TemplateValue | ((slot: SlotContext<I>) => TemplateValue | Uint8Array);
  readonly as?: BodyCodec;
};

/** A form body. */
export function form(options: Omit<Extract<BodyCodec, { kind: 'form' }>, 'kind'> = {}): BodyCodec {
  return { kind: 'form', ...options };
}

/** A GraphQL operation; the request's body is its variables. */
export function graphql(query: string): BodyCodec {
  return { kind: 'graphql', query };
}
