import type { ApiProblem } from '@millwright/contracts';
import { ConnectorError, MillwrightError, TransientError, UserError, type UserErrorKind } from '@millwright/core';
import type { Problem } from '@millwright/workflow';
import { ZodError } from 'zod';

/** An answer that is not 2xx, ready to send. */
export interface ProblemAnswer {
  readonly body: ApiProblem;
  /** Whole seconds for `Retry-After`. */
  readonly retryAfterS?: number;
  /** Our fault: belongs into the log with its stack. */
  readonly unexpected: boolean;
}

const STATUS: Readonly<Record<UserErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  conflict: 409,
  preconditionFailed: 412,
  tooLarge: 413,
  unprocessable: 422,
  tooMany: 429,
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Sign-in needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not with this method',
  409: 'In conflict with the current state',
  412: 'Changed in the meantime',
  413: 'Too large',
  415: 'Not in a form that is taken',
  422: 'Cannot be done as asked',
  428: 'If-Match needed',
  429: 'Too many requests',
  500: 'Fault in Millwright',
  502: 'A service outside failed',
  503: 'Not available for the moment',
};

/** The document problems of a refused publish, handed over in an error's `details`. */
export const PROBLEMS_DETAIL = 'problems';

/** The workflows that stand in the way, handed over in an error's `details`. */
export const USES_DETAIL = 'uses';

type Facts = Pick<ApiProblem, 'status' | 'detail' | 'code'> & { readonly hint?: string | undefined };

function problemOf({ hint, ...facts }: Facts): ApiProblem {
  return { type: `/problems/${facts.code}`, title: TITLES[facts.status] ?? 'Problem', ...facts, ...(hint === undefined ? {} : { hint }) };
}

/** A schema's complaint as a problem: each fault with the path of its field, such as `body.email`. */
function fromZod(error: ZodError): ProblemAnswer {
  const errors = error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), code: issue.code, text: issue.message }));
  const first = errors[0];
  const detail =
    first === undefined
      ? 'The request is not valid.'
      : `${first.path}: ${first.text}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''}`;
  const status = error.issues.some((issue) => issue.path[0] === 'body') ? 422 : 400;
  return {
    body: { ...problemOf({ status, detail, code: 'request_invalid', hint: 'Correct the fields that "errors" names.' }), errors },
    unexpected: false,
  };
}

/** Reading the body failed: `body-parser` says how in `type`. */
function fromBodyParser(error: { readonly type: string }): ProblemAnswer | null {
  switch (error.type) {
    case 'entity.parse.failed':
      return {
        body: problemOf({
          status: 400,
          detail: 'The body is not valid JSON.',
          code: 'json_malformed',
          hint: 'Check commas, quotes and brackets.',
        }),
        unexpected: false,
      };
    case 'entity.too.large':
      return {
        body: problemOf({
          status: 413,
          detail: 'The body is larger than this endpoint accepts.',
          code: 'body_too_large',
          hint: 'Send less at a time.',
        }),
        unexpected: false,
      };
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return {
        body: problemOf({
          status: 415,
          detail: 'The body must be JSON in UTF-8.',
          code: 'body_not_json',
          hint: 'Send it in UTF-8 and without other compression than gzip, deflate or br.',
        }),
        unexpected: false,
      };
    case 'request.aborted':
    case 'request.size.invalid':
      return {
        body: problemOf({ status: 400, detail: 'The body did not arrive completely.', code: 'body_incomplete', hint: 'Send it again.' }),
        unexpected: false,
      };
    default:
      return null;
  }
}

function fromOurs(error: MillwrightError): ProblemAnswer {
  const facts = { detail: error.message, code: error.code, hint: error.hint };
  const wait = error.retry === 'never' ? {} : { retryAfterS: Math.max(1, Math.ceil(error.retry.afterMs / 1000)) };
  if (error instanceof UserError) {
    const status = SPECIAL_STATUS[error.code] ?? STATUS[error.kind];
    const problems = error.details?.[PROBLEMS_DETAIL] as readonly Problem[] | undefined;
    const uses = error.details?.[USES_DETAIL] as ApiProblem['uses'];
    return {
      body: {
        ...problemOf({ status, ...facts }),
        ...(problems === undefined ? {} : { problems: [...problems] }),
        ...(uses === undefined ? {} : { uses: [...uses] }),
      },
      ...wait,
      unexpected: false,
    };
  }
  if (error instanceof TransientError) {
    const hint = error.hint ?? 'Nothing was changed. Try again in a moment.';
    return {
      body: problemOf({ status: 503, ...facts, detail: TRANSIENT_TEXTS[error.code] ?? 'A part of Millwright is not reachable.', hint }),
      ...wait,
      unexpected: false,
    };
  }
  // A refused sign-in is for whoever asked to put right; anything else outside is not.
  if (error instanceof ConnectorError)
    return { body: problemOf({ status: error.kind === 'auth' ? 422 : 502, ...facts }), ...wait, unexpected: false };
  return fault();
}

/** Statuses that a `UserError`'s kind cannot say. */
const SPECIAL_STATUS: Readonly<Record<string, number>> = { if_match_missing: 428, body_not_json: 415, body_unsupported: 415 };

const TRANSIENT_TEXTS: Readonly<Record<string, string>> = {
  database_unavailable: 'The database cannot be reached.',
  temporal_unavailable: 'Temporal cannot be reached, so no run can be started.',
};

function fault(): ProblemAnswer {
  const detail = 'Millwright has a fault. Your request was not carried out completely.';
  return {
    body: problemOf({
      status: 500,
      detail,
      code: 'internal',
      hint: 'Try again; if it stays, send the request id to who runs this server.',
    }),
    unexpected: true,
  };
}

/**
 * Turns anything that was thrown into RFC 9457 problem details: the one place that knows HTTP statuses of errors.
 * Never a stack, never a message of an error that is not ours.
 */
export function toProblem(thrown: unknown): ProblemAnswer {
  if (thrown instanceof ZodError) return fromZod(thrown);
  if (thrown instanceof MillwrightError) return fromOurs(thrown);
  if (thrown instanceof URIError)
    return {
      body: problemOf({
        status: 400,
        detail: 'The address is not valid.',
        code: 'url_malformed',
        hint: 'Write % as %25, and other special characters percent-encoded.',
      }),
      unexpected: false,
    };
  if (typeof thrown === 'object' && thrown !== null && 'type' in thrown && typeof thrown.type === 'string') {
    return fromBodyParser({ type: thrown.type }) ?? fault();
  }
  return fault();
}

/** The problem of an address that nobody serves. */
export function unknownAddress(method: string, path: string): UserError {
  return new UserError('notFound', {
    code: 'address_unknown',
    message: `There is no ${method} ${path}.`,
    hint: 'GET /api/v1/openapi.json lists every address.',
  });
}

/**
 * The problem of a thing that is not there, or is somebody else's: both look the same.
 * @param what a glossary word in lower case: `workflow`, `run`
 */
export function notFound(what: string): UserError {
  return new UserError('notFound', {
    code: `${what}_unknown`,
    message: `There is no such ${what}.`,
    hint: 'It may have been removed, or belong to another workspace.',
  });
}
