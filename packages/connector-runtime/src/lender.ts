import type { AuthSpec } from '@millwright/node-sdk';

/** Which credential. */
export interface CredentialRef {
  readonly workspaceId: string;
  readonly credentialId: string;
  /** The workflow version that uses it. */
  readonly versionId?: string;
}

/** A credential in plain, for as long as it is lent. */
export interface LentCredential {
  readonly credentialId: string;
  /** Of the catalog: `hubspot.oauth`. */
  readonly type: string;
  readonly auth: AuthSpec;
  /** What was typed in, secrets too. */
  readonly fields: Readonly<Record<string, string>>;
  /** Where the kind works with tokens; `extra` is what the token's answer brought along and may be seen. */
  readonly token?: {
    readonly accessToken: string;
    readonly tokenType: string;
    readonly expiresAtMs: number | null;
    readonly extra: Readonly<Record<string, string>>;
  };
  /** Hosts that may get it. */
  readonly hosts: readonly string[];
  /** Counts renewals. */
  readonly generation: number;
}

/** Lends credentials: `packages/credentials`, given by the composition root. */
export interface CredentialLender {
  /**
   * Decrypts, refreshes what is about to expire, and forgets when `work` is over.
   * @throws UserError when there is none; ConnectorError `auth`, code `credential_reconnect`, when it is dead
   */
  readonly lend: <T>(ref: CredentialRef, work: (lent: LentCredential) => Promise<T>) => Promise<T>;
  /**
   * The service refused generation `generation`: renews it, unless somebody has since. What cannot be renewed is noted as dead.
   * @throws ConnectorError `auth`, code `credential_reconnect`, when that cannot be
   */
  readonly renew: (ref: CredentialRef, generation: number) => Promise<void>;
}

/** What templates may read of a credential. */
export function openFieldsOf({ auth, fields, token }: LentCredential): Readonly<Record<string, string>> {
  const open: Record<string, string> = {};
  for (const { name, secret } of auth.fields) {
    const value = fields[name];
    if (!secret && value !== undefined) open[name] = value;
  }
  const kept = 'keepTokenFields' in auth ? (auth.keepTokenFields ?? []) : [];
  for (const name of kept) {
    const value = token?.extra[name];
    if (value !== undefined) open[name] = value;
  }
  return open;
}
