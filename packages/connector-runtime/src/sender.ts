import { randomBytes } from 'node:crypto';
import { ConnectorError } from '@millwright/core';
import type { HttpResponse, ServiceAnswer } from '@millwright/node-sdk';
import { decodeAnswer } from './answer/decode-answer.ts';
import type { RuntimePorts } from './exchange.ts';
import { openFieldsOf, type CredentialRef, type LentCredential } from './lender.ts';
import { checkHost, requestHashOf, type UnsignedRequest } from './request/build-request.ts';
import { digestChallenge, type DigestChallenge } from './signing/digest.ts';
import { isTimed, sign } from './signing/sign.ts';

/** What a sender works with beside the process' ports. */
export interface SenderOptions {
  /** Who is called; no hosts where the credential alone says which. */
  readonly to: { readonly title: string; readonly hosts: readonly string[] };
  /** Null: requests go unsigned. */
  readonly credential: CredentialRef | null;
  /** To be awaited before each send: stores that a write leaves. */
  readonly beforeSend: (requestHash: string) => Promise<void>;
  readonly signal: AbortSignal;
}

/** One send. */
export interface Sent {
  readonly lent: LentCredential;
  readonly response: HttpResponse;
  readonly url: string;
}

/** Clocks that differ less are right enough for every signature that is known. */
const SKEW_MS = 30_000;

const OPEN: LentCredential = {
  credentialId: '',
  type: '',
  auth: { kind: 'none', label: '', fields: [] },
  fields: {},
  hosts: [],
  generation: 0,
};

function freshNonce(): string {
  return randomBytes(16).toString('hex');
}

/** Sends one request of one call, signed; and knows what a refused signature is worth: each cure is tried once. */
export class Sender {
  readonly #ports: RuntimePorts;
  readonly #options: SenderOptions;
  #challenge: DigestChallenge | undefined;
  #isRenewed = false;
  #isPutRight = false;

  constructor(ports: RuntimePorts, options: SenderOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  /**
   * Credential lent and fresh, request built and signed, stored as leaving, sent (durability.md §2.2).
   * @param build called with what templates may read of the credential
   */
  send(build: (auth: Readonly<Record<string, string>>) => UnsignedRequest): Promise<Sent> {
    return this.#lend((lent) => this.#sendSigned(lent, build(openFieldsOf(lent))));
  }

  /** Whether sending again after a refusal may help. A refusal is definite: nothing was done, and sending again is harmless. */
  async isCured(lent: LentCredential, { header }: Pick<ServiceAnswer, 'header'>): Promise<boolean> {
    const { auth, credentialId, generation } = lent;
    if (auth.kind === 'digest' && this.#challenge === undefined) {
      this.#challenge = digestChallenge(header['www-authenticate']) ?? undefined;
      return this.#challenge !== undefined;
    }
    const differsMs = Date.parse(header['date'] ?? '') - this.#ports.clock.nowMs();
    if (isTimed(auth) && !this.#isPutRight && Math.abs(differsMs) > SKEW_MS) {
      this.#isPutRight = true;
      this.#ports.skews.set(credentialId, differsMs);
      return true;
    }
    const { credential } = this.#options;
    if (credential === null || this.#ports.lender === undefined || this.#isRenewed) return false;
    this.#isRenewed = true;
    await this.#ports.lender.renew(credential, generation);
    return true;
  }

  #lend<T>(work: (lent: LentCredential) => Promise<T>): Promise<T> {
    const { credential, to } = this.#options;
    if (credential === null) return work(OPEN);
    if (this.#ports.lender !== undefined) return this.#ports.lender.lend(credential, work);
    throw new ConnectorError('auth', {
      code: 'credential_unavailable',
      message: `this process lends no credentials, but ${to.title} needs one`,
      hint: 'Ask an admin: connections are switched off here.',
      details: { sent: false },
    });
  }

  async #sendSigned(lent: LentCredential, request: UnsignedRequest): Promise<Sent> {
    const { to, beforeSend, signal, credential } = this.#options;
    if (to.hosts.length > 0 || credential === null) checkHost(request.url, to.hosts, to.title);
    if (credential !== null) checkHost(request.url, lent.hosts, 'the connection');
    const nowMs = this.#ports.clock.nowMs() + (this.#ports.skews.get(lent.credentialId) ?? 0);
    const challenge = this.#challenge === undefined ? {} : { challenge: this.#challenge };
    const signed = sign(request, lent, { nowMs, nonce: freshNonce, ...challenge });
    await beforeSend(requestHashOf(request));
    const { answerAs, ...sent } = signed;
    return { lent, response: decodeAnswer(await this.#ports.egress.request({ ...sent, signal }), answerAs), url: request.url };
  }
}
