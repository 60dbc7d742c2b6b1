import type { z } from 'zod';

/** The methods that the API uses. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What an endpoint answers when all is well: a JSON body, nothing, or a stream of server-sent events by name. */
export type Answer =
  | { readonly status: 200 | 201 | 202; readonly body: z.ZodType }
  | { readonly status: 204 }
  | { readonly status: 200; readonly events: Readonly<Record<string, z.ZodType>> };

/** One endpoint as both sides see it: everything but who may call it. */
export interface Endpoint {
  readonly method: HttpMethod;
  /** Express path with `:name` parameters; each has its schema in `params`. */
  readonly path: string;
  /** One English line for the API reference. */
  readonly summary: string;
  /** Path parameters. Default none. */
  readonly params?: z.ZodObject;
  /** Query parameters; values arrive as text. Default none. */
  readonly query?: z.ZodObject;
  /** JSON body. Default none. */
  readonly body?: z.ZodType;
  /** True: the caller must name the revision that it changes in `If-Match`. Default false. */
  readonly ifMatch?: true;
  readonly answer: Answer;
}

/** Declares an endpoint; only carries its types. */
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint;
}

type Flat<T> = { readonly [K in keyof T]: T[K] };
type NoFields = Record<never, never>;

/** Path parameters as a handler gets them. */
export type ParamsOf<E> = E extends { readonly params: infer S extends z.ZodType } ? z.output<S> : NoFields;
/** Query parameters as a handler gets them, defaults filled in. */
export type QueryOf<E> = E extends { readonly query: infer S extends z.ZodType } ? z.output<S> : NoFields;
/** The body as a handler gets it, defaults filled in; `undefined` where the endpoint takes none. */
export type BodyOf<E> = E extends { readonly body: infer S extends z.ZodType } ? z.output<S> : undefined;
/** The JSON answer; `undefined` for 204 and for event streams. */
export type AnswerOf<E> = E extends { readonly answer: { readonly body: infer S extends z.ZodType } } ? z.output<S> : undefined;
/** Event name → data, for endpoints that answer with a stream. */
export type EventsOf<E> = E extends { readonly answer: { readonly events: infer M extends Readonly<Record<string, z.ZodType>> } }
  ? { readonly [K in keyof M]: z.output<M[K]> }
  : never;

type BodyField<E> = E extends { readonly body: infer S extends z.ZodType }
  ? undefined extends z.input<S>
    ? { readonly body?: z.input<S> }
    : { readonly body: z.input<S> }
  : NoFields;

/** What a caller passes: path and query parameters side by side, `body`, and `revision` where `If-Match` is needed. */
export type InputOf<E> = Flat<
  (E extends { readonly params: infer S extends z.ZodType } ? z.input<S> : NoFields) &
    (E extends { readonly query: infer S extends z.ZodType } ? z.input<S> : NoFields) &
    BodyField<E> &
    (E extends { readonly ifMatch: true } ? { readonly revision: number } : NoFields)
>;
