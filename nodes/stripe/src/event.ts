import { action, hmac, z, type ConnectorTriggerSpec } from '@millwright/node-sdk';
import { FORM } from './fields.ts';

/** The events that people wait for most. */
const EVENTS = [
  'charge.dispute.created',
  'charge.failed',
  'charge.refunded',
  'charge.succeeded',
  'checkout.session.async_payment_succeeded',
  'checkout.session.completed',
  'checkout.session.expired',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.trial_will_end',
  'invoice.created',
  'invoice.finalized',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.upcoming',
  'payment_intent.canceled',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'payout.failed',
  'payout.paid',
] as const;

// Stripe's list takes no more than 20 kinds at once.
const events = z
  .array(z.enum(EVENTS))
  .min(1)
  .max(20)
  .meta({ title: 'Events', field: { control: 'options', options: Object.fromEntries(EVENTS.map((name) => [name, name])) } });
const output = {
  schema: z.object({ id: z.string(), type: z.string(), created: z.int(), data: z.object({ object: z.record(z.string(), z.json()) }) }),
  sample: {
    id: 'evt_1NG8Du2eZvKYlo2CUI79vXWy',
    type: 'payment_intent.succeeded' as string,
    created: 1_686_089_970,
    data: { object: { id: 'pi_3MtwBwLkdIwHu7ix28a3tqPa', amount: 1999, currency: 'eur' } },
  },
};
const example = { events: ['payment_intent.succeeded' as const] };

export const eventList = action({
  title: 'List events',
  description: 'What happened in the last 30 days, the newest first.',
  aliases: ['log', 'history', 'ereignisse'],
  effect: 'read',
  pages: 'list',
  input: z.strictObject({
    events: events.optional(),
    since: z
      .string()
      .regex(/^\d+$|^\d{4}-\d\d-\d\d/)
      .optional()
      .meta({ title: 'Since', description: 'A time like 2026-01-31T00:00:00Z, or seconds since 1970.', field: { control: 'dateTime' } }),
  }),
  request: {
    get: '/v1/events',
    query: ({ input: { events: types, since } }) => ({
      'types[]': types ?? null,
      'created[gte]': since === undefined ? null : /^\d+$/.test(since) ? Number(since) : Math.floor(Date.parse(since) / 1000),
    }),
  },
  output,
  example: { ...example, since: '2026-01-31T00:00:00Z' },
});

export const eventHappened: ConnectorTriggerSpec = {
  title: 'Event',
  description: 'When something happens: a payment, an invoice, a subscription.',
  aliases: ['webhook', 'payment', 'zahlung', 'ereignis'],
  input: z.strictObject({ events }),
  output,
  example,
  webhook: {
    subscribe: {
      post: '/v1/webhook_endpoints',
      body: { url: '{{callback.url}}', enabled_events: '{{events}}', description: 'Millwright' },
      as: FORM,
      // Stripe makes the secret and tells it only now.
      keep: { id: 'body.id', secret: 'body.secret' },
    },
    unsubscribe: { delete: '/v1/webhook_endpoints/{{kept.id}}' },
    verify: hmac('sha256', {
      header: 'stripe-signature',
      format: 't={{timestamp}},v1={{signature}}',
      over: '{{timestamp}}.{{raw}}',
      secret: 'kept.secret',
      maxAge: '5m',
    }),
    dedupe: 'id',
  },
  poll: {
    use: 'event.list',
    input: { events: '{{events}}', since: '{{cursor}}' },
    every: '5m',
    cursor: { field: 'created' },
    dedupe: 'id',
  },
};
