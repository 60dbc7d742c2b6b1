import type { EgressResponse } from '@millwright/egress';
import type { TokenAuthBase } from '@millwright/node-sdk';
import type { StoredToken } from '../secret.ts';
import { invalidAnswer, refusalOf } from './refusals.ts';

type TokenSpec = Pick<TokenAuthBase, 'keepTokenFields' | 'expiresInS'>;

/** A token answer, read. */
export interface TokenAnswer {
  readonly token: StoredToken;
  readonly scopes: readonly string[] | null;
  /** Claims of an ID token; empty where there is none. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A body as an object: JSON, or form encoding, which some services still answer with. Anything else is empty. */
export function answerFields(response: EgressResponse): Readonly<Record<string, unknown>> {
  const text = Buffer.from(response.body).toString('utf8').trim();
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : {};
  } catch {
    const isForm = /^[\w.~%+-]+=[^\s<>]*$/.test(text);
    return isForm ? Object.fromEntries(new URLSearchParams(text)) : {};
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

/** The claims of an ID token. It came from the token endpoint itself, so its signature says nothing more (OpenID Connect Core §3.1.3.7). */
function claimsOf(idToken: unknown): Readonly<Record<string, unknown>> {
  if (typeof idToken !== 'string') return {};
  try {
    const parsed: unknown = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString());
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/**
 * Reads the answer of a token endpoint.
 * @param spec how the connector reads it
 * @param known what is kept where the answer says nothing: the refresh token above all
 * @throws UserError as `refusalOf`, `oauth_answer_invalid`; ConnectorError `oauth_unavailable`
 */
export function readTokenAnswer(
  response: EgressResponse,
  spec: TokenSpec,
  { nowMs, known }: { readonly nowMs: number; readonly known: StoredToken | null },
): TokenAnswer {
  const fields = answerFields(response);
  const refusal = refusalOf(response, fields);
  if (refusal !== null) throw refusal;
  const accessToken = textOf(fields['access_token']);
  if (accessToken === null) throw invalidAnswer(response);
  const seconds = Number(textOf(fields['expires_in']) ?? spec.expiresInS ?? Number.NaN);
  const kept = (spec.keepTokenFields ?? []).flatMap((name) => {
    const value = textOf(fields[name]);
    return value === null ? [] : [[name, value] as const];
  });
  const scope = textOf(fields['scope']);
  const tokenType = textOf(fields['token_type']) ?? 'Bearer';
  return {
    token: {
      accessToken,
      // Services write it as they like; `bearer` is refused by some when sent back.
      tokenType: tokenType.toLowerCase() === 'bearer' ? 'Bearer' : tokenType,
      expiresAtMs: Number.isFinite(seconds) && seconds > 0 ? nowMs + seconds * 1000 : null,
      obtainedAtMs: nowMs,
      refreshToken: textOf(fields['refresh_token']) ?? known?.refreshToken ?? null,
      extra: { ...known?.extra, ...Object.fromEntries(kept) },
    },
    scopes: scope === null ? null : scope.split(/[\s,]+/).filter((one) => one !== ''),
    claims: claimsOf(fields['id_token']),
  };
}
