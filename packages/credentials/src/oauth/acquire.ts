import { UserError, type Clock } from '@millwright/core';
import type { Egress } from '@millwright/egress';
import type { CredentialTypeInfo, OAuth2Auth, TokenAuthBase } from '@millwright/node-sdk';
import type { Secret } from '../secret.ts';
import { renderOptional, renderUrl, scopeOf, type TemplateScope } from '../template.ts';
import { exchangeToken } from './exchange.ts';
import { jwtToken } from './jwt.ts';
import { refusalByWord } from './refusals.ts';
import { readTokenAnswer, type TokenAnswer } from './token-answer.ts';
import { requestToken, type OauthClient } from './token-request.ts';

/** What getting a token works with. */
export interface AcquirePorts {
  readonly egress: Pick<Egress, 'request'>;
  readonly clock: Clock;
}

/** A credential whose token is got. */
export interface Acquiring {
  readonly type: CredentialTypeInfo;
  readonly secret: Secret;
  /** Fields that are no secret. */
  readonly open: TemplateScope;
  /** The client app's, or the credential's own. */
  readonly client: OauthClient | null;
}

/** The client that a credential's own fields name. */
export function clientOfFields(fields: Readonly<Record<string, string>>): OauthClient | null {
  const { clientId = '', clientSecret = '' } = fields;
  return clientId === '' ? null : { clientId, clientSecret: clientSecret === '' ? null : clientSecret };
}

/** @throws UserError `oauth_client_missing` */
export function requireClient({ client, type }: Pick<Acquiring, 'client' | 'type'>): OauthClient {
  if (client !== null) return client;
  throw new UserError('conflict', {
    code: 'oauth_client_missing',
    message: `There is no client app for ${type.connectorTitle} yet.`,
    hint: 'An admin enters its client ID and secret once, under Connections › Client apps.',
    details: { connectorKey: type.connectorKey },
  });
}

/** Where a token comes from: scope of templates over what is known of a credential. */
function templateScope({ secret, open }: Pick<Acquiring, 'secret' | 'open'>): TemplateScope {
  return scopeOf({ open: { ...open, ...secret.token?.extra }, all: secret.fields });
}

/** An address of an auth, filled in. @throws as `renderUrl` */
export function addressOf(of: Pick<Acquiring, 'secret' | 'open'>, template: string): URL {
  return renderUrl(template, templateScope(of));
}

/** What a client asks for; generic kinds leave it to the person, in a field that may be empty. */
export function scopeText(of: Pick<Acquiring, 'secret' | 'open'>, auth: Pick<TokenAuthBase, 'scopes' | 'scopeSeparator'>): string {
  const scope = templateScope(of);
  return auth.scopes
    .map((one) => renderOptional(one, scope))
    .filter((one) => one !== '')
    .join(auth.scopeSeparator ?? ' ');
}

/** Asks a token endpoint. @throws as `readTokenAnswer`, `Egress.request` */
export async function askForToken(
  { egress, clock }: AcquirePorts,
  of: Acquiring & { readonly auth: TokenAuthBase },
  { url, params }: { readonly url: string; readonly params: Readonly<Record<string, string | undefined>> },
): Promise<TokenAnswer> {
  const { tokenAuth, tokenParams } = of.auth;
  const response = await requestToken(egress, {
    url: addressOf(of, url),
    client: requireClient(of),
    tokenAuth,
    params: { ...tokenParams, ...params },
  });
  return readTokenAnswer(response, of.auth, { nowMs: clock.nowMs(), known: of.secret.token });
}

/** A code or a refresh token has no way back without a person. */
async function refresh(ports: AcquirePorts, of: Acquiring, auth: TokenAuthBase & Pick<OAuth2Auth, 'refreshUrl'>): Promise<TokenAnswer> {
  const refreshToken = of.secret.token?.refreshToken ?? null;
  if (refreshToken === null) throw refusalByWord('invalid_grant');
  const params = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return askForToken(ports, { ...of, auth }, { url: auth.refreshUrl ?? auth.tokenUrl, params });
}

/** Gets the next token of a credential without a person. Null for kinds without tokens. @throws as `askForToken` */
export async function acquireToken(ports: AcquirePorts, of: Acquiring): Promise<TokenAnswer | null> {
  const { auth } = of.type;
  switch (auth.kind) {
    case 'oauth2':
    case 'deviceCode':
      return refresh(ports, of, auth);
    case 'clientCredentials': {
      const params = { grant_type: 'client_credentials', scope: scopeText(of, auth) };
      return askForToken(ports, { ...of, auth }, { url: auth.tokenUrl, params });
    }
    case 'jwt':
      return jwtToken(ports, { auth, scope: templateScope(of) });
    case 'exchange':
      return exchangeToken(ports, auth.exchange, templateScope(of));
    case 'none':
    case 'apiKey':
    case 'basic':
    case 'bearer':
    case 'digest':
    case 'oauth1':
    case 'sigV4':
    case 'hmac':
    case 'mtls':
      return null;
  }
}
