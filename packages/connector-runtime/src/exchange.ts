import { ConnectorError, MillwrightError, type Clock } from '@millwright/core';
import type { Egress, EgressRequest, EgressResponse } from '@millwright/egress';
import { durationMs, type Connector, type ErrorSpec, type ServiceAnswer } from '@millwright/node-sdk';
import { classify } from './answer/classify.ts';
import { backoffMs, waitAskedFor } from './answer/wait-for.ts';
import type { CredentialLender, CredentialRef, LentCredential } from './lender.ts';
import type { KeyedLimit, Limiter, Sleep } from './limits/limiter.ts';
import type { UnsignedRequest } from './request/build-request.ts';
import { maskOf, type Mask } from './mask.ts';
import { Sender, withAnswer } from './sender.ts';
import type { ChallengeBook } from './signing/challenge-book.ts';

/** What the runtime is made of; the same for all calls of a process. */
export interface RuntimePorts {
  readonly egress: {
    readonly request: (request: EgressRequest) => Promise<EgressResponse>;
    /** Absent: sessions with servers are refused. */
    readonly connect?: Egress['connect'];
  };
  /** Absent: actions that need a credential are refused. */
  readonly lender?: CredentialLender;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly limiter: Limiter;
  /** Seconds by which a service's clock differs, by credential. */
  readonly skews: Map<string, number>;
  /** Digest challenges of services. */
  readonly challenges: ChallengeBook;
}

/** One request to be made, as often as that is harmless. */
export interface Exchange {
  readonly connector: Pick<Connector, 'key' | 'title' | 'hosts' | 'retry'>;
  readonly errors: ErrorSpec;
  readonly limits: readonly KeyedLimit[];
  /** Null: no credential. */
  readonly credential: CredentialRef | null;
  /** Method and path template, for messages. */
  readonly target: string;
  /** Builds the request; called for each send, with what templates may read of the credential. */
  readonly build: (auth: Readonly<Record<string, string>>) => UnsignedRequest;
  /** Sending it again, when nobody knows whether it was done, changes nothing more. */
  readonly isRepeatable: boolean;
  /** To be awaited before each send: stores that a write leaves. */
  readonly beforeSend: (requestHash: string) => Promise<void>;
  readonly signal: AbortSignal;
}

/** What was sent where, and answered. */
export interface Exchanged {
  readonly answer: ServiceAnswer;
  readonly url: string;
  /** For what leaves the runtime: the answer is as it came, and may repeat a secret. */
  readonly mask: Mask;
  /** Of the credential that it was signed with. */
  readonly generation: number;
}

const DEFAULT_TRIES = 3;
const LONGEST_MS = 10_000;
/** One request from its building to its answer: limits, credential, signature, sends, errors. */
export class Exchanger {
  readonly #ports: RuntimePorts;
  readonly #exchange: Exchange;
  readonly #sender: Sender;
  /** A send before was not answered: whether it was done, nobody knows. */
  #isOneLost = false;

  constructor(ports: RuntimePorts, exchange: Exchange) {
    this.#ports = ports;
    this.#exchange = exchange;
    const { connector, credential, beforeSend, signal } = exchange;
    this.#sender = new Sender(ports, { to: connector, credential, beforeSend, signal });
  }

  /** @throws ConnectorError, UserError; `details.sent` is false only when nothing left */
  async run(): Promise<Exchanged> {
    const { retry } = this.#exchange.connector;
    for (let tries = 1; ; tries++) {
      const outcome = await this.#once().catch((thrown: unknown) => ({ failure: thrown, answer: null }));
      if (!('failure' in outcome)) return outcome;
      const { failure, answer } = outcome;
      const waitMs = this.#waitMs(failure, answer, tries);
      const isLast = waitMs === null || tries >= (retry.tries ?? DEFAULT_TRIES) || waitMs > this.#longestMs();
      if (isLast) throw this.#told(failure, waitMs);
      if (answer === null && !isUnsent(failure)) this.#isOneLost = true;
      await this.#ports.sleep(waitMs, this.#exchange.signal);
      if (this.#exchange.signal.aborted) throw this.#told(failure, waitMs);
    }
  }

  /** The failure with the time that the service asked for, and without a claim that nothing was done where an earlier send may have been. */
  #told(failure: unknown, waitMs: number | null): unknown {
    if (!(failure instanceof MillwrightError)) return failure;
    const isOpen = this.#isOneLost && (isUnsent(failure) || (failure instanceof ConnectorError && failure.kind !== 'permanent'));
    if (!isOpen && (waitMs === null || !(failure instanceof ConnectorError))) return failure;
    const { code, message, hint, cause, retry } = failure;
    const { status: _, newKey: __, ...rest } = failure.details ?? {};
    const details = isOpen ? { ...rest, sent: true } : failure.details;
    const kind = failure instanceof ConnectorError ? failure.kind : 'transient';
    return new ConnectorError(kind, {
      code,
      message,
      hint,
      details,
      cause,
      retry: waitMs === null ? retry : { afterMs: Math.max(waitMs, 1) },
    });
  }

