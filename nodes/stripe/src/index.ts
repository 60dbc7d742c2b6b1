import { action, bearer, cursor, defineConnector, header, keyset, list, per, window, z } from '@millwright/node-sdk';
import * as billing from './actions/billing.ts';
import * as catalog from './actions/catalog.ts';
import * as customers from './actions/customer.ts';
import * as payments from './actions/payment.ts';
import { eventHappened, eventList } from './event.ts';
import de from './locales/de.json' with { type: 'json' };

const money = z.object({ amount: z.int(), currency: z.string() });

const balanceGet = action({
  title: 'Get balance',
  description: 'Money that is there, and that is on its way.',
  aliases: ['account', 'guthaben', 'kontostand'],
  effect: 'read',
  input: z.strictObject({}),
  request: { get: '/v1/balance' },
  output: {
    schema: z.object({ available: z.array(money), pending: z.array(money) }),
    sample: { available: [{ amount: 66_667, currency: 'eur' }], pending: [{ amount: 61_414, currency: 'eur' }] },
  },
  example: {},
});

export default defineConnector({
  key: 'stripe',
  title: 'Stripe',
  version: '1.0.0',
  categories: ['payments'],
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#64748b" stroke-width="2"><rect x="2" y="5" width="20" height="14" rx="2"/><path d="M2 10h20"/></svg>',
  baseUrl: 'https://api.stripe.com',
  // Answers keep this shape, whatever the account's own version is.
  headers: { 'stripe-version': '2024-06-20' },
  auth: { key: bearer({ label: 'Secret key' }) },
  test: { get: '/v1/balance', show: 'Live: {{livemode}}' },
  // https://docs.stripe.com/rate-limits: 25 a second in test mode, 100 live; searching 20.
  limits: { default: window(25, '1s', per('credential')), search: window(20, '1s', per('credential')) },
  // 409: the same key is at work, or the object is locked.
  retry: { on: [409, 429, 500, 502, 503, 504], wait: [header('retry-after')] },
  errors: {
    message: 'body.error.message',
    code: 'body.error.code',
    field: 'body.error.param',
    transient: [409],
    // Stripe repeats what it answered to a key: a card that was changed needs a new one.
    newKey: [
      'card_declined',
      'expired_card',
      'incorrect_cvc',
      'incorrect_number',
      'insufficient_funds',
      'processing_error',
      'authentication_required',
    ],
  },
  pages: {
    list: keyset({ items: 'body.data', send: 'query.starting_after', key: 'id', more: 'body.has_more', size: ['query.limit', 100] }),
    search: cursor({ items: 'body.data', send: 'query.page', from: 'body.next_page', more: 'body.has_more', size: ['query.limit', 100] }),
  },
  options: {
    customers: list({ request: { get: '/v1/customers' }, items: 'body.data', value: 'id', label: 'name', detail: 'email', pages: 'list' }),
    prices: list({
      request: { get: '/v1/prices', query: { active: true } },
      items: 'body.data',
      value: 'id',
      label: 'nickname',
      detail: 'currency',
      pages: 'list',
    }),
  },
  actions: {
    'customer.create': customers.customerCreate,
    'customer.update': customers.customerUpdate,
    'customer.get': customers.customerGet,
    'customer.list': customers.customerList,
    'customer.search': customers.customerSearch,
    'payment.create': payments.paymentCreate,
    'payment.capture': payments.paymentCapture,
    'payment.cancel': payments.paymentCancel,
    'payment.get': payments.paymentGet,
    'payment.list': payments.paymentList,
    'charge.list': payments.chargeList,
    'refund.create': payments.refundCreate,
    'invoice.create': billing.invoiceCreate,
    'invoice.send': billing.invoiceSend,
    'invoice.list': billing.invoiceList,
    'invoiceItem.create': billing.invoiceItemCreate,
    'subscription.create': billing.subscriptionCreate,
    'subscription.cancel': billing.subscriptionCancel,
    'subscription.list': billing.subscriptionList,
    'product.create': catalog.productCreate,
    'price.create': catalog.priceCreate,
    'checkout.create': catalog.checkoutCreate,
    'balance.get': balanceGet,
    'event.list': eventList,
  },
  triggers: { event: eventHappened },
  locales: { de },
});
