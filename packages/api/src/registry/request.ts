import type { Request } from 'express';
import { UserError } from '@millwright/core';
import { ZodError, type z } from 'zod';
import type { Route } from './route.ts';

/** Deepest nesting of a JSON body; writing it out again recurses. */
const MAX_DEPTH = 64;

/** The parsed parts of a request. */
export interface RequestParts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly revision: number | null;
}

/** Request headers as `Headers`, the form that better-auth takes. */
export function headersOf(request: Pick<Request, 'headers'>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** Whether a value is nested deeper than the limit; does not recurse itself. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((inner) => (typeof inner === 'object' && inner !== null ? Object.values(inner) : []));
  }
  return false;
}

function parsePart(place: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ZodError(parsed.error.issues.map((issue) => ({ ...issue, path: [place, ...issue.path] })));
}

/** The body as JSON. @throws UserError `body_not_json` (415) or `json_too_deep` */
function bodyOf(request: Request): unknown {
  const body: unknown = request.body;
  if (body === undefined && Number(request.headers['content-length'] ?? 0) > 0) {
    throw new UserError('invalid', {
      code: 'body_not_json',
      message: 'The body must be JSON.',
      hint: 'Send the header "content-type: application/json".',
    });
  }
  if (isTooDeep(body))
    throw new UserError('invalid', { code: 'json_too_deep', message: `The body is nested deeper than ${MAX_DEPTH} levels.` });
  return body;
}

/** The revision that `If-Match` names. @throws UserError `if_match_missing` (428), `if_match_malformed` */
function revisionOf(request: Request): number {
  const given = request.headers['if-match'];
  if (given === undefined) {
    throw new UserError('preconditionFailed', {
      code: 'if_match_missing',
      message: 'This change must say which revision it is made on.',
      hint: 'Read it first and send its ETag as If-Match.',
    });
  }
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(given.trim());
  if (match === null)
    throw new UserError('invalid', { code: 'if_match_malformed', message: 'If-Match must be one revision in quotes, such as "12".' });
  return Number(match[1]);
}

/**
 * Parses a request by its contract.
 * @throws ZodError with paths such as `query.limit`
 * @throws UserError for a body that is no JSON and a missing revision
 */
export function parseRequest(route: Route, request: Request): RequestParts {
  const { contract } = route;
  return {
    params: parsePart('path', contract.params, request.params) ?? {},
    query: parsePart('query', contract.query, request.query) ?? {},
    revision: contract.ifMatch === true ? revisionOf(request) : null,
    body: parsePart('body', contract.body, bodyOf(request)),
  };
}
