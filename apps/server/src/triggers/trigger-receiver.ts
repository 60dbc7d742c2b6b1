import { receiveDelivery, type Received } from '@millwright/connector-runtime';
import { triggerHosting } from '@millwright/db';
import { withinWorkspace } from '@millwright/egress';
import type { JudgedDelivery, ServiceDelivery, TriggerReceiver } from '@millwright/gateway';
import { atOwnAddress } from './app-hooks.ts';
import { boundTrigger } from './bound-trigger.ts';
import { credentialOf, eventIdOf, openKept, type TriggerParts } from './trigger-parts.ts';

const NOT_SUBSCRIBED: JudgedDelivery = { kind: 'refused', code: 'delivery_forged', reason: 'nothing was subscribed here' };

type JudgingParts = Pick<TriggerParts, 'db' | 'runners' | 'lender' | 'seal' | 'starts'>;

async function receive(
  { runners, lender, seal, starts }: JudgingParts,
  subscription: triggerHosting.Subscription & { readonly endpointId: string },
  delivery: ServiceDelivery,
): Promise<Received | null> {
  const { trigger, input } = boundTrigger(runners, subscription);
  const webhook = trigger.webhook === undefined ? null : atOwnAddress(trigger.webhook);
  if (webhook === null) return null;
  const { kept } = openKept({ seal }, subscription.endpointId, subscription.sealedKept);
  const nowMs = starts.clock.nowMs();
  const { verify } = webhook;
  const credential = credentialOf(subscription.workspaceId, subscription);
  if (verify.kind === 'fetch' || !verify.secret.startsWith('credential.') || credential === null)
    return receiveDelivery(delivery, { webhook, secrets: { kept }, input, nowMs });
  return lender.lend(credential, async ({ fields }) =>
    receiveDelivery(delivery, { webhook, secrets: { kept, credential: fields }, input, nowMs }),
  );
}

/** Judges what services deliver to a trigger's own address by what was subscribed. */
export function createTriggerReceiver(parts: JudgingParts): Omit<TriggerReceiver, 'judgeForApp'> {
  return {
    judge: async ({ endpointId }, delivery) => {
      const subscription = await triggerHosting.subscription(parts.db.executor, endpointId);
      if (subscription === null) return NOT_SUBSCRIBED;
      const received = await withinWorkspace(subscription.workspaceId, () => receive(parts, { ...subscription, endpointId }, delivery));
      if (received === null) return NOT_SUBSCRIBED;
      if (received.kind !== 'events') return received;
      return { kind: 'events', events: received.events.map(({ id, data }) => ({ id: eventIdOf(subscription, id), data })) };
    },
    noteEvent: ({ endpointId }) => triggerHosting.noteEvent(parts.db.executor, endpointId),
  };
}
