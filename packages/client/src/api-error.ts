import type { ApiProblem } from '@millwright/contracts';

/** An answer that was not 2xx, or no answer at all (`status` 0, code `unreachable`). */
export class ApiError extends Error {
  readonly status: number;
  /** Stable, `snake_case`. */
  readonly code: string;
  /** For people: what happened. */
  readonly detail: string;
  /** For people: what to do next. */
  readonly hint: string | undefined;
  /** Faulty request fields. */
  readonly errors: NonNullable<ApiProblem['errors']>;
  /** What is wrong with the workflow, where publishing was refused. */
  readonly problems: NonNullable<ApiProblem['problems']>;
  /** Workflows that stand in the way, where something in use was to be deleted. */
  readonly uses: NonNullable<ApiProblem['uses']>;
  readonly requestId: string | undefined;
  constructor(problem: ApiProblem, cause?: unknown) {
    super(problem.detail, cause === undefined ? undefined : { cause });
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.hint = problem.hint;
    this.errors = problem.errors ?? [];
    this.problems = problem.problems ?? [];
    this.uses = problem.uses ?? [];
    this.requestId = problem.requestId;
  }
}

/** The error of a request that got no answer. */
export function unreachableError(cause: unknown): ApiError {
  const detail = 'The server cannot be reached.';
  return new ApiError({ type: '/problems/unreachable', title: 'Unreachable', status: 0, detail, code: 'unreachable' }, cause);
}

function isProblem(body: unknown): body is ApiProblem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'detail' in body &&
    typeof body.detail === 'string'
  );
}

/** Reads the problem out of an answer that is not 2xx; something in between (a proxy) may have written it. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return new ApiError({ ...body, status: response.status });
  const detail = `The server answered with status ${response.status}.`;
  return new ApiError({
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail,
    code: `http_${response.status}`,
  });
}
