import type { MockAnswer } from '../answer.ts';
import type { Scenario } from '../rules.ts';

/** Which operation, and how often. */
export interface TimesOptions {
  /** `METHOD /path` or `operationId`. Default every operation. */
  readonly operation?: string;
  /** Requests that are answered like this before the description answers again. */
  readonly times?: number;
}

/** The same answer so many times. Default once. */
export function answers(answer: MockAnswer, { operation, times = 1 }: TimesOptions = {}): Scenario {
  let left = times;
  return { rules: [{ ...(operation === undefined ? {} : { operation }), answer: () => (left-- > 0 ? answer : null) }] };
}

/** "Too many requests": with `Retry-After` (seconds or an HTTP date), or without. Default once, without. */
export function rateLimited(
  options: TimesOptions & { readonly retryAfter?: string | number; readonly body?: MockAnswer['body'] } = {},
): Scenario {
  const headers = options.retryAfter === undefined ? {} : { 'retry-after': String(options.retryAfter) };
  return answers({ status: 429, headers, body: options.body ?? { error: 'too many requests' } }, options);
}

/** The service fails. Default twice with 500. */
export function fails(options: TimesOptions & { readonly status?: number; readonly body?: MockAnswer['body'] } = {}): Scenario {
  return answers({ status: options.status ?? 500, body: options.body ?? { error: 'internal error' } }, { times: 2, ...options });
}
