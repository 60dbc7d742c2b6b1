import { z } from '@millwright/node-sdk';

/** Where a message is. */
export const PLACE = {
  mailbox: z
    .string()
    .min(1)
    .max(500)
    .default('INBOX')
    .meta({ title: 'Mailbox', field: { placeholder: 'INBOX' } }),
  uid: z
    .int()
    .min(1)
    .meta({ title: 'UID', description: 'Number of the message in its mailbox, as a search gives it.', field: { control: 'number' } }),
  uidValidity: z
    .string()
    .max(20)
    .default('')
    .meta({ title: 'UID validity', description: 'As the search gave it: another one means that numbers changed, and nothing is done.' }),
};

/** What a change says. */
export const CHANGED = z.object({ uid: z.int(), mailbox: z.string(), newUid: z.int().nullable() });
