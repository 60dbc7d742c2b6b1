import { ConnectorError, UserError } from '@millwright/core';
import type { EgressResponse } from '@millwright/egress';

/** What each of OAuth's refusals means here, and what to do next. Texts of the service are never repeated: some quote what was sent. */
const REFUSALS: Readonly<Record<string, { readonly code: string; readonly message: string; readonly hint: string }>> = {
  redirect_uri_mismatch: {
    code: 'oauth_redirect_mismatch',
    message: 'The service does not know the redirect address of this Millwright.',
    hint: 'An admin copies the redirect address from the client app here, to the letter, into the app in the service’s console.',
  },
  invalid_client: {
    code: 'oauth_client_invalid',
    message: 'The service refuses the client ID or the client secret.',
    hint: 'An admin compares both with the service’s console and enters them again.',
  },
  access_denied: {
    code: 'oauth_access_denied',
    message: 'Access was not granted.',
    hint: 'Connect again and accept, with an account that may grant it; some services ask their own admin first.',
  },
  invalid_grant: {
    code: 'oauth_grant_invalid',
    message: 'The service does not accept the consent any more: it was used already, has run out, or was revoked.',
    hint: 'Connect again, and finish within ten minutes.',
  },
  invalid_scope: {
    code: 'oauth_scope_invalid',
    message: 'The service does not give one of the permissions that are asked for.',
    hint: 'An admin adds the permissions that the client app lists here to the app in the service’s console.',
  },
  authorization_pending: { code: 'oauth_pending', message: 'The code was not entered yet.', hint: 'Enter it on the page that was named.' },
  slow_down: { code: 'oauth_slow_down', message: 'The code was not entered yet.', hint: 'Ask less often.' },
  expired_token: {
    code: 'oauth_code_expired',
    message: 'The code was not entered in time.',
    hint: 'Start again for another code.',
  },
  unauthorized_client: {
    code: 'oauth_client_not_allowed',
    message: 'The service does not let this client app connect in this way.',
    hint: 'An admin allows this way to connect in the service’s console; some services have to verify the app first.',
  },
  interaction_required: {
    code: 'oauth_interaction_required',
    message: 'The service wants something from you that it could not ask.',
    hint: 'Sign in to the service in another window, then connect again.',
  },
};

/** Other names that services give the same refusals. */
const ALIASES: Readonly<Record<string, string>> = {
  bad_redirect_uri: 'redirect_uri_mismatch',
  invalid_redirect_uri: 'redirect_uri_mismatch',
  incorrect_client_credentials: 'invalid_client',
  invalid_client_id: 'invalid_client',
  bad_client_secret: 'invalid_client',
  user_denied: 'access_denied',
  consent_required: 'access_denied',
  authorization_declined: 'access_denied',
  bad_verification_code: 'invalid_grant',
  invalid_code: 'invalid_grant',
  code_already_used: 'invalid_grant',
  invalid_refresh_token: 'invalid_grant',
  token_expired: 'invalid_grant',
  token_revoked: 'invalid_grant',
  login_required: 'interaction_required',
  account_selection_required: 'interaction_required',
};

/** `error` of the answer, where it is a word and not a text. */
function wordOf(fields: Readonly<Record<string, unknown>>): string | null {
  const nested = typeof fields['error'] === 'object' && fields['error'] !== null ? (fields['error'] as Record<string, unknown>) : {};
  const word = fields['error'] ?? null;
  const found = typeof word === 'string' ? word : (nested['code'] ?? nested['type'] ?? null);
  return typeof found === 'string' && /^[\w.-]{1,60}$/.test(found) ? found : null;
}

/** The refusal of an authorization endpoint, or of a token endpoint, by its word. */
export function refusalByWord(word: string): UserError {
  const known = REFUSALS[ALIASES[word] ?? word];
  return new UserError('unprocessable', {
    ...(known ?? {
      code: 'oauth_refused',
      message: 'The service refused.',
      hint: 'Compare the client app with the service’s console: redirect address, permissions, and whether the app is verified.',
    }),
    details: { error: word, sent: true },
  });
}

/** Whether an error is one of OAuth's refusals by this code. */
export function isRefusal(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof UserError && codes.includes(thrown.code);
}

/**
 * What an answer that is no token means; null where it may be one.
 * `redirect_uri` is often refused as a mere invalid grant or request, so its description is looked at for that word alone.
 */
export function refusalOf(response: EgressResponse, fields: Readonly<Record<string, unknown>>): UserError | ConnectorError | null {
  const word = wordOf(fields);
  if (word !== null) {
    const description = fields['error_description'];
    const isRedirect = typeof description === 'string' && /redirect[_ ]?ur[il]/i.test(description);
    return refusalByWord(isRedirect && /^invalid_(grant|request)$/.test(word) ? 'redirect_uri_mismatch' : word);
  }
  if (response.status >= 500 || response.status === 429 || response.status === 408) return unavailable(response);
  if (response.status === 401) return refusalByWord('invalid_client');
  return response.status >= 400 ? invalidAnswer(response) : null;
}

function unavailable({ status, headers }: EgressResponse): ConnectorError {
  const seconds = Number(headers['retry-after']);
  return new ConnectorError('transient', {
    code: 'oauth_unavailable',
    message: `The service that gives tokens answered with status ${status}.`,
    hint: 'Try again in a moment.',
    retry: { afterMs: Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) * 1000 : 2_000 },
    details: { status, sent: true },
  });
}

/** The answer holds no token. */
export function invalidAnswer({ status }: EgressResponse): UserError {
  return new UserError('unprocessable', {
    code: 'oauth_answer_invalid',
    message: `The service answered the request for a token with something else (status ${status}).`,
    hint: 'The connector’s token address may be wrong, or something stands in between that answers with a page.',
    details: { status, sent: true },
  });
}
