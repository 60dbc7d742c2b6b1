import { UserError } from '@millwright/core';
import type { EgressResponse } from '@millwright/egress';
import type { TokenExchange } from '@millwright/node-sdk';
import { renderText, renderUrl, type TemplateScope } from '../template.ts';
import type { AcquirePorts } from './acquire.ts';
import { invalidAnswer, refusalByWord, refusalOf } from './refusals.ts';
import { answerFields, type TokenAnswer } from './token-answer.ts';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 256 * 1024;

function rendered(values: Readonly<Record<string, string>>, scope: TemplateScope): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, renderText(value, scope)]));
}

/** The value at `body.a.b` or `header.name`; null where there is none. */
function valueAt(response: EgressResponse, path: string | undefined): string | null {
  const [root, ...names] = path?.split('.') ?? [];
  if (root === 'header') return response.headers[names.join('.').toLowerCase()] ?? null;
  let value: unknown = root === 'body' ? answerFields(response) : null;
  for (const name of names) {
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : null;
  }
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

/** When a token ends: seconds from now, or a moment as ISO 8601, Unix seconds or milliseconds. */
function expiryOf(response: EgressResponse, exchange: TokenExchange, nowMs: number): number | null {
  const seconds = Number(valueAt(response, exchange.expiresIn) ?? Number.NaN);
  if (Number.isFinite(seconds) && seconds > 0) return nowMs + seconds * 1000;
  const moment = valueAt(response, exchange.expiresAt);
  if (moment === null) return null;
  const number = Number(moment);
  const ms = Number.isFinite(number) ? (number < 1e11 ? number * 1000 : number) : Date.parse(moment);
  return Number.isFinite(ms) ? ms : null;
}

/** A token that came without anything beside it. */
export function plainToken(accessToken: string, expiresAtMs: number | null, obtainedAtMs: number): TokenAnswer {
  const token = { accessToken, tokenType: 'Bearer', expiresAtMs, obtainedAtMs, refreshToken: null, extra: {} };
  return { token, scopes: null, claims: {} };
}

/** Exchanges secrets, or an assertion, for a token. @throws UserError as `refusalOf`; ConnectorError as `Egress.request` */
export async function exchangeToken({ egress, clock }: AcquirePorts, exchange: TokenExchange, scope: TemplateScope): Promise<TokenAnswer> {
  const values = exchange.body === undefined ? undefined : rendered(exchange.body.values, scope);
  const isForm = exchange.body?.as === 'form';
  const response = await egress.request({
    method: exchange.method,
    url: renderUrl(exchange.url, scope).href,
    headers: {
      accept: 'application/json',
      ...(values === undefined ? {} : { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' }),
      ...rendered(exchange.headers ?? {}, scope),
    },
    body: values === undefined ? null : isForm ? new URLSearchParams(values).toString() : JSON.stringify(values),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    maxRedirects: 0,
  });
  const accessToken = response.status < 400 ? valueAt(response, exchange.token) : null;
  if (accessToken === null) throw refusalOfExchange(response);
  return plainToken(accessToken, expiryOf(response, exchange, clock.nowMs()), clock.nowMs());
}

/** What was typed in is refused where a service says 400, 401 or 403: there is no client app that could be meant. */
function refusalOfExchange(response: EgressResponse): Error {
  const { status } = response;
  if (status === 400 || status === 401 || status === 403) {
    const refusal = refusalOf(response, answerFields(response));
    return refusal instanceof UserError && !refusal.code.startsWith('oauth_answer') && !refusal.code.startsWith('oauth_client')
      ? refusal
      : new UserError('unprocessable', {
          code: 'credential_refused',
          message: 'The service refuses what was entered.',
          hint: 'Compare every field with what the service shows, and enter it again.',
          details: { status, sent: true },
        });
  }
  return refusalOf(response, {}) ?? (status < 400 ? invalidAnswer(response) : refusalByWord('refused'));
}
