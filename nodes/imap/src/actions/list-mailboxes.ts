import { defineAction, z } from '@millwright/node-sdk';
import { CREDENTIALS } from '../server.ts';
import { TIME_MS, withClient } from '../session.ts';

/** The mailboxes of an account. */
export const listMailboxes = defineAction({
  type: 'imap.mailboxList',
  version: 1,
  title: 'IMAP: List mailboxes',
  description: 'Lists the folders of a mailbox, with how much is in them.',
  category: 'apps',
  icon: 'folders',
  aliases: ['email', 'folder', 'ordner', 'postfach'],
  effect: 'read',
  timeoutMs: TIME_MS,
  credentials: CREDENTIALS,
  input: z.strictObject({}),
  output: z.object({ path: z.string(), name: z.string(), use: z.string(), messages: z.int().nullable(), unseen: z.int().nullable() }),
  sample: { path: 'INBOX', name: 'INBOX', use: '\\Inbox', messages: 12, unseen: 3 },
  run: (context) =>
    withClient(context, async ({ client }) => {
      const list = await client.list({ statusQuery: { messages: true, unseen: true } });
      return list.map(({ path, name, specialUse = '', status }) => ({
        path,
        name,
        use: specialUse,
        messages: status?.messages ?? null,
        unseen: status?.unseen ?? null,
      }));
    }),
});
