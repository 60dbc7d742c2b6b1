import type { JsonObject } from '@millwright/core';
import type { MockAnswer } from '../answer.ts';
import type { ReceivedRequest } from '../exchange.ts';
import type { Scenario } from '../rules.ts';

/** An access token that is no longer good, and how to get another. */
export interface RefreshOptions {
  /** Where tokens are got; whole address. */
  readonly tokenUrl: string;
  /** The refresh token that the first refresh must bring. */
  readonly refreshToken: string;
  /** The token that the first refresh gives; further ones get `-2`, `-3` added. */
  readonly freshToken: string;
  /** Each refresh ends the refresh token and gives another. Default false. */
  readonly rotates?: boolean;
  /** The refresh token is dead: `invalid_grant`. Default false. */
  readonly isRevoked?: boolean;
  /** Seconds that tokens live. Default 3600. */
  readonly expiresInS?: number;
  /** More fields of the token's answer. */
  readonly extra?: JsonObject;
}

/** What was asked of the token endpoint. */
export interface RefreshScenario extends Scenario {
  /** Requests to the token endpoint. */
  readonly refreshes: () => number;
  /** Makes the token that is good now bad: the next request gets 401. */
  readonly expire: () => void;
}

function presents(request: ReceivedRequest, token: string): boolean {
  return (request.headers['authorization'] ?? '').endsWith(` ${token}`) || [...request.url.searchParams.values()].includes(token);
}

/** 401 for every token but the fresh one; the token endpoint gives it for the refresh token (RFC 6749 §6). */
export function refreshNeeded(options: RefreshOptions): RefreshScenario {
  let count = 0;
  let good: string | null = null;
  let refreshToken = options.refreshToken;
  const token = (request: ReceivedRequest): MockAnswer => {
    count++;
    const form = new URLSearchParams(new TextDecoder().decode(request.body));
    if (request.method !== 'POST' || form.get('grant_type') !== 'refresh_token')
      return { status: 400, body: { error: 'unsupported_grant_type' } };
    if (options.isRevoked === true || form.get('refresh_token') !== refreshToken) return { status: 400, body: { error: 'invalid_grant' } };
    good = count === 1 ? options.freshToken : `${options.freshToken}-${count}`;
    if (options.rotates === true) refreshToken = `${options.refreshToken}-${count + 1}`;
    const rotated = options.rotates === true ? { refresh_token: refreshToken } : {};
    return { body: { access_token: good, token_type: 'Bearer', expires_in: options.expiresInS ?? 3600, ...rotated, ...options.extra } };
  };
  const judge = ({ request }: { readonly request: ReceivedRequest }): MockAnswer | null =>
    good !== null && presents(request, good)
      ? null
      : { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' }, body: { error: 'invalid_token' } };
  return {
    rules: [{ answer: judge }],
    outside: [{ url: options.tokenUrl, answer: token }],
    refreshes: () => count,
    expire: () => {
      good = null;
    },
  };
}
