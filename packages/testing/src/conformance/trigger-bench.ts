import { createHmac, type BinaryToTextEncoding } from 'node:crypto';
import { receiveAppDelivery, receiveDelivery, type ConnectorRuntime, type CredentialRef } from '@millwright/connector-runtime';
import { deliveries, subscriptions, type ContractMock, type SubscriptionOptions } from '@millwright/contract-mock';
import type { JsonValue } from '@millwright/core';
import type { ConnectorPackage, ConnectorTriggerSpec, VerifySpec } from '@millwright/node-sdk';
import type { BenchDelivery, TriggerBench } from '@millwright/node-sdk/testing';

/** How the service behaves towards one trigger. */
export interface TriggerProof {
  /** A delivery's body, and the headers that belong to the event. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Operations of its subscriptions. Absent: people enter the address themselves. */
  readonly subscription?: SubscriptionOptions;
}

/** What a bench of triggers stands on. */
export interface TriggerBenchParts {
  readonly connector: ConnectorPackage['connector'];
  readonly runtime: ConnectorRuntime;
  readonly mock: ContractMock;
  readonly credential: CredentialRef;
  readonly nowMs: number;
}

/** The trigger that is switched on. */
export interface BenchTrigger {
  readonly key: string;
  readonly trigger: ConnectorTriggerSpec;
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly proof: TriggerProof;
}

const CALLBACK = { url: 'https://hooks.example.com/hooks/suite', secret: 'suite-secret' };
const MINUTE_MS = 60_000;

/** The headers with which a service proves a delivery, by the rule that the trigger declares. */
function signed(
  verify: VerifySpec,
  { body, secret, atMs }: { readonly body: string; readonly secret: string; readonly atMs: number },
): Readonly<Record<string, string>> {
  if (verify.kind === 'token') return verify.from.startsWith('header.') ? { [verify.from.slice('header.'.length)]: secret } : {};
  if (verify.kind === 'fetch') return {};
  const timestamp = String(Math.floor(atMs / 1000));
  const values: Readonly<Record<string, string>> = { raw: body, method: 'POST', url: CALLBACK.url, timestamp };
  const over = verify.over.replaceAll(/\{\{([\w.-]+)\}\}/g, (_, name: string) =>
    name === `h.${verify.timestampHeader}` ? timestamp : (values[name] ?? ''),
  );
  const encoding: BinaryToTextEncoding = verify.as;
  const signature = createHmac(verify.algorithm, secret).update(over).digest(encoding);
  const header = verify.format.replace('{{timestamp}}', timestamp).replace('{{signature}}', signature);
  return { [verify.header]: header, ...(verify.timestampHeader === undefined ? {} : { [verify.timestampHeader]: timestamp }) };
}

function made({ verify }: NonNullable<ConnectorTriggerSpec['webhook']>, proof: TriggerProof, nowMs: number): TriggerBench['deliveries'] {
  return deliveries({
    body: proof.body,
    ...(proof.headers === undefined ? {} : { headers: proof.headers }),
    nowMs,
    sign: (body, secret, atMs) => signed(verify, { body, secret, atMs }),
    secret: CALLBACK.secret,
    ...(verify.kind === 'hmac' && verify.maxAge !== undefined ? { maxAgeMs: 10 * MINUTE_MS } : {}),
  });
}

/** A delivery as a receiver gets it. */
function arriving({ headers, body }: BenchDelivery) {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { method: 'POST', url: CALLBACK.url, headers: lower, body };
}

/** Switches a trigger on against a service's stand-in. */
export async function openTrigger(
  { connector, runtime, mock, credential, nowMs }: TriggerBenchParts,
  { key, trigger, parameters, proof }: BenchTrigger,
): Promise<TriggerBench> {
  const { webhook } = trigger;
  if (webhook === undefined) throw new Error(`${key} has no webhook`);
  const service = proof.subscription === undefined ? null : subscriptions(proof.subscription);
  if (service !== null) mock.play(service);
  const signal = AbortSignal.timeout(MINUTE_MS);
  const subscriber = { connector, webhook, credential, input: parameters, callback: CALLBACK, signal };
  const kept = await runtime.subscriptions.subscribe(subscriber);
  const { verify } = webhook;
  // Wherever the trigger says that its secret is.
  const named = { ...kept, ...(verify.kind === 'fetch' ? {} : { [verify.secret.split('.')[1] ?? '']: kept['secret'] ?? '' }) };
  const secrets = { kept, client: named, credential: named };
  const started = new Set<string>();
  const sent = made(webhook, proof, nowMs);
  return {
    deliveries: sent,
    receive: (delivery) => {
      const received = receiveDelivery(arriving(delivery), { webhook, secrets, input: parameters, nowMs });
      if (received.kind !== 'events') return Promise.resolve('refused');
      const fresh = received.events.filter(({ id }) => !started.has(id));
      for (const { id } of fresh) started.add(id);
      return Promise.resolve(fresh.length > 0 ? 'accepted' : 'ignored');
    },
    expireAndRenew: async () => {
      service?.expire();
      await runtime.subscriptions.renew(subscriber, kept);
      return service?.alive().length ?? 0;
    },
    account: async () => {
      const [first] = sent;
      const received = first && receiveAppDelivery(arriving(first), { webhooks: { [key]: webhook }, secrets, nowMs });
      const routes = received?.kind === 'events' ? received.events.map(({ route }) => route) : [];
      return { asked: await runtime.subscriptions.account(subscriber), delivered: routes };
    },
  };
}