  #longestMs(): number {
    const { longest } = this.#exchange.connector.retry;
    return longest === undefined ? LONGEST_MS : durationMs(longest);
  }

  /** One send, and what a refused signature is worth: each cure is tried once. */
  async #once(): Promise<Exchanged | { readonly failure: unknown; readonly answer: ServiceAnswer }> {
    for (;;) {
      const { lent, answer, url } = await this.#send();
      const failure = classify(answer, this.#exchange.errors, this.#exchange.target);
      if (failure === null) return { answer, url, mask: maskOf(lent), generation: lent.generation };
      const told = ofCredential(failure, lent);
      if (failure.kind !== 'auth' && answer.status !== 401) return { failure: told, answer };
      const cure = this.#sender.isCured(lent, answer).catch((thrown: unknown) => {
        throw withAnswer(thrown, told);
      });
      if (!(await cure)) return { failure: told, answer };
    }
  }

  /** Limit granted, token fresh, request built, then stored as leaving, then sent (durability.md §2.2). */
  async #send(): Promise<{ readonly lent: LentCredential; readonly answer: ServiceAnswer; readonly url: string }> {
    const { limits, signal } = this.#exchange;
    const pass = await this.#ports.limiter.enter(limits, { signal, longestMs: this.#longestMs() });
    try {
      const { lent, response, url } = await this.#sender.send(this.#exchange.build);
      const answer = { status: response.status, header: response.headers, body: response.body };
      pass.learn(answer);
      return { lent, answer, url };
    } finally {
      pass.release();
    }
  }

  /** Ms until it may be sent again; null when that is no use, or could do it twice. */
  #waitMs(failure: unknown, answer: ServiceAnswer | null, tries: number): number | null {
    if (!(failure instanceof ConnectorError)) return null;
    const { connector, isRepeatable, limits } = this.#exchange;
    const isDefinite = failure.details?.['sent'] === false || failure.kind === 'rate';
    if (failure.kind !== 'rate' && failure.kind !== 'transient') return null;
    // The same key would get the same answer: the next try has another one.
    if (failure.details?.['newKey'] === true) return null;
    if (answer !== null && failure.kind === 'transient' && !connector.retry.on.includes(answer.status)) return null;
    const asked = answer === null ? null : waitAskedFor(answer, connector.retry.wait, this.#ports.clock.nowMs());
    if (failure.kind === 'rate' && answer !== null) this.#ports.limiter.close(limits, asked ?? backoffMs(tries, 0.5));
    if (failure.code === 'limit_reached') return null;
    return isDefinite || isRepeatable ? (asked ?? backoffMs(tries, Math.random())) : null;
  }
}

function isUnsent(failure: unknown): boolean {
  return failure instanceof MillwrightError && failure.details?.['sent'] === false;
}

/** The failure with the credential that it concerns, and without its secrets: some services repeat what they refuse. */
function ofCredential(failure: ConnectorError, lent: LentCredential): ConnectorError {
  if (lent.credentialId === '') return failure;
  const { kind, code, message, hint, retry, details = {} } = failure;
  const mask = maskOf(lent);
  const shown = Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? mask.text(value) : value] as const);
  const own = kind === 'auth' ? { credentialId: lent.credentialId } : {};
  return new ConnectorError(kind, {
    code,
    message: mask.text(message),
    hint,
    retry,
    details: { ...Object.fromEntries(shown), ...own },
  });
}
