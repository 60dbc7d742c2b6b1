import { action, field, idempotent, z } from '@millwright/node-sdk';
import { amount, currency, customer, FORM, id, keyed, metadata, text } from '../fields.ts';

const schema = z.object({ id: z.string(), status: z.string().nullable() });
const sample = { id: 'in_1MtHbELkdIwHu7ixl4OzzPMv', status: 'draft' };
const subscribed = { id: 'sub_1MowQVLkdIwHu7ixeRlqHVzs', status: 'active' };
const invoice = id('Invoice', sample.id);
const subscription = id('Subscription', subscribed.id);
const whose = 'cus_NffrFeUfNV2Hib';
const price = id('Price', 'price_1MoBy5LkdIwHu7ixZhnattbh').meta({
  title: 'Price',
  field: { placeholder: 'price_1MoBy5LkdIwHu7ixZhnattbh', load: { options: 'prices' } },
});

export const invoiceCreate = action({
  title: 'Create invoice',
  description: "Makes a draft of the customer's open items.",
  aliases: ['bill', 'rechnung', 'anlegen'],
  effect: keyed,
  input: z.strictObject({
    customer,
    collection_method: field
      .choice('How it is paid', { send_invoice: 'By the customer', charge_automatically: 'Charged automatically' })
      .default('send_invoice'),
    days_until_due: z
      .int()
      .min(0)
      .max(365)
      .default(30)
      .meta({
        title: 'Days until due',
        field: { control: 'number', showIf: { parameter: 'collection_method', in: ['send_invoice'] } },
      }),
    description: text('Note', 1500).optional(),
    metadata,
  }),
  request: {
    post: '/v1/invoices',
    body: ({ input: { days_until_due, description, metadata: own, ...rest } }) => ({
      ...rest,
      pending_invoice_items_behavior: 'include',
      days_until_due: rest.collection_method === 'send_invoice' ? days_until_due : null,
      description: description ?? null,
      metadata: own ?? null,
    }),
    as: FORM,
  },
  output: { schema, sample },
  example: { customer: whose },
});

export const invoiceItemCreate = action({
  title: 'Add invoice item',
  description: "Puts a line on the customer's next invoice, or on a draft.",
  aliases: ['line', 'rechnung', 'position'],
  effect: keyed,
  input: z.strictObject({ customer, amount, currency, description: text('Text', 1000).optional(), invoice: invoice.optional(), metadata }),
  request: {
    post: '/v1/invoiceitems',
    body: {
      customer: '{{customer}}',
      amount: '{{amount}}',
      currency: '{{currency}}',
      description: '{{description}}',
      invoice: '{{invoice}}',
      metadata: '{{metadata}}',
    },
    as: FORM,
  },
  output: { schema: z.object({ id: z.string(), amount: z.int() }), sample: { id: 'ii_1MtGUtLkdIwHu7ixBYwjAM00', amount: 1999 } },
  example: { customer: whose, amount: 1999, currency: 'eur', description: 'One hour of help' },
});

export const invoiceSend = action({
  title: 'Send invoice',
  description: 'Finalizes an invoice where that is due, and mails it to the customer.',
  aliases: ['mail', 'rechnung', 'senden'],
  effect: keyed,
  input: z.strictObject({ invoice }),
  request: { post: '/v1/invoices/{{invoice}}/send', body: {}, as: FORM },
  output: { schema, sample: { ...sample, status: 'open' } },
  example: { invoice: sample.id },
});

export const invoiceList = action({
  title: 'List invoices',
  description: 'Invoices, the newest first.',
  aliases: ['bills', 'rechnungen'],
  effect: 'read',
  pages: 'list',
  input: z.strictObject({
    customer: customer.optional(),
    status: field.choice('State', { draft: 'Draft', open: 'Open', paid: 'Paid', uncollectible: 'Written off', void: 'Void' }).optional(),
  }),
  request: { get: '/v1/invoices', query: { customer: '{{customer}}', status: '{{status}}' } },
  output: { schema, sample },
  example: { customer: whose, status: 'open' },
});

export const subscriptionCreate = action({
  title: 'Create subscription',
  description: 'Charges a customer again and again for a price.',
  aliases: ['recurring', 'abo', 'abonnement'],
  effect: keyed,
  input: z.strictObject({
    customer,
    price,
    quantity: field.int('Quantity').default(1),
    trial_period_days: z
      .int()
      .min(1)
      .max(730)
      .optional()
      .meta({ title: 'Days on trial', field: { control: 'number' } }),
    metadata,
  }),
  request: {
    post: '/v1/subscriptions',
    body: {
      customer: '{{customer}}',
      items: [{ price: '{{price}}', quantity: '{{quantity}}' }],
      trial_period_days: '{{trial_period_days}}',
      metadata: '{{metadata}}',
    },
    as: FORM,
  },
  output: { schema, sample: subscribed },
  example: { customer: whose, price: 'price_1MoBy5LkdIwHu7ixZhnattbh', quantity: 2 },
});

export const subscriptionCancel = action({
  title: 'Cancel subscription',
  description: 'Ends a subscription at once.',
  aliases: ['end', 'abo', 'kündigen'],
  effect: idempotent.natural('subscription'),
  input: z.strictObject({ subscription }),
  request: { delete: '/v1/subscriptions/{{subscription}}' },
  output: { schema, sample: { ...subscribed, status: 'canceled' } },
  example: { subscription: subscribed.id },
});

export const subscriptionList = action({
  title: 'List subscriptions',
  description: 'Subscriptions, the newest first; ended ones are left out unless asked for.',
  aliases: ['recurring', 'abos'],
  effect: 'read',
  pages: 'list',
  input: z.strictObject({
    customer: customer.optional(),
    status: field
      .choice('State', { active: 'Active', past_due: 'Past due', trialing: 'On trial', canceled: 'Canceled', all: 'All' })
      .optional(),
  }),
  request: { get: '/v1/subscriptions', query: { customer: '{{customer}}', status: '{{status}}' } },
  output: { schema, sample: subscribed },
  example: { customer: whose, status: 'active' },
});
