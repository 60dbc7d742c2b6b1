import type { AuthSpec } from '@millwright/node-sdk';
import type { CredentialRef } from '../ports.ts';

/** A token as it is lent. */
export interface LentToken {
  readonly accessToken: string;
  /** `Bearer` where the service says nothing. */
  readonly tokenType: string;
  /** Ms since 1970; null where nobody knows. */
  readonly expiresAtMs: number | null;
  /** What the answer that brought it said beside; no secrets. */
  readonly extra: Readonly<Record<string, string>>;
}

/** A credential in plain text, for as long as a lend lasts. Do not keep, log or return any of it. */
export interface LentCredential {
  readonly credentialId: string;
  readonly type: string;
  readonly auth: AuthSpec;
  /** Everything that was typed in, secrets too. */
  readonly fields: Readonly<Record<string, string>>;
  readonly token?: LentToken;
  /** Names of the hosts that it may be sent to, `*.example.com` for those below: to be checked before each request. */
  readonly hosts: readonly string[];
  /** Name it when the service refuses this one: `renew(ref, generation)`. */
  readonly generation: number;
}

/** Which credential, and for whom. */
export interface LendRef extends CredentialRef {
  /** The workflow version that uses it: whoever published it, or tests it, has to be allowed to still. Absent: the caller has checked. */
  readonly versionId?: string;
}

/** The only way to a secret. */
export interface CredentialLender {
  /**
   * Decrypts a credential for the time of a call, with a token that is good for it.
   * @throws ConnectorError auth `credential_reconnect` when a person must act, `credential_unknown`, `credential_not_shared`;
   * transient `credential_renew_failed` when the service that gives tokens is away
   */
  readonly lend: <T>(ref: LendRef, use: (lent: LentCredential) => Promise<T>) => Promise<T>;
  /**
   * The service said 401 to this generation: gets another token, unless somebody has already. Afterwards lend again.
   * @throws as `lend`
   */
  readonly renew: (ref: CredentialRef, generation: number) => Promise<void>;
}
