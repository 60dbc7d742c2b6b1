import { ConnectorError, MillwrightError } from '@millwright/core';
import { credentials, type TenantTx } from '@millwright/db';
import { withinWorkspace } from '@millwright/egress';
import type { CredentialTypeInfo } from '@millwright/node-sdk';
import { acquireToken } from '../oauth/acquire.ts';
import { isRefusal } from '../oauth/refusals.ts';
import type { TokenAnswer } from '../oauth/token-answer.ts';
import type { CredentialPorts, CredentialRef } from '../ports.ts';
import { acquiringOf, openSecret } from '../store/open.ts';
import { hasToken } from '../types.ts';
import { deadOf, markDead } from './health.ts';
import { needsReconnect, renewFailed, unknownCredential, unknownType, type DeadCause } from './refusals.ts';

/** What became of a renewal. */
type Renewed = 'renewed' | 'current' | { readonly error: ConnectorError };

/** Refusals of a token endpoint after which trying again gives the same. */
const DEAD: readonly (readonly [DeadCause, readonly string[]])[] = [
  ['grant_ended', ['oauth_grant_invalid', 'oauth_access_denied', 'oauth_interaction_required', 'oauth_code_expired']],
  ['client_invalid', ['oauth_client_invalid', 'oauth_client_missing', 'oauth_client_not_allowed', 'oauth_redirect_mismatch']],
  ['refused', ['credential_refused', 'credential_key_invalid', 'credential_field_missing', 'oauth_scope_invalid', 'oauth_refused']],
];

/**
 * Renews one credential at a time per process and, by the lock on its row, per install: with rotation, two refreshes at once would end the
 * grant. What the other one stored is read after the wait.
 */
export class Renewal {
  readonly #ports: CredentialPorts;
  readonly #running = new Map<string, Promise<void>>();

  constructor(ports: CredentialPorts) {
    this.#ports = ports;
  }

  /**
   * Gets another token unless the generation is another one already.
   * @throws ConnectorError `credential_reconnect`, `credential_renew_failed`, `credential_unknown`
   */
  async renew(ref: CredentialRef, generation: number): Promise<void> {
    const name = `${ref.workspaceId}/${ref.credentialId}/${generation}`;
    const running = this.#running.get(name) ?? this.#once(ref, generation).finally(() => this.#running.delete(name));
    this.#running.set(name, running);
    return running;
  }

  async #once(ref: CredentialRef, generation: number): Promise<void> {
    // What was found out is stored even where it is an error: a dead credential must be seen as dead.
    const renew = () => this.#ports.db.tenant(ref.workspaceId, async (tx) => this.#inTransaction(tx, ref, generation));
    const outcome = await withinWorkspace(ref.workspaceId, renew);
    if (typeof outcome === 'object') throw outcome.error;
  }

  async #inTransaction(tx: TenantTx, ref: CredentialRef, generation: number): Promise<Renewed> {
    const credential = await credentials.getSealed(tx, ref.credentialId, 'change');
    if (credential === null) return { error: unknownCredential(ref.credentialId) };
    if (credential.generation !== generation) return 'current';
    // Found dead by another process meanwhile.
    const dead = deadOf(credential);
    if (dead !== null) return { error: dead };
    const type = this.#ports.types.get(credential.type);
    if (type === undefined) return { error: unknownType(credential) };
    if (!hasToken(type)) return this.#dies(tx, credential, this.#causeOf(credential, type));
    try {
      const answer = await this.#acquire(tx, credential, type);
      await storeToken(tx, this.#ports, { credential, type, answer });
      return 'renewed';
    } catch (thrown) {
      const [cause] = DEAD.find(([, codes]) => isRefusal(thrown, ...codes)) ?? [];
      if (cause !== undefined) return this.#dies(tx, credential, cause);
      if (thrown instanceof ConnectorError && thrown.code === 'credential_reconnect') return { error: thrown };
      if (!(thrown instanceof MillwrightError) || thrown.code === 'secret_unreadable') throw thrown;
      const afterMs = thrown.retry === 'never' ? undefined : thrown.retry.afterMs;
      this.#ports.log.warn({ credentialId: credential.id, code: thrown.code }, 'a credential could not be renewed');
      return { error: renewFailed(credential.name, thrown, afterMs) };
    }
  }

  /** Why what was typed in is of no use any more. */
  #causeOf(credential: credentials.StoredCredential, { auth }: CredentialTypeInfo): DeadCause {
    // A certificate says itself when it ends, and shows it as when the connection expires.
    if (auth.kind !== 'mtls') return 'refused';
    const end = credential.expiresAt?.getTime() ?? Infinity;
    return end <= this.#ports.clock.nowMs() ? 'certificate_expired' : 'certificate_refused';
  }

  async #acquire(tx: TenantTx, credential: credentials.StoredCredential, type: CredentialTypeInfo): Promise<TokenAnswer> {
    const secret = await openSecret(this.#ports.vault, tx.workspaceId, credential);
    const answer = await acquireToken(this.#ports, await acquiringOf(tx, this.#ports.vault, { credential, secret, type }));
    if (answer === null) throw needsReconnect(credential, 'refused');
    return answer;
  }

  async #dies(tx: TenantTx, credential: credentials.Credential, cause: DeadCause): Promise<Renewed> {
    await markDead(tx, credential, cause);
    await this.#ports.onDead?.(tx, credential);
    this.#ports.log.warn({ credentialId: credential.id, cause }, 'a credential needs a person');
    return { error: needsReconnect(credential, cause) };
  }
}

/** Stores a token that came: a renewal's, or a consent's. */
export async function storeToken(
  tx: TenantTx,
  { vault }: Pick<CredentialPorts, 'vault'>,
  of: {
    readonly credential: credentials.StoredCredential;
    readonly type: CredentialTypeInfo;
    readonly answer: TokenAnswer;
    /** As the service names whose it is now; absent leaves what is known. */
    readonly account?: string | null;
    readonly subject?: string | null;
  },
): Promise<void> {
  const { credential, type, answer } = of;
  const secret = await openSecret(vault, tx.workspaceId, credential);
  const { token } = answer;
  const next = { ...secret, token, subject: of.subject ?? secret.subject };
  const renews = token.refreshToken !== null || (type.auth.kind !== 'oauth2' && type.auth.kind !== 'deviceCode');
  await credentials.putSecret(tx, credential.id, {
    sealed: await vault.seal(tx, { id: credential.id, type: credential.type }, next),
    fields: credential.fields,
    secretFields: credential.secretFields,
    health: 'working',
    account: of.account ?? credential.account,
    scopes: answer.scopes ?? credential.scopes,
    // What renews itself has no end that a person must know of.
    expiresAt: renews || token.expiresAtMs === null ? null : new Date(token.expiresAtMs),
    renews,
    isRenewal: true,
  });
}
