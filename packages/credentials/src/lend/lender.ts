import { InvariantError, messageOf } from '@millwright/core';
import { credentialGrants, credentials } from '@millwright/db';
import type { CredentialTypeInfo } from '@millwright/node-sdk';
import type { CredentialPorts, CredentialRef } from '../ports.ts';
import type { Secret, StoredToken } from '../secret.ts';
import { openSecret } from '../store/open.ts';
import { hasToken } from '../types.ts';
import { deadOf } from './health.ts';
import type { CredentialLender, LendRef, LentCredential } from './lend.ts';
import { notShared, unknownCredential, unknownType } from './refusals.ts';
import { Renewal } from './renewal.ts';

/** A token is renewed this long before its end, and up to half as long again, so that processes do not all do it at once. In ms. */
const AHEAD_MS = 60_000;
const JITTER_MS = 30_000;
/** Uses are noted at most this often per credential and process, in ms. */
const NOTED_EVERY_MS = 60_000;
/** Credentials whose last note is remembered. */
const NOTED_MOST = 10_000;

/** What a lender works with beside what all have. */
export interface LenderOptions {
  /** Roles that use every credential of their workspace. */
  readonly managerRoles: readonly string[];
}

interface Opened {
  readonly credential: credentials.StoredCredential;
  readonly type: CredentialTypeInfo;
  readonly secret: Secret;
}

/** A lender that also lends what waits for a person, to see whether it works again. */
export interface TestingLender extends CredentialLender {
  readonly lendAnyway: CredentialLender['lend'];
}

/** Makes the lender of one process. */
export function createLender(ports: CredentialPorts, options: LenderOptions): TestingLender {
  const lender = new Lender(ports, options);
  return {
    lend: (ref, use) => lender.lend(ref, use, deadOf),
    lendAnyway: (ref, use) => lender.lend(ref, use, () => null),
    renew: (ref, generation) => lender.renewal.renew(ref, generation),
  };
}

class Lender {
  readonly renewal: Renewal;
  readonly #ports: CredentialPorts;
  readonly #options: LenderOptions;
  readonly #noted = new Map<string, number>();

  constructor(ports: CredentialPorts, options: LenderOptions) {
    this.#ports = ports;
    this.#options = options;
    this.renewal = new Renewal(ports);
  }

  async lend<T>(ref: LendRef, body: (lent: LentCredential) => Promise<T>, refuse: typeof deadOf): Promise<T> {
    const opened = await this.#fresh(ref, await this.#open(ref, refuse));
    this.#note(ref);
    return body(toLent(opened));
  }

  async #open(ref: LendRef, refuse: typeof deadOf): Promise<Opened> {
    const { db, types, vault, log } = this.#ports;
    const found = await db.tenant(ref.workspaceId, async (tx) => {
      const credential = await credentials.getSealed(tx, ref.credentialId);
      if (credential === null || ref.versionId === undefined) return { credential, isAllowed: true };
      const of = { credentialId: ref.credentialId, versionId: ref.versionId, managerRoles: this.#options.managerRoles };
      return { credential, isAllowed: await credentialGrants.isVersionAllowed(tx, of) };
    });
    const { credential } = found;
    if (credential === null) throw unknownCredential(ref.credentialId);
    if (!found.isAllowed) throw notShared(credential);
    const dead = refuse(credential);
    if (dead !== null) throw dead;
    const type = types.get(credential.type);
    if (type === undefined) throw unknownType(credential);
    try {
      return { credential, type, secret: await openSecret(vault, ref.workspaceId, credential) };
    } catch (thrown) {
      // Somebody changed the database, or restored half of it: this is for an admin's eyes.
      if (thrown instanceof InvariantError) log.error({ ...ref, code: thrown.code }, 'a stored credential does not open');
      throw thrown;
    }
  }

  /** The same with a token that is good for a while yet. */
  async #fresh(ref: LendRef, opened: Opened): Promise<Opened> {
    const { credential, secret, type } = opened;
    if (!hasToken(type) || !this.#isDue(secret.token)) return opened;
    try {
      await this.renewal.renew(ref, credential.generation);
    } catch (thrown) {
      // The service that gives tokens is away: what is still good for a moment is used.
      const endsAt = secret.token?.expiresAtMs ?? 0;
      const isAway = thrown instanceof Error && 'code' in thrown && thrown.code === 'credential_renew_failed';
      if (isAway && endsAt > this.#ports.clock.nowMs()) return opened;
      throw thrown;
    }
    return this.#open(ref, deadOf);
  }

  #isDue(token: StoredToken | null): boolean {
    if (token === null) return true;
    if (token.expiresAtMs === null) return false;
    // Of a token that lives for a minute only the last quarter counts, or each call would renew it.
    const aheadMs = Math.min(AHEAD_MS + Math.random() * JITTER_MS, (token.expiresAtMs - token.obtainedAtMs) / 4);
    return token.expiresAtMs - this.#ports.clock.nowMs() < aheadMs;
  }

  #note(ref: CredentialRef): void {
    const nowMs = this.#ports.clock.nowMs();
    if (nowMs - (this.#noted.get(ref.credentialId) ?? -Infinity) < NOTED_EVERY_MS) return;
    if (this.#noted.size >= NOTED_MOST) this.#noted.clear();
    this.#noted.set(ref.credentialId, nowMs);
    this.#ports.db
      .tenant(ref.workspaceId, async (tx) => credentials.touch(tx, ref.credentialId, new Date(nowMs)))
      .catch((thrown: unknown) => this.#ports.log.warn({ detail: messageOf(thrown) }, 'the use of a credential could not be noted'));
  }
}

function toLent({ credential, type, secret }: Opened): LentCredential {
  const { token } = secret;
  return {
    credentialId: credential.id,
    type: credential.type,
    auth: type.auth,
    fields: secret.fields,
    hosts: credential.hosts,
    generation: credential.generation,
    ...(token === null
      ? {}
      : { token: { accessToken: token.accessToken, tokenType: token.tokenType, expiresAtMs: token.expiresAtMs, extra: token.extra } }),
  };
}
