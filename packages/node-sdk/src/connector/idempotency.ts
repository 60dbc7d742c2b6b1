import type { AnswerPath, Duration } from './pages.ts';
import type { RequestTemplate } from './request.ts';

/** What keeps a write from being done twice. */
export type WriteSafety =
  /** The service honours a key: in a header, or where a template reads `{{idempotencyKey}}`. */
  | { readonly by: 'header'; readonly header: string | null; readonly format: 'text36' | 'uuid'; readonly ttl: Duration }
  /** Doing it again changes nothing more: an upsert by these input fields, a PUT, a DELETE. */
  | { readonly by: 'natural'; readonly fields: readonly string[] }
  /** Before each further try it is looked up; what is found is the result. */
  | { readonly by: 'lookup'; readonly request: RequestTemplate; readonly found: AnswerPath }
  /** Never sent again after it left: a person decides. */
  | { readonly by: 'unsafe' };

/** How a write is kept from being done twice. */
export const idempotent = {
  /** The service honours a key of ours; `header: null` where the body carries `{{idempotencyKey}}`. Keys live `24h` unless said. */
  header: (name: string | null, options: { readonly format?: 'text36' | 'uuid'; readonly ttl?: Duration } = {}): WriteSafety => ({
    by: 'header',
    header: name,
    format: options.format ?? 'text36',
    ttl: options.ttl ?? '24h',
  }),
  /** The same input leads to the same state. @param fields input fields that identify what is written */
  natural: (...fields: readonly string[]): WriteSafety => ({ by: 'natural', fields }),
  /** It can be found again. */
  lookup: (request: RequestTemplate, found: AnswerPath): WriteSafety => ({ by: 'lookup', request, found }),
  /** Nothing protects it. */
  unsafe: (): WriteSafety => ({ by: 'unsafe' }),
};
