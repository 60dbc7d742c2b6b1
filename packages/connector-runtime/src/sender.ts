import { randomBytes } from 'node:crypto';
import { ConnectorError, messageOf } from '@millwright/core';
import type { HttpResponse, ServiceAnswer } from '@millwright/node-sdk';
import { decodeAnswer } from './answer/decode-answer.ts';
import type { RuntimePorts } from './exchange.ts';
import { openFieldsOf, type CredentialRef, type LentCredential } from './lender.ts';
import { checkHost, requestHashOf, type UnsignedRequest } from './request/build-request.ts';
import { digestChallenge, type DigestAnswer } from './signing/digest.ts';
import { certificateOf, isTimed, sign } from './signing/sign.ts';

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
/** Challenges that one call answers; a service whose nonces are always old already is not asked for ever. */
const MOST_CHALLENGES = 4;

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

function isCertificateRefusal(thrown: unknown): thrown is ConnectorError {
  return thrown instanceof ConnectorError && thrown.kind === 'auth' && thrown.code.startsWith('client_certificate_');
}

/** What is said of a credential that is of no use any more, with what was said of it first: `details.answer`. */
export function withAnswer(thrown: unknown, told: ConnectorError): unknown {
  if (!(thrown instanceof ConnectorError)) return thrown;
  const { kind, code, message, hint, retry, details } = thrown;
  return new ConnectorError(kind, { code, message, hint, retry, details: { ...details, answer: messageOf(told) }, cause: told });
}

/** Sends one request of one call, signed; and knows what a refused signature is worth: each cure is tried once. */
export class Sender {
  readonly #ports: RuntimePorts;
  readonly #options: SenderOptions;
  /** Challenges that came for requests of this call. */
  #challenged = 0;
  /** The last of them, which nobody else answers until it was answered well: requests side by side could come out of order. */
  #own: DigestAnswer | undefined;
  /** Whom the last request called as whom, in the book of challenges. */
  #page = '';
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
  async send(build: (auth: Readonly<Record<string, string>>) => UnsignedRequest): Promise<Sent> {
    let shown = OPEN;
    try {
      return await this.#lend((lent) => {
        shown = lent;
        return this.#sendSigned(lent, build(openFieldsOf(lent)));
      });
    } catch (thrown) {
      if (shown.auth.kind !== 'mtls' || !isCertificateRefusal(thrown)) throw thrown;
      await this.#renewed(shown.generation, thrown);
      return this.send(build);
    }
  }

  /** A certificate that is of no use is what 401 is to a token: a person must act, unless somebody has since. @throws as `CredentialLender.renew` */
  async #renewed(generation: number, refusal: ConnectorError): Promise<void> {
    const { credential } = this.#options;
    if (credential === null || this.#ports.lender === undefined || this.#isRenewed) throw refusal;
    this.#isRenewed = true;
    await this.#ports.lender.renew(credential, generation).catch((thrown: unknown) => {
      throw withAnswer(thrown, refusal);
    });
  }

  /** Whether sending again after a refusal may help. A refusal is definite: nothing was done, and sending again is harmless. */
  async isCured(lent: LentCredential, { header }: Pick<ServiceAnswer, 'header'>): Promise<boolean> {
    const { auth, credentialId, generation } = lent;
    if (auth.kind === 'digest' && this.#isChallenged(header['www-authenticate'])) return true;
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

  /** Whether a service asked for something that was not answered yet: a first challenge, or one whose nonce has only grown old. */
  #isChallenged(header: string | undefined): boolean {
    const { challenges } = this.#ports;
    const challenge = digestChallenge(header);
    const isNew = this.#challenged === 0 || (challenge?.isStale === true && this.#challenged < MOST_CHALLENGES);
    if (challenge === null || !isNew) {
      challenges.drop(this.#page);
      return false;
    }
    this.#challenged += 1;
    this.#own = { challenge, cnonce: freshNonce(), count: 0 };
    return true;
  }

  /** How the challenge that is known for a request is answered. */
  #digest({ auth, credentialId, generation }: LentCredential, url: string) {
    if (auth.kind !== 'digest') return {};
    this.#page = `${credentialId}/${generation}/${URL.parse(url)?.origin ?? ''}`;
    if (this.#own !== undefined) this.#own = { ...this.#own, count: this.#own.count + 1 };
    const digest = this.#own ?? this.#ports.challenges.next(this.#page);
    return digest === undefined ? {} : { digest };
  }

  /** A challenge that was answered well is for all. */
  #share(status: number): void {
    if (this.#own === undefined || status === 401) return;
    this.#ports.challenges.put(this.#page, this.#own);
    this.#own = undefined;
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
    const { answerAs, ...signed } = sign(request, lent, { nowMs, nonce: freshNonce, ...this.#digest(lent, request.url) });
    const clientCertificate = certificateOf(lent);
    await beforeSend(requestHashOf(request));
    const sent = { ...signed, ...(clientCertificate === undefined ? {} : { clientCertificate }), signal };
    const response = decodeAnswer(await this.#ports.egress.request(sent), answerAs);
    this.#share(response.status);
    return { lent, response, url: request.url };
  }
}
