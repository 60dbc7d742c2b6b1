import { InvariantError } from '@millwright/core';
import { clientApps, type credentials, type TenantTx } from '@millwright/db';
import type { CredentialTypeInfo } from '@millwright/node-sdk';
import { needsReconnect } from '../lend/refusals.ts';
import { clientOfFields, type Acquiring } from '../oauth/acquire.ts';
import type { OauthClient } from '../oauth/token-request.ts';
import { clientSecretSchema, secretSchema, type ClientSecret, type Secret } from '../secret.ts';
import { namesForeignHost } from '../template.ts';
import type { Vault } from '../vault/vault.ts';

/** Opens a credential's secret. @throws InvariantError `secret_unreadable` */
export async function openSecret(vault: Vault, workspaceId: string, credential: credentials.StoredCredential): Promise<Secret> {
  const opened = secretSchema.safeParse(await vault.open(workspaceId, { id: credential.id, type: credential.type }, credential.sealed));
  if (opened.success) return opened.data;
  // The parser's own message may quote what it read.
  throw new InvariantError({ code: 'secret_unreadable', message: 'a stored secret has an unknown shape', details: { id: credential.id } });
}

/** What a client app's secret is bound to. */
export const CLIENT_APP = 'clientApp';

/** A client app in plain text. Do not keep, log or return any of it. */
export interface OpenClientApp extends ClientSecret {
  readonly clientId: string;
}

/** The client app of a connector; null where an admin has not entered one. */
export async function openClientApp(tx: TenantTx, vault: Vault, connectorKey: string): Promise<OpenClientApp | null> {
  const app = await clientApps.getSealed(tx, connectorKey);
  if (app === null) return null;
  const opened = await vault.open(tx.workspaceId, { id: connectorKey, type: CLIENT_APP }, app.sealed);
  return { ...clientSecretSchema.parse(opened), clientId: app.clientId };
}

/** The same as the client of token requests. */
async function openClient(tx: TenantTx, vault: Vault, connectorKey: string): Promise<OauthClient | null> {
  const app = await openClientApp(tx, vault, connectorKey);
  return app && { clientId: app.clientId, clientSecret: app.clientSecret === '' ? null : app.clientSecret };
}

/**
 * What getting a token for a credential starts from. The install's client secret goes to addresses that the connector fixes, never to one
 * that whoever fills in the fields chooses.
 * @throws ConnectorError auth where the address is foreign and the credential brings no client of its own
 */
export async function acquiringOf(
  tx: TenantTx,
  vault: Vault,
  of: { readonly credential: credentials.Credential; readonly secret: Secret; readonly type: CredentialTypeInfo },
): Promise<Acquiring> {
  const { credential, secret, type } = of;
  const own = clientOfFields(secret.fields);
  const { auth } = type;
  const usesApp = own === null && (auth.kind === 'oauth2' || auth.kind === 'deviceCode');
  if (usesApp && namesForeignHost(auth.tokenUrl)) throw needsReconnect(credential, 'client_invalid');
  const client = usesApp ? await openClient(tx, vault, type.connectorKey) : own;
  return { type, secret, open: credential.fields, client };
}
