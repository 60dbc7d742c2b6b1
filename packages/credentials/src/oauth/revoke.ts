import type { Acquiring } from './acquire.ts';
import { addressOf, requireClient } from './acquire.ts';
import type { CredentialPorts } from '../ports.ts';
import { requestToken } from './token-request.ts';

/** Ends access at the service (RFC 7009), where it can be: nobody waits for that, and a failure leaves it to the person there. */
export async function revokeToken({ egress, log }: Pick<CredentialPorts, 'egress' | 'log'>, of: Acquiring): Promise<void> {
  const { auth } = of.type;
  const { token } = of.secret;
  if (auth.kind !== 'oauth2' || auth.revokeUrl === undefined || token === null) return;
  try {
    await requestToken(egress, {
      url: addressOf(of, auth.revokeUrl),
      client: requireClient(of),
      tokenAuth: auth.tokenAuth,
      params: token.refreshToken === null ? { token: token.accessToken } : { token: token.refreshToken, token_type_hint: 'refresh_token' },
    });
  } catch {
    log.warn({ type: of.type.type }, 'access could not be revoked at the service');
  }
}
