import { action, idempotent, z } from '@millwright/node-sdk';
import { properties, recordId, text, valuesOf, wanted } from '../fields.ts';
import { getOf, record, recordSample, searchOf, type RecordKind } from './records.ts';

const email = z.email().meta({ title: 'Email', field: { placeholder: 'ada@example.com' } });
const facts = {
  firstname: text('First name').optional(),
  lastname: text('Last name').optional(),
  phone: text('Phone', 60).optional(),
  company: text('Company').optional(),
};
const sample = { email: 'ada@example.com', firstname: 'Ada' };
const kind: RecordKind = {
  path: 'contacts',
  one: 'contact',
  aliases: ['person', 'crm', 'kontakt'],
  changedAt: 'lastmodifieddate',
  facts,
  sample,
};

export const contactGet = getOf(kind);
export const contactSearch = searchOf(kind);

export const contactUpsert = action({
  title: 'Create or update contact',
  description: 'Changes the contact with an email address, or adds it.',
  aliases: ['upsert', 'person', 'crm', 'kontakt', 'anlegen'],
  effect: idempotent.natural('email'),
  input: z.strictObject({ email, ...facts, properties }),
  request: {
    post: '/crm/v3/objects/contacts/batch/upsert',
    body: ({ input: { email: id, properties: more, ...named } }) => ({
      inputs: [{ idProperty: 'email', id, properties: valuesOf({ email: id, ...named }, more) }],
    }),
  },
  // One was sent: what failed is told in a list beside an empty one of results.
  errors: { partial: { at: 'body.errors', failed: 'message' } },
  output: { at: 'body.results[0]', schema: record, sample: recordSample(sample) },
  example: { ...sample, properties: [{ name: 'lifecyclestage', value: 'lead' }] },
});

export const contactList = action({
  title: 'List contacts',
  description: 'All contacts, the oldest first.',
  aliases: ['all', 'person', 'crm', 'kontakte'],
  effect: 'read',
  pages: 'crm',
  input: z.strictObject({ properties: wanted }),
  request: { get: '/crm/v3/objects/contacts', query: ({ input }) => ({ properties: input.properties?.join(',') ?? null }) },
  output: { schema: record, sample: recordSample(sample) },
  example: { properties: ['email'] },
});

export const contactDelete = action({
  title: 'Delete contact',
  description: 'Moves a contact to the recycle bin, where it stays for 90 days.',
  aliases: ['archive', 'person', 'kontakt', 'löschen'],
  effect: idempotent.natural('id'),
  input: z.strictObject({ id: recordId('Id of the contact') }),
  request: { delete: '/crm/v3/objects/contacts/{{id}}' },
  output: { schema: z.object({ id: z.string() }), sample: { id: '51401' }, map: (_answer, { input }) => ({ id: input.id }) },
  example: { id: '51401' },
});
