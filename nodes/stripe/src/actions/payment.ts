import { action, field, z } from '@millwright/node-sdk';
import { amount, currency, customer, FORM, id, keyed, metadata, off, text } from '../fields.ts';

const schema = z.object({ id: z.string(), amount: z.int(), currency: z.string(), status: z.string() });
const sample = { id: 'pi_3MtwBwLkdIwHu7ix28a3tqPa', amount: 1999, currency: 'eur', status: 'succeeded' };
const payment = id('Payment', sample.id);

export const paymentCreate = action({
  title: 'Create payment',
  description: 'Makes a payment intent; with a payment method and "Confirm" it is paid at once.',
  aliases: ['charge', 'payment intent', 'zahlung', 'abbuchen'],
  effect: keyed,
  input: z.strictObject({
    amount,
    currency,
    customer: customer.optional(),
    payment_method: id('Payment method', 'pm_1MtwBwLkdIwHu7ixUcaj').optional(),
    confirm: off('Confirm at once'),
    off_session: off('The customer is not there'),
    description: text('Description', 1000).optional(),
    receipt_email: z.email().optional().meta({ title: 'Receipt to' }),
    metadata,
  }),
  request: {
    post: '/v1/payment_intents',
    body: ({ input: { off_session, customer: whose, payment_method, description, receipt_email, metadata: own, ...rest } }) => ({
      ...rest,
      customer: whose ?? null,
      payment_method: payment_method ?? null,
      description: description ?? null,
      receipt_email: receipt_email ?? null,
      metadata: own ?? null,
      // Without a return address only kinds of payment that need none can be confirmed here.
      ...(rest.confirm ? { off_session, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } : {}),
    }),
    as: FORM,
  },
  output: { schema, sample },
  example: { amount: 1999, currency: 'eur', customer: 'cus_NffrFeUfNV2Hib', metadata: { order: '6735' } },
});

export const paymentCapture = action({
  title: 'Capture payment',
  description: 'Collects a payment that was only authorized.',
  aliases: ['payment intent', 'zahlung', 'einziehen'],
  effect: keyed,
  input: z.strictObject({ payment, amount: amount.optional() }),
  request: { post: '/v1/payment_intents/{{payment}}/capture', body: { amount_to_capture: '{{amount}}' }, as: FORM },
  output: { schema, sample },
  example: { payment: sample.id, amount: 1500 },
});

export const paymentCancel = action({
  title: 'Cancel payment',
  description: 'Cancels a payment that was not collected yet.',
  aliases: ['void', 'payment intent', 'zahlung', 'stornieren'],
  effect: keyed,
  input: z.strictObject({ payment }),
  request: { post: '/v1/payment_intents/{{payment}}/cancel', body: {}, as: FORM },
  output: { schema, sample: { ...sample, status: 'canceled' } },
  example: { payment: sample.id },
});

export const paymentGet = action({
  title: 'Get payment',
  description: 'Reads one payment intent.',
  aliases: ['read', 'payment intent', 'zahlung'],
  effect: 'read',
  input: z.strictObject({ payment }),
  request: { get: '/v1/payment_intents/{{payment}}' },
  output: { schema, sample },
  example: { payment: sample.id },
});

export const paymentList = action({
  title: 'List payments',
  description: 'Payment intents, the newest first.',
  aliases: ['payment intents', 'zahlungen'],
  effect: 'read',
  pages: 'list',
  input: z.strictObject({ customer: customer.optional() }),
  request: { get: '/v1/payment_intents', query: { customer: '{{customer}}' } },
  output: { schema, sample },
  example: { customer: 'cus_NffrFeUfNV2Hib' },
});

export const chargeList = action({
  title: 'List charges',
  description: 'Money that was taken or refused, the newest first.',
  aliases: ['payments', 'abbuchungen'],
  effect: 'read',
  pages: 'list',
  input: z.strictObject({ customer: customer.optional(), payment: payment.optional() }),
  request: { get: '/v1/charges', query: { customer: '{{customer}}', payment_intent: '{{payment}}' } },
  output: { schema, sample: { ...sample, id: 'ch_3MmlLrLkdIwHu7ix0snN0B15' } },
  example: { customer: 'cus_NffrFeUfNV2Hib' },
});

export const refundCreate = action({
  title: 'Refund payment',
  description: 'Gives a payment back, whole or in part.',
  aliases: ['refund', 'erstatten', 'rückzahlung'],
  effect: keyed,
  input: z.strictObject({
    payment,
    amount: amount.optional().meta({ title: 'Amount', description: 'Empty: all of it.', field: { control: 'number' } }),
    reason: field
      .choice('Reason', { duplicate: 'Paid twice', fraudulent: 'Fraud', requested_by_customer: 'The customer asked for it' })
      .optional(),
    metadata,
  }),
  request: {
    post: '/v1/refunds',
    body: { payment_intent: '{{payment}}', amount: '{{amount}}', reason: '{{reason}}', metadata: '{{metadata}}' },
    as: FORM,
  },
  output: { schema: schema.extend({ status: z.string().nullable() }), sample: { ...sample, id: 're_1Nispe2eZvKYlo2Cd31jOCgZ' } },
  example: { payment: sample.id, amount: 500, reason: 'requested_by_customer' },
});
