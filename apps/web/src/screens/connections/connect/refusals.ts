import type enTexts from '../locales/en.ts';

/** What was refused, as the texts name it. */
export type Refusal = Exclude<keyof (typeof enTexts)['refusals'], 'again' | 'anyAccount' | 'openClientApp' | 'someAccount'>;

/** What to offer after a refusal, besides trying again. */
export type Remedy = 'clientApp' | 'redirect' | 'anyAccount' | null;

const BY_CODE: Readonly<Record<string, readonly [Refusal, Remedy]>> = {
  oauth_redirect_mismatch: ['redirectMismatch', 'redirect'],
  oauth_client_missing: ['clientMissing', 'clientApp'],
  oauth_client_invalid: ['clientInvalid', 'clientApp'],
  oauth_client_not_allowed: ['clientNotAllowed', 'clientApp'],
  oauth_access_denied: ['accessDenied', null],
  oauth_grant_invalid: ['grantInvalid', null],
  oauth_scope_invalid: ['scopeInvalid', 'redirect'],
  oauth_interaction_required: ['interactionRequired', null],
  oauth_answer_invalid: ['answerInvalid', null],
  oauth_unavailable: ['unavailable', null],
  oauth_wrong_account: ['wrongAccount', 'anyAccount'],
  oauth_state_unknown: ['stateUnknown', null],
  oauth_state_used: ['stateUsed', null],
  oauth_state_expired: ['stateExpired', null],
  oauth_code_expired: ['codeExpired', null],
  credential_unknown: ['gone', null],
  credential_not_yours: ['notYours', null],
};

/** What a code of the server means for who connects. */
export function refusalOf(code: string): { readonly refusal: Refusal; readonly remedy: Remedy } {
  const [refusal, remedy] = BY_CODE[code] ?? ['refused', 'redirect'];
  return { refusal, remedy };
}
