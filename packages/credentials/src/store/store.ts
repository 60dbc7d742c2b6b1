import { newId, UserError, type CredentialId } from '@millwright/core';
import { clientApps, credentials, type TenantTx } from '@millwright/db';
import type { CredentialTypeInfo } from '@millwright/node-sdk';
import { hostsOf } from '../hosts.ts';
import type { CredentialPorts } from '../ports.ts';
import type { ClientSecret, Secret } from '../secret.ts';
import { needsConsent } from '../types.ts';
import { checkCertificateFields, endOf } from './certificate.ts';
import { checkFields } from './fields.ts';
import { CLIENT_APP, openClientApp, openSecret } from './open.ts';

type StorePorts = Pick<CredentialPorts, 'vault' | 'types' | 'clock'>;

/** What a person gives for a new credential. */
export interface CredentialInput {
  readonly type: string;
  readonly name: string;
  /** What was typed in, secrets too. */
  readonly fields: Readonly<Record<string, string>>;
  /** Absent: those of the type. */
  readonly hosts?: readonly string[] | undefined;
}

/** What a person changes; what is left out stays. */
export interface CredentialChange {
  readonly name?: string | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly hosts?: readonly string[] | undefined;
  readonly ownerId?: string | undefined;
}

/** The kind of credential. @throws UserError `credential_type_unknown` */
export function requireType({ types }: Pick<CredentialPorts, 'types'>, type: string): CredentialTypeInfo {
  const info = types.get(type);
  if (info !== undefined && info.auth.kind !== 'none') return info;
  throw new UserError('unprocessable', {
    code: 'credential_type_unknown',
    message: `Nothing that is installed knows connections of the kind "${type.slice(0, 100)}".`,
    hint: 'Choose one of the installed connectors.',
  });
}

/** Stores a new one. @throws UserError `credential_type_unknown`, `credential_exists`, as `checkFields` and `hostsOf` */
export async function createCredential(
  tx: TenantTx,
  { vault, types, clock }: StorePorts,
  { input, by }: { readonly input: CredentialInput; readonly by: string },
): Promise<CredentialId> {
  const type = requireType({ types }, input.type);
  const fields = checkFields(type, input.fields);
  checkCertificateFields(type, fields.all, clock.nowMs());
  const id = newId('credential');
  const secret: Secret = { fields: fields.all, token: null, subject: null };
  await credentials.create(tx, {
    id,
    type: type.type,
    name: input.name,
    by,
    hosts: hostsOf(type, fields.open, input.hosts),
    fields: fields.open,
    secretFields: fields.secretNames,
    health: needsConsent(type) ? 'notConnected' : 'untested',
    expiresAt: endOf(type, fields.all),
    renews: false,
    sealed: await vault.seal(tx, { id, type: type.type }, secret),
  });
  return id;
}

/**
 * Changes one. Another secret begins a new generation and ends the token that the old one got.
 * @returns whether the secret is another one: what waits for it may go on
 * @throws UserError as `createCredential`
 */
export async function changeCredential(
  tx: TenantTx,
  { vault, types, clock }: StorePorts,
  { credential, change }: { readonly credential: credentials.StoredCredential; readonly change: CredentialChange },
): Promise<boolean> {
  const type = requireType({ types }, credential.type);
  const secret = await openSecret(vault, tx.workspaceId, credential);
  const fields = checkFields(type, change.fields ?? {}, secret.fields);
  const hosts = hostsOf(type, fields.open, change.hosts ?? keptHosts(type, credential, fields.open));
  const { name = credential.name, ownerId = credential.owner.id } = change;
  await credentials.describe(tx, credential.id, { name, hosts, ownerId });
  if (change.fields === undefined || isSame(fields.all, secret.fields)) return false;
  checkCertificateFields(type, fields.all, clock.nowMs());
  const fresh: Secret = { fields: fields.all, token: null, subject: null };
  await credentials.putSecret(tx, credential.id, {
    sealed: await vault.seal(tx, { id: credential.id, type: type.type }, fresh),
    fields: fields.open,
    secretFields: fields.secretNames,
    health: needsConsent(type) ? 'notConnected' : 'untested',
    account: null,
    scopes: [],
    expiresAt: endOf(type, fields.all),
    renews: false,
    isRenewal: false,
  });
  return true;
}

/** The hosts as they are, unless they follow from fields that are others now. */
function keptHosts(
  type: CredentialTypeInfo,
  { hosts, fields }: credentials.Credential,
  open: Readonly<Record<string, string>>,
): readonly string[] | undefined {
  return type.hosts.some((host) => host.includes('{{')) && !isSame(fields, open) ? undefined : hosts;
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}

/** What an admin enters of a client app. */
export interface ClientAppInput {
  readonly connectorKey: string;
  readonly clientId: string;
  /** Undefined keeps the one that is stored; empty: a public client. */
  readonly clientSecret: string | undefined;
  /** Undefined keeps the one that is stored; empty: none. */
  readonly signingSecret?: string | undefined;
  readonly by: string;
}

/** Enters a connector's client app. */
export async function putClientApp(tx: TenantTx, { vault }: Pick<CredentialPorts, 'vault'>, app: ClientAppInput): Promise<void> {
  const { connectorKey, clientId, clientSecret, signingSecret, by } = app;
  const known = clientSecret === undefined || signingSecret === undefined ? await openClientApp(tx, vault, connectorKey) : null;
  const secret: ClientSecret = {
    clientSecret: clientSecret ?? known?.clientSecret ?? '',
    signingSecret: signingSecret ?? known?.signingSecret ?? '',
  };
  const sealed = await vault.seal(tx, { id: connectorKey, type: CLIENT_APP }, secret);
  const [hasSecret, hasSigningSecret] = [secret.clientSecret !== '', secret.signingSecret !== ''];
  await clientApps.put(tx, { connectorKey, clientId, hasSecret, hasSigningSecret, sealed, by });
}
