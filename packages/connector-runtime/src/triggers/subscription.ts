import { ConnectorError, type JsonValue } from '@millwright/core';
import { methodAndPath, type Connector, type RequestTemplate, type WebhookTrigger } from '@millwright/node-sdk';
import { Exchanger, type RuntimePorts } from '../exchange.ts';
import { keyedLimits } from '../execute-action.ts';
import type { CredentialRef } from '../lender.ts';
import { buildRequest } from '../request/build-request.ts';
import { readText } from '../request/paths.ts';

/** A trigger of one published workflow. */
export interface Subscriber {
  readonly connector: Connector;
  readonly webhook: WebhookTrigger;
  readonly credential: CredentialRef | null;
  readonly input: Readonly<Record<string, JsonValue>>;
  /** Where deliveries go, and the secret that they are signed with. */
  readonly callback: { readonly url: string; readonly secret: string };
  readonly signal: AbortSignal;
}

/** What is kept of a subscription; `secret` is ours. To be stored encrypted. */
export type Kept = Readonly<Record<string, string>>;

/** The service's side of webhooks. */
export class Subscriptions {
  readonly #ports: RuntimePorts;

  constructor(ports: RuntimePorts) {
    this.#ports = ports;
  }

  /**
   * Asks whose account the credential is, as deliveries to the address of the app name it.
   * @throws ConnectorError `account_unknown` where the service does not say
   */
  async account(subscriber: Omit<Subscriber, 'callback'>): Promise<string> {
    const { account } = subscriber.webhook;
    const callback = { url: '', secret: '' };
    const of = account && { request: account, keep: { account: account.from }, kept: {} };
    const { account: named } = of === undefined ? { account: '' } : await this.#send({ ...subscriber, callback }, of);
    if (named !== undefined && named !== '') return named;
    throw new ConnectorError('permanent', {
      code: 'account_unknown',
      message: `${subscriber.connector.title} does not say whose account this connection is`,
      hint: 'Connect the account again.',
    });
  }

  /** Tells the service our address. @returns what to keep; only the secret where people enter the address themselves */
  async subscribe(subscriber: Subscriber): Promise<Kept> {
    const { subscribe } = subscriber.webhook;
    const { secret } = subscriber.callback;
    return subscribe === undefined
      ? { secret }
      : { secret, ...(await this.#send(subscriber, { request: subscribe, keep: subscribe.keep, kept: {} })) };
  }

  /** Undoes it; one that the service does not know any more is undone. */
  async unsubscribe(subscriber: Subscriber, kept: Kept): Promise<void> {
    const { unsubscribe } = subscriber.webhook;
    if (unsubscribe === undefined) return;
    await this.#send(subscriber, { request: unsubscribe, keep: {}, kept }).catch((thrown: unknown) => {
      if (!isGone(thrown)) throw thrown;
    });
  }

  /** Makes it last longer; one that is over is made again: what was missed meanwhile is the poll's. @returns what to keep from now on */
  async renew(subscriber: Subscriber, kept: Kept): Promise<Kept> {
    const { renew } = subscriber.webhook;
    if (renew === undefined) {
      await this.unsubscribe(subscriber, kept);
      return this.subscribe(subscriber);
    }
    try {
      return { ...kept, ...(await this.#send(subscriber, { request: renew, keep: renew.keep ?? {}, kept })) };
    } catch (thrown) {
      if (!isGone(thrown)) throw thrown;
      return this.subscribe(subscriber);
    }
  }

  async #send(
    { connector, credential, input, callback, signal }: Subscriber,
    { request, keep, kept }: { readonly request: RequestTemplate; readonly keep: Readonly<Record<string, string>>; readonly kept: Kept },
  ): Promise<Record<string, string>> {
    const { method, path } = methodAndPath(request);
    const nowMs = this.#ports.clock.nowMs();
    const { answer } = await new Exchanger(this.#ports, {
      connector,
      errors: connector.errors,
      limits: keyedLimits({ connector, action: {} }, credential, input),
      credential,
      target: `${method} ${path}`,
      build: (auth) =>
        buildRequest({
          request,
          baseUrl: connector.baseUrl,
          headers: connector.headers,
          scope: { ...input, auth, callback, kept },
          slot: { input, auth, idempotencyKey: null, nowMs },
        }),
      // A second subscription would deliver everything twice; deliveries are told apart by their ids, so that costs and breaks nothing.
      isRepeatable: true,
      beforeSend: () => Promise.resolve(),
      signal,
    }).run();
    return Object.fromEntries(Object.entries(keep).flatMap(([name, at]) => [[name, readText(answer, at) ?? '']]));
  }
}

function isGone(thrown: unknown): boolean {
  const status = thrown instanceof ConnectorError ? thrown.details?.['status'] : undefined;
  return status === 404 || status === 410;
}
