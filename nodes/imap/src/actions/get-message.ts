import { ConnectorError, defineAction, z } from '@millwright/node-sdk';
import { messageMissing } from '../failures.ts';
import { PLACE } from '../fields.ts';
import { decodePart, decodeText, leavesOf, SUMMARY, SUMMARY_QUERY, toSummary, type Leaf } from '../messages.ts';
import { CREDENTIALS } from '../server.ts';
import { atMailbox, TIME_MS } from '../session.ts';

/** Most bytes of the parts of one message, before they are decoded. */
const MOST_BYTES = 8 * 1024 * 1024;
const FILE = z.object({ name: z.string(), type: z.string(), bytes: z.int(), base64: z.string() });

function textOf(leaves: readonly Leaf[], type: string, parts: ReadonlyMap<string, Buffer>): string {
  const own = leaves.filter((leaf) => leaf.type === type && !leaf.isAttachment);
  return own.map(({ part, encoding, charset }) => decodeText(decodePart(parts.get(part) ?? Buffer.alloc(0), encoding), charset)).join('\n');
}

function wantedOf(leaves: readonly Leaf[], withFiles: boolean): readonly Leaf[] {
  const wanted = leaves.filter(({ isAttachment }) => withFiles || !isAttachment);
  const bytes = wanted.reduce((sum, leaf) => sum + leaf.bytes, 0);
  if (bytes <= MOST_BYTES) return wanted;
  throw new ConnectorError('permanent', {
    code: 'imap_message_too_large',
    message: `the message has ${bytes} bytes, more than ${MOST_BYTES}`,
    hint: 'Read it without its attachments.',
    details: { sent: false },
  });
}

/** Reads one message whole. */
export const getMessage = defineAction({
  type: 'imap.messageGet',
  version: 1,
  title: 'IMAP: Get message',
  description: 'Reads a message with its text, HTML and attachments. It stays unread.',
  category: 'apps',
  icon: 'mail-open',
  aliases: ['email', 'read', 'attachment', 'lesen', 'anhang'],
  effect: 'read',
  timeoutMs: TIME_MS,
  credentials: CREDENTIALS,
  input: z.strictObject({
    ...PLACE,
    attachments: z
      .boolean()
      .default(false)
      .meta({ title: 'With attachments', description: 'As base64.', field: { control: 'switch', expression: false } }),
  }),
  output: SUMMARY.extend({ text: z.string(), html: z.string(), files: z.array(FILE) }),
  sample: {
    uid: 7,
    mailbox: 'INBOX',
    uidValidity: '1',
    messageId: '<1@example.com>',
    inReplyTo: '',
    references: [],
    subject: 'Hello',
    from: [],
    to: [],
    cc: [],
    sentAt: '',
    receivedAt: '',
    flags: [],
    bytes: 1234,
    attachments: 0,
    text: 'Hi',
    html: '',
    files: [],
  },
  run: async (context) => {
    const { uid, attachments: withFiles, ...place } = context.input;
    return atMailbox(context, { ...place, readOnly: true }, async ({ client, uidValidity }) => {
      const head = await client.fetchOne(String(uid), SUMMARY_QUERY, { uid: true });
      if (!head) throw messageMissing(uid);
      const leaves = leavesOf(head.bodyStructure);
      const wanted = wantedOf(leaves, withFiles);
      const body =
        wanted.length === 0 ? false : await client.fetchOne(String(uid), { bodyParts: wanted.map(({ part }) => part) }, { uid: true });
      const parts = (body && body.bodyParts) || new Map<string, Buffer>();
      const files = wanted
        .filter(({ isAttachment }) => isAttachment)
        .map(({ part, encoding, name, type }) => {
          const bytes = decodePart(parts.get(part) ?? Buffer.alloc(0), encoding);
          return { name, type, bytes: bytes.byteLength, base64: bytes.toString('base64') };
        });
      const summary = toSummary(head, { mailbox: place.mailbox, uidValidity });
      return { ...summary, text: textOf(leaves, 'text/plain', parts), html: textOf(leaves, 'text/html', parts), files };
    });
  },
});
