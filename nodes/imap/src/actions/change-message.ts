import { defineAction, z, type ActionContext, type JsonValue } from '@millwright/node-sdk';
import { accepted, messageMissing } from '../failures.ts';
import { CHANGED, PLACE } from '../fields.ts';
import { CREDENTIALS } from '../server.ts';
import { atMailbox, TIME_MS, type Opened, type Place } from '../session.ts';

/** What all changes have: doing them again changes nothing more, since a UID names one message for good. */
const WRITE = {
  version: 1,
  category: 'apps',
  effect: 'write',
  onLostAnswer: 'resend',
  timeoutMs: TIME_MS,
  credentials: CREDENTIALS,
  output: CHANGED,
} as const;
const SAMPLE = { uid: 7, mailbox: 'INBOX', newUid: null };

/** Opens the mailbox, sees that the message is there, stores that the change leaves, and makes it. */
function change<T>(
  context: Pick<ActionContext<Place & { readonly uid: number }>, 'sockets' | 'input'>,
  make: (opened: Opened, uid: string) => Promise<T>,
): Promise<T> {
  const { uid, mailbox, uidValidity } = context.input;
  return atMailbox(context, { mailbox, uidValidity, readOnly: false }, async (opened) => {
    if (!(await opened.client.fetchOne(String(uid), { uid: true }, { uid: true }))) throw messageMissing(uid);
    await opened.begin(context.input as unknown as JsonValue);
    return make(opened, String(uid));
  });
}

/** Sets and takes away flags. */
export const flagMessage = defineAction({
  ...WRITE,
  type: 'imap.messageFlag',
  title: 'IMAP: Flag message',
  description: 'Marks a message as read, answered or flagged, or takes the mark away.',
  icon: 'flag',
  aliases: ['email', 'seen', 'star', 'gelesen', 'markieren'],
  input: z.strictObject({
    ...PLACE,
    add: z
      .array(z.string().min(1).max(100))
      .max(20)
      .default([])
      .meta({ title: 'Set', description: 'A list such as ["\\\\Seen", "\\\\Flagged"].', field: { control: 'json' } }),
    remove: z
      .array(z.string().min(1).max(100))
      .max(20)
      .default([])
      .meta({ title: 'Take away', field: { control: 'json' } }),
  }),
  sample: SAMPLE,
  run: (context) =>
    change(context, async ({ client }, range) => {
      const { uid, mailbox, add, remove } = context.input;
      if (add.length > 0) accepted(await client.messageFlagsAdd(range, add, { uid: true }), client);
      if (remove.length > 0) accepted(await client.messageFlagsRemove(range, remove, { uid: true }), client);
      return { uid, mailbox, newUid: null };
    }),
});

/** Moves a message to another mailbox. */
export const moveMessage = defineAction({
  ...WRITE,
  type: 'imap.messageMove',
  title: 'IMAP: Move message',
  description: 'Moves a message to another mailbox.',
  icon: 'folder-input',
  aliases: ['email', 'archive', 'verschieben', 'archivieren'],
  input: z.strictObject({
    ...PLACE,
    to: z
      .string()
      .min(1)
      .max(500)
      .meta({ title: 'To mailbox', field: { placeholder: 'Archive' } }),
  }),
  sample: { uid: 7, mailbox: 'Archive', newUid: 12 },
  run: (context) =>
    change(context, async ({ client }, range) => {
      const { uid, to } = context.input;
      const moved = accepted(await client.messageMove(range, to, { uid: true }), client);
      return { uid, mailbox: to, newUid: moved.uidMap?.get(uid) ?? null };
    }),
});

/** Deletes a message for good. */
export const deleteMessage = defineAction({
  ...WRITE,
  type: 'imap.messageDelete',
  title: 'IMAP: Delete message',
  description: 'Deletes a message for good. To be able to bring it back, move it to the trash instead.',
  icon: 'trash-2',
  aliases: ['email', 'remove', 'expunge', 'löschen'],
  input: z.strictObject(PLACE),
  sample: SAMPLE,
  run: (context) =>
    change(context, async ({ client }, range) => {
      const { uid, mailbox } = context.input;
      accepted(await client.messageDelete(range, { uid: true }), client);
      return { uid, mailbox, newUid: null };
    }),
});
