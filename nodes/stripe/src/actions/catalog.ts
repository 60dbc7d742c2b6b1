import { action, field, z } from '@millwright/node-sdk';
import { amount, currency, FORM, id, keyed, metadata, text } from '../fields.ts';

const product = { id: 'prod_NWjs8kKbJWmuuc', name: 'Gold plan', active: true };
const price = { id: 'price_1MoBy5LkdIwHu7ixZhnattbh', currency: 'eur', unit_amount: 1999 };

export const productCreate = action({
  title: 'Create product',
  description: 'Adds something that is sold.',
  aliases: ['goods', 'produkt', 'artikel'],
  effect: keyed,
  input: z.strictObject({ name: text('Name'), description: text('Description', 5000).optional(), metadata }),
  request: { post: '/v1/products', body: { name: '{{name}}', description: '{{description}}', metadata: '{{metadata}}' }, as: FORM },
  output: { schema: z.object({ id: z.string(), name: z.string(), active: z.boolean() }), sample: product },
  example: { name: 'Gold plan' },
});

export const priceCreate = action({
  title: 'Create price',
  description: 'Says what a product costs, once or again and again.',
  aliases: ['plan', 'preis'],
  effect: keyed,
  input: z.strictObject({
    product: id('Product', product.id),
    amount,
    currency,
    interval: field
      .choice('How often', { once: 'Once', day: 'Every day', week: 'Every week', month: 'Every month', year: 'Every year' })
      .default('once'),
    metadata,
  }),
  request: {
    post: '/v1/prices',
    body: ({ input: { amount: unit_amount, interval, metadata: own, ...rest } }) => ({
      ...rest,
      unit_amount,
      recurring: interval === 'once' ? null : { interval },
      metadata: own ?? null,
    }),
    as: FORM,
  },
  output: { schema: z.object({ id: z.string(), currency: z.string(), unit_amount: z.int().nullable() }), sample: price },
  example: { product: product.id, amount: 1999, currency: 'eur', interval: 'month' },
});

export const checkoutCreate = action({
  title: 'Create checkout page',
  description: 'Makes a page of Stripe on which somebody pays; gives its address.',
  aliases: ['payment link', 'bezahlseite', 'kasse'],
  effect: keyed,
  input: z.strictObject({
    price: id('Price', price.id).meta({ title: 'Price', field: { placeholder: price.id, load: { options: 'prices' } } }),
    quantity: field.int('Quantity').default(1),
    mode: field.choice('Kind', { payment: 'Once', subscription: 'Subscription' }).default('payment'),
    success_url: z.url().meta({ title: 'Address after paying', field: { control: 'url', placeholder: 'https://example.com/thanks' } }),
    customer_email: z.email().optional().meta({ title: 'Email of the customer' }),
    metadata,
  }),
  request: {
    post: '/v1/checkout/sessions',
    body: {
      line_items: [{ price: '{{price}}', quantity: '{{quantity}}' }],
      mode: '{{mode}}',
      success_url: '{{success_url}}',
      customer_email: '{{customer_email}}',
      metadata: '{{metadata}}',
    },
    as: FORM,
  },
  output: {
    schema: z.object({ id: z.string(), url: z.string().nullable() }),
    sample: { id: 'cs_test_a1b2c3', url: 'https://checkout.stripe.com/c/pay/cs_test_a1b2c3' },
  },
  example: { price: price.id, success_url: 'https://example.com/thanks' },
});
