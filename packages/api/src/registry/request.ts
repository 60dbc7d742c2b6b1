import type { Request } from 'express';
import { cleanText, UserError } from '@millwright/core';
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

/**
 * Refuses what could not be written out or stored; does not recurse itself.
 * @throws UserError `json_too_deep`, `text_unstorable`
 */
function requireStorable(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw tooDeep();
    level = level.flatMap((inner) => {
      if (typeof inner === 'string' && cleanText(inner) !== inner) throw unstorable();
      return typeof inner === 'object' && inner !== null
        ? [...(Array.isArray(inner) ? [] : Object.keys(inner)), ...Object.values(inner)]
        : [];
    });
  }
}

function tooDeep(): UserError {
  return new UserError('invalid', {
    code: 'json_too_deep',
    message: `The body is nested deeper than ${MAX_DEPTH} levels.`,
    hint: 'Make it flatter, or send the inner part as text.',
  });
}

function unstorable(): UserError {
  return new UserError('unprocessable', {
    code: 'text_unstorable',
    message: 'A text in the request holds a NUL character or half of a surrogate pair.',
    hint: 'Remove it. Such characters are often left over when binary data or cut-off text was pasted.',
  });
}

function parsePart(place: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  requireStorable(value);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ZodError(parsed.error.issues.map((issue) => ({ ...issue, path: [place, ...issue.path] })));
}

/** The body as JSON. @throws UserError `body_not_json` (415) */
function bodyOf(request: Request): unknown {
  const body: unknown = request.body;
  if (body === undefined && Number(request.headers['content-length'] ?? 0) > 0) {
    throw new UserError('invalid', {
      code: 'body_not_json',
      message: 'The body must be JSON.',
      hint: 'Send the header "content-type: application/json".',
    });
  }
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
    throw new UserError('invalid', {
      code: 'if_match_malformed',
      message: 'If-Match must be one revision in quotes, such as "12".',
      hint: 'Send the ETag of your last read as it is.',
    });
  return Number(match[1]);
}

/**
 * Parses a request by its contract.
 * @throws ZodError with paths such as `query.limit`
 * @throws UserError for a body that is no JSON, what cannot be stored, and a missing revision
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
