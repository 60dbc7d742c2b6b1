import { action, z } from '@millwright/node-sdk';
import { customer, FORM, keyed, metadata, text } from '../fields.ts';

const schema = z.object({ id: z.string(), email: z.string().nullable(), name: z.string().nullable() });
const sample = { id: 'cus_NffrFeUfNV2Hib', email: 'ada@example.com', name: 'Ada Lovelace' };
const email = z.email().meta({ title: 'Email', field: { placeholder: 'ada@example.com' } });
const facts = {
  email: email.optional(),
  name: text('Name').optional(),
  phone: text('Phone', 40).optional(),
  description: text('Description', 5000).optional(),
  metadata,
};
const body = { email: '{{email}}', name: '{{name}}', phone: '{{phone}}', description: '{{description}}', metadata: '{{metadata}}' };

export const customerCreate = action({
  title: 'Create customer',
  description: 'Adds a customer. Stripe allows several with one email address.',
  aliases: ['client', 'kunde', 'anlegen'],
  effect: keyed,
  input: z.strictObject(facts),
  request: { post: '/v1/customers', body, as: FORM },
  output: { schema, sample },
  example: { email: 'ada@example.com', name: 'Ada Lovelace', metadata: { order: '6735' } },
});

export const customerUpdate = action({
  title: 'Update customer',
  description: 'Changes what is filled in; the rest stays.',
  aliases: ['edit', 'kunde', 'ändern'],
  effect: keyed,
  input: z.strictObject({ customer, ...facts }),
  request: { post: '/v1/customers/{{customer}}', body, as: FORM },
  output: { schema, sample },
  example: { customer: sample.id, name: 'Ada King' },
});

export const customerGet = action({
  title: 'Get customer',
  description: 'Reads one customer.',
  aliases: ['read', 'kunde', 'lesen'],
  effect: 'read',
  input: z.strictObject({ customer }),
  request: { get: '/v1/customers/{{customer}}' },
  output: { schema, sample },
  example: { customer: sample.id },
});

export const customerList = action({
  title: 'List customers',
  description: 'Customers, the newest first; or those with one email address.',
  aliases: ['find', 'email', 'kunden', 'suchen'],
  effect: 'read',
  pages: 'list',
  input: z.strictObject({ email: email.optional() }),
  request: { get: '/v1/customers', query: { email: '{{email}}' } },
  output: { schema, sample },
  example: { email: 'ada@example.com' },
});

export const customerSearch = action({
  title: 'Search customers',
  description: "Customers by Stripe's search language. What was just changed may be found a minute later.",
  aliases: ['find', 'query', 'kunden', 'suchen'],
  effect: 'read',
  pages: 'search',
  limit: 'search',
  input: z.strictObject({
    query: text('Query').meta({ title: 'Query', field: { placeholder: 'name:"Ada" AND metadata["order"]:"6735"' } }),
  }),
  request: { get: '/v1/customers/search', query: { query: '{{query}}' } },
  output: { schema, sample },
  example: { query: 'email:"ada@example.com"' },
});
