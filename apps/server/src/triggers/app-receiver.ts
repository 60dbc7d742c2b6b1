import { isWantedEvent, receiveAppDelivery, type AppEvent } from '@millwright/connector-runtime';
import { messageOf } from '@millwright/core';
import { openClientApp } from '@millwright/credentials';
import { appListeners, workspaces, type AppListener } from '@millwright/db';
import type { AppAddress, AppJudgedDelivery, TriggerReceiver } from '@millwright/gateway';
import type { WebhookTrigger } from '@millwright/node-sdk';
import type { AppCounts } from './app-counts.ts';
import { boundTrigger } from './bound-trigger.ts';
import { eventIdOf, type TriggerParts } from './trigger-parts.ts';

type AppParts = Pick<TriggerParts, 'db' | 'runners' | 'vault' | 'starts' | 'log'>;

/** The triggers of a connector whose events come to the address of its client app, by key. */
function appWebhooks({ runners }: AppParts, connectorKey: string): Readonly<Record<string, WebhookTrigger>> {
  const triggers = Object.entries(runners.connector(connectorKey)?.triggers ?? {});
  return Object.fromEntries(
    triggers.flatMap(([key, { webhook }]) => (webhook?.scope === 'app' && webhook.account !== undefined ? [[key, webhook]] : [])),
  );
}

/** Whether an event is one that a trigger is about. One whose setting does not fit its package any more hears nothing, and keeps nobody else from it. */
function isFor({ runners, log }: AppParts, listener: AppListener, { data, route, triggerKey }: AppEvent): boolean {
  if (listener.triggerKey !== triggerKey || listener.account !== route) return false;
  try {
    const { trigger, input } = boundTrigger(runners, listener);
    return trigger.webhook !== undefined && isWantedEvent(trigger.webhook, data, input);
  } catch (thrown) {
    log.warn({ endpointId: listener.endpointId, detail: messageOf(thrown) }, 'a trigger could not hear an event');
    return false;
  }
}

async function fannedOut(
  parts: AppParts,
  address: AppAddress,
  events: readonly AppEvent[],
): Promise<Extract<AppJudgedDelivery, { kind: 'events' }> & { readonly taken: number }> {
  const accounts = [...new Set(events.flatMap(({ route }) => (route === null ? [] : [route])))];
  const listeners = await appListeners(parts.db.executor, { ...address, accounts });
  const heard = new Set(listeners.map(({ account }) => account));
  // Every trigger of the connector gives the same event: it is counted once.
  const happened = new Map(events.map(({ data, route }) => [data, route !== null && heard.has(route)]));
  const taken = [...happened.values()].filter(Boolean).length;
  return {
    kind: 'events',
    events: events.flatMap((event) =>
      listeners
        .filter((listener) => isFor(parts, listener, event))
        .map((listener) => ({ endpointId: listener.endpointId, event: { id: eventIdOf(listener, event.id), data: event.data } })),
    ),
    taken,
    dropped: happened.size - taken,
  };
}

/** Judges what vendors send to the one address of a client app by the app's secret, and finds who listens to its accounts. */
export function createAppReceiver(parts: AppParts, counts: Pick<AppCounts, 'add'>): TriggerReceiver['judgeForApp'] {
  return async (address, delivery) => {
    const webhooks = appWebhooks(parts, address.connectorKey);
    if (Object.keys(webhooks).length === 0) return null;
    const app = await parts.db.tenant(address.workspaceId, async (tx) =>
      (await workspaces.get(tx)) === null ? undefined : openClientApp(tx, parts.vault, address.connectorKey),
    );
    if (app === undefined) return null;
    const client = app === null ? {} : { clientSecret: app.clientSecret, signingSecret: app.signingSecret ?? '' };
    const received = receiveAppDelivery(delivery, { webhooks, secrets: { kept: {}, client }, nowMs: parts.starts.clock.nowMs() });
    if (received.kind === 'refused' && app !== null) counts.add(address, { refused: 1 });
    if (received.kind !== 'events') return received;
    const { taken, ...judged } = await fannedOut(parts, address, received.events);
    counts.add(address, { taken, dropped: judged.dropped });
    return judged;
  };
}
