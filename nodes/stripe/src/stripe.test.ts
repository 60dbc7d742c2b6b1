import { describeConnector } from '@millwright/testing/connectors';
import stripe from './index.ts';

describeConnector(stripe, {
  contract: 'stripe/v1.json',
  // The description is cut short where answers are deep.
  mock: {
    answers: {
      GetBalance: { body: { available: [{ amount: 666, currency: 'eur' }], pending: [] } },
      GetEvents: {
        body: { has_more: false, data: [{ id: 'evt_1', type: 'invoice.paid', created: 1_769_817_600, data: { object: { id: 'in_1' } } }] },
      },
    },
  },
  triggers: {
    event: {
      body: JSON.stringify({
        id: 'evt_1',
        type: 'payment_intent.succeeded',
        created: 1_769_817_600,
        data: { object: { id: 'pi_1', amount: 1999 } },
      }),
      subscription: {
        create: 'PostWebhookEndpoints',
        remove: 'DeleteWebhookEndpointsWebhookEndpoint',
        // Stripe makes the secret: here the one that the suite signs with.
        answer: ({ id }) => ({ id, secret: 'suite-secret' }),
      },
    },
  },
});
