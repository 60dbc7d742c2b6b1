import { field, form, idempotent, z } from '@millwright/node-sdk';

/** Stripe's forms nest by brackets and number their lists. */
export const FORM = form({ lists: 'indices' });

/** Every POST takes a key, which Stripe keeps for 24 hours. */
export const keyed = idempotent.header('Idempotency-Key', { ttl: '24h' });

/** An id of Stripe's. @param placeholder one as it looks */
export const id = (title: string, placeholder: string) => z.string().min(1).max(255).meta({ title, field: { placeholder } });

/** A line of text. */
export const text = (title: string, max = 500) => z.string().min(1).max(max).meta({ title });

/** An amount of money in the currency's smallest unit. */
export const amount = z
  .int()
  .min(0)
  .max(99_999_999)
  .meta({
    title: 'Amount',
    description: "In the currency's smallest unit: 1999 is 19.99 €.",
    field: { control: 'number' },
  });

/** Three letters, ISO 4217. */
export const currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/)
  .meta({ title: 'Currency', description: 'Three letters.', field: { placeholder: 'eur' } });

/** Texts of one's own by name. */
export const metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .optional()
  .meta({ title: 'Metadata', description: 'An object of texts, kept with it: { "order": "6735" }.', field: { control: 'json' } });

/** Whose; chosen from a list. */
export const customer = id('Customer', 'cus_NffrFeUfNV2Hib').meta({
  title: 'Customer',
  field: { placeholder: 'cus_NffrFeUfNV2Hib', load: { options: 'customers', fromUrl: 'dashboard\\.stripe\\.com/.*customers/(cus_\\w+)' } },
});

/** A yes or no that is off until it is chosen. */
export const off = (title: string) => field.flag(title).default(false);
