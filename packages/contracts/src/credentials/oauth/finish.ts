import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { credentialSchema } from '../view.ts';

/**
 * Hands over what came back to the page `/oauth/callback`, in the session that began. A state is good once, for ten minutes.
 * 409 `oauth_wrong_account`; 422 `oauth_state_unknown`, `oauth_state_used`, `oauth_state_expired`, `oauth_redirect_mismatch`,
 * `oauth_client_invalid`, `oauth_client_not_allowed`, `oauth_access_denied`, `oauth_grant_invalid`, `oauth_scope_invalid`,
 * `oauth_interaction_required`, `oauth_answer_invalid`, `oauth_refused`; 502 `oauth_unavailable`.
 */
export const finishOauth = defineEndpoint({
  method: 'POST',
  path: '/api/v1/credentials/oauth/finish',
  summary: 'Finish to connect in the service’s window',
  body: z.strictObject({
    state: z.string().min(1).max(200),
    code: z.string().max(8_192).optional(),
    /** OAuth's `error`, where it came instead of a code. */
    error: z.string().max(200).optional(),
  }),
  answer: { status: 200, body: credentialSchema },
});
