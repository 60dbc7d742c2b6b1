import { createHmac } from 'node:crypto';
import { receiveDelivery } from '@millwright/connector-runtime';
import { InvariantError } from '@millwright/node-sdk';
import { describe, expect, it } from 'vitest';
import hubspot from './index.ts';

const URL_OF_HOOK = 'https://hooks.example.com/hubspot';
const NOW_MS = 1_769_817_600_123;
const event = { eventId: 1, subscriptionId: 12, portalId: 33, subscriptionType: 'deal.propertyChange', objectId: 7, occurredAt: NOW_MS };

/** What comes of a delivery that HubSpot signs so long ago: its time is in milliseconds. */
function received(events: readonly object[], agoMs = 0) {
  const { webhook } = hubspot.connector.triggers['event'] ?? {};
  if (webhook === undefined) throw new InvariantError({ code: 'test', message: 'there is no trigger "event"' });
  const body = JSON.stringify(events);
  const timestamp = String(NOW_MS - agoMs);
  const signature = createHmac('sha256', 'app-secret').update(`POST${URL_OF_HOOK}${body}${timestamp}`).digest('base64');
  const headers = { 'content-type': 'application/json', 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp };
  const secrets = { kept: {}, client: { clientSecret: 'app-secret' } };
  const input = { kind: 'deal.propertyChange', property: 'dealstage' };
  const delivery = { method: 'POST', url: URL_OF_HOOK, headers, body: new TextEncoder().encode(body) };
  return receiveDelivery(delivery, { webhook, secrets, input, nowMs: NOW_MS });
}

describe('what HubSpot delivers', () => {
  it('many events in one delivery are told apart, and only those asked for start something', () => {
    const stage = { ...event, propertyName: 'dealstage' };
    const all = [stage, { ...stage, objectId: 8 }, { ...event, propertyName: 'amount' }, { ...event, subscriptionType: 'deal.creation' }];
    expect(received(all)).toMatchObject({ kind: 'events', events: [{ id: `1+12+7+${NOW_MS}` }, { id: `1+12+8+${NOW_MS}` }] });
  });

  it('a delivery of six minutes ago is refused', () => {
    expect(received([event], 240_000).kind).toBe('events');
    expect(received([event], 360_000)).toMatchObject({ kind: 'refused', status: 401 });
  });
});
