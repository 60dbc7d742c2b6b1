import type { CredentialTypeView, CredentialView } from '@millwright/contracts';
import type { CredentialTypes } from '@millwright/credentials';
import type { clientApps, credentials, credentialUses } from '@millwright/db';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../principal.ts';
import { isManager } from './looker.ts';

/** A kind of credential as connectors declare it. */
export type TypeInfo = NonNullable<ReturnType<CredentialTypes['get']>>;

/** How a kind of credential is brought to work. */
function connectOf(type: TypeInfo | undefined): CredentialView['connect'] {
  if (type?.auth.kind === 'oauth2') return 'window';
  return type?.auth.kind === 'deviceCode' ? 'device' : 'fields';
}

/** A time as the wire has it. */
export function textOf(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

/** A credential as the wire shows it to somebody. */
export function toCredentialView(
  credential: credentials.Credential,
  of: {
    readonly deps: Pick<ApiDeps, 'credentials'>;
    readonly principal: Principal;
    readonly uses: readonly credentialUses.CredentialUse[];
  },
): CredentialView {
  const type = of.deps.credentials.ports.types.get(credential.type);
  const { health, healthCode, healthText, healthAt, hosts, secretFields, scopes, sharedWith, ...shown } = credential;
  return {
    id: shown.id,
    type: shown.type,
    typeTitle: type?.title ?? null,
    connectorKey: type?.connectorKey ?? shown.type.replace(/\.[^.]*$/, ''),
    connectorTitle: type?.connectorTitle ?? null,
    name: shown.name,
    connect: connectOf(type),
    owner: shown.owner,
    access: isManager(of.principal) || shown.owner.id === of.principal.userId ? 'manage' : 'use',
    hosts: [...hosts],
    fields: shown.fields,
    secretFields: [...secretFields],
    account: shown.account,
    scopes: [...scopes],
    health: { status: health, code: healthCode, text: healthText, at: textOf(healthAt) },
    expiresAt: textOf(shown.expiresAt),
    renews: shown.renews,
    renewedAt: textOf(shown.renewedAt),
    lastUsedAt: textOf(shown.lastUsedAt),
    createdAt: shown.createdAt.toISOString(),
    updatedAt: shown.updatedAt.toISOString(),
    sharedWith: [...sharedWith],
    usedBy: of.uses.filter(({ credentialId }) => credentialId === shown.id).map(({ credentialId: _id, ...use }) => use),
  };
}

/** Whether a kind of credential works with a client app of the install. */
export function needsClientApp({ auth }: TypeInfo): boolean {
  const bringsOwn = auth.fields.some(({ name, required }) => name === 'clientId' && required);
  return (auth.kind === 'oauth2' || auth.kind === 'deviceCode') && !bringsOwn;
}

/** A kind of credential as the wire shows it. */
export function toTypeView(type: TypeInfo, apps: readonly clientApps.ClientApp[]): CredentialTypeView {
  const { auth } = type;
  const entered = apps.some(({ connectorKey }) => connectorKey === type.connectorKey);
  return {
    type: type.type,
    connectorKey: type.connectorKey,
    connectorTitle: type.connectorTitle,
    title: type.title,
    kind: auth.kind,
    connect: connectOf(type),
    fields: auth.fields.map((field) => ({ ...field })),
    hosts: [...type.hosts],
    scopes: [...scopesOf(type)],
    hasTest: type.test !== null,
    clientApp: needsClientApp(type) ? (entered ? 'entered' : 'missing') : 'notNeeded',
  };
}

/** What a kind asks for. */
export function scopesOf({ auth }: TypeInfo): readonly string[] {
  return 'scopes' in auth ? (auth.scopes ?? []) : [];
}
