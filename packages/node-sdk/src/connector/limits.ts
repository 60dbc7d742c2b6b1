import type { JsonValue } from '@millwright/core';
import type { AnswerPath, Duration } from './pages.ts';

/** Who shares a limit: requests with one credential, all of the connector in this process, or those with the same value of a template. */
export type LimitScope = { readonly by: 'credential' } | { readonly by: 'app' } | { readonly by: 'key'; readonly key: string };

/** How fast requests may go. */
export type LimitSpec =
  /** A bucket of tokens that fills again over the time. */
  | { readonly kind: 'window'; readonly requests: number; readonly every: Duration; readonly per: LimitScope }
  /** Requests under way at once. */
  | { readonly kind: 'concurrency'; readonly requests: number; readonly per: LimitScope }
  /** A bucket of points; each request takes `estimate`, the answer says what it took and what is left. */
  | {
      readonly kind: 'cost';
      readonly points: number;
      readonly every: Duration;
      readonly estimate: number;
      readonly spent?: AnswerPath;
      readonly left?: AnswerPath;
      readonly per: LimitScope;
    }
  /** What the answer's headers say: nothing goes once `remaining` is 0 until `reset`. */
  | {
      readonly kind: 'learned';
      readonly remaining: string;
      readonly reset: string;
      /** What `reset` holds. Default seconds since 1970. */
      readonly resetIs?: 'epochSeconds' | 'epochMs' | 'seconds' | 'date';
      readonly per: LimitScope;
    };

/** Who shares a limit. `per('credential')`, `per('app')`, or a template over the input. */
export function per(by: 'credential' | 'app' | `{{${string}}}`): LimitScope {
  return by === 'credential' || by === 'app' ? { by } : { by: 'key', key: by };
}

/** So many requests in a time. */
export function window(requests: number, every: Duration, scope: LimitScope): LimitSpec {
  return { kind: 'window', requests, every, per: scope };
}

/** So many requests at once. */
export function concurrency(requests: number, scope: LimitScope): LimitSpec {
  return { kind: 'concurrency', requests, per: scope };
}

/** Points instead of requests. */
export function cost(spec: Omit<Extract<LimitSpec, { kind: 'cost' }>, 'kind'>): LimitSpec {
  return { kind: 'cost', ...spec };
}

/** Limits that the answers tell. */
export function learned(spec: Omit<Extract<LimitSpec, { kind: 'learned' }>, 'kind'>): LimitSpec {
  return { kind: 'learned', ...spec };
}

/** Where the time to wait is found. */
export type WaitSource =
  | { readonly kind: 'header'; readonly name: string; readonly is: 'retryAfter' | 'ms' | 'epochSeconds' }
  | { readonly kind: 'when'; readonly path: AnswerPath; readonly equals: JsonValue; readonly wait: Duration };

/** What is tried again inside a call, and when. Only where nothing can be done twice by it. */
export interface RetrySpec {
  /** Statuses. Default 429, 500, 502, 503, 504. */
  readonly on: readonly number[];
  /** The first that says something counts; otherwise waits grow from 250 ms. Default `retry-after`. */
  readonly wait: readonly WaitSource[];
  /** Sends of one request, the first included. Default 3. */
  readonly tries?: number;
  /** A wait that is longer leaves the call: the step's own retry takes over. Default `2s`. */
  readonly longest?: Duration;
}

/** A header with seconds or a date (RFC 9110 §10.2.3), with milliseconds, or with seconds since 1970. */
export function header(name: string, is: 'retryAfter' | 'ms' | 'epochSeconds' = 'retryAfter'): WaitSource {
  return { kind: 'header', name, is };
}

/** A time that belongs to a value of the answer. */
export function when(path: AnswerPath, equals: JsonValue, wait: Duration): WaitSource {
  return { kind: 'when', path, equals, wait };
}
