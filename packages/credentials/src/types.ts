import type { CredentialTypeInfo } from '@millwright/node-sdk';

/** The kinds of credential that are installed. */
export interface CredentialTypes {
  readonly get: (type: string) => CredentialTypeInfo | undefined;
  readonly all: () => readonly CredentialTypeInfo[];
}

/** A look-up over a list. */
export function credentialTypes(infos: readonly CredentialTypeInfo[]): CredentialTypes {
  const byType = new Map(infos.map((info) => [info.type, info]));
  return { get: (type) => byType.get(type), all: () => infos };
}

/** Auth kinds whose requests carry a token that is got from a service. */
const TOKEN_KINDS: ReadonlySet<string> = new Set(['oauth2', 'clientCredentials', 'deviceCode', 'jwt', 'exchange']);

/** Whether a type works with tokens that are renewed. */
export function hasToken({ auth }: CredentialTypeInfo): boolean {
  return TOKEN_KINDS.has(auth.kind);
}

/** Whether a person has to consent in a window, or on another screen, before one works. */
export function needsConsent({ auth }: CredentialTypeInfo): boolean {
  return auth.kind === 'oauth2' || auth.kind === 'deviceCode';
}
