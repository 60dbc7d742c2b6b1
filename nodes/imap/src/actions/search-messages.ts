import { defineAction, UserError, z } from '@millwright/node-sdk';
import type { SearchObject } from 'imapflow';
import { accepted } from '../failures.ts';
import { SUMMARY, SUMMARY_SAMPLE, SUMMARY_QUERY, toSummary } from '../messages.ts';
import { CREDENTIALS } from '../server.ts';
import { atMailbox, TIME_MS } from '../session.ts';

const TEXT = z.string().max(1_000).default('');
const INPUT = z.strictObject({
  mailbox: z
    .string()
    .min(1)
    .max(500)
    .default('INBOX')
    .meta({ title: 'Mailbox', field: { placeholder: 'INBOX' } }),
  seen: z
    .enum(['any', 'unseen', 'seen'])
    .default('any')
    .meta({
      title: 'Read',
      field: { control: 'options', options: { any: 'All', unseen: 'Only unread', seen: 'Only read' }, expression: false },
    }),
  from: TEXT.meta({ title: 'From' }),
  to: TEXT.meta({ title: 'To' }),
  subject: TEXT.meta({ title: 'Subject' }),
  text: TEXT.meta({ title: 'Text', description: 'Anywhere in the message.' }),
  since: z
    .string()
    .max(40)
    .default('')
    .meta({ title: 'Received since', description: 'A day; IMAP knows no times.', field: { control: 'dateTime' } }),
  before: z
    .string()
    .max(40)
    .default('')
    .meta({ title: 'Received before', field: { control: 'dateTime' } }),
  messageId: TEXT.meta({ title: 'Message-ID', description: 'The message itself.' }),
  threadOf: TEXT.meta({ title: 'Thread of', description: 'A Message-ID: it and everything that answers it.' }),
  afterUid: z
    .int()
    .min(0)
    .default(0)
    .meta({ title: 'After UID', description: 'Only what came after this message.', field: { control: 'number' } }),
  maxItems: z
    .int()
    .min(1)
    .max(1_000)
    .default(50)
    .meta({ title: 'Messages at most', description: 'The newest.', field: { control: 'number' } }),
});

function dayOf(text: string, field: string): Date {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  throw new UserError('invalid', {
    code: 'parameter_invalid',
    message: `"${text}" is no date`,
    hint: 'Write a date such as 2026-11-21.',
    details: { field: `parameters.${field}`, sent: false },
  });
}

/** The criteria in IMAP's words; all of them have to hold. */
function criteriaOf(input: z.output<typeof INPUT>): SearchObject {
  const { seen, threadOf, messageId, since, before, afterUid } = input;
  const texts = (['from', 'to', 'subject', 'text'] as const).filter((name) => input[name] !== '').map((name) => [name, input[name]]);
  const inThread = ['message-id', 'references', 'in-reply-to'].map((name) => ({ header: { [name]: threadOf } }));
  const all = [texts.length, seen === 'any' ? 0 : 1, threadOf.length, messageId.length, since.length, before.length, afterUid].every(
    (one) => one === 0,
  );
  return {
    ...(all ? { all: true } : Object.fromEntries(texts)),
    ...(seen === 'any' ? {} : { seen: seen === 'seen' }),
    ...(threadOf === '' ? {} : { or: inThread }),
    ...(messageId === '' ? {} : { header: { 'message-id': messageId } }),
    ...(since === '' ? {} : { since: dayOf(since, 'since') }),
    ...(before === '' ? {} : { before: dayOf(before, 'before') }),
    ...(afterUid === 0 ? {} : { uid: `${afterUid + 1}:*` }),
  };
}

/** Finds messages. */
export const searchMessages = defineAction({
  type: 'imap.messageSearch',
  version: 1,
  title: 'IMAP: Search messages',
  description: 'Finds messages of a mailbox: their senders, subjects, threads, not their content.',
  category: 'apps',
  icon: 'mail-search',
  aliases: ['email', 'inbox', 'thread', 'list', 'suchen', 'nachricht', 'posteingang'],
  effect: 'read',
  timeoutMs: TIME_MS,
  credentials: CREDENTIALS,
  input: INPUT,
  output: SUMMARY,
  sample: { ...SUMMARY_SAMPLE, flags: ['\\Seen'] },
  run: async (context) => {
    const { mailbox, maxItems, afterUid } = context.input;
    const criteria = criteriaOf(context.input);
    return atMailbox(context, { mailbox, uidValidity: '', readOnly: true }, async ({ client, uidValidity }) => {
      const found = accepted(await client.search(criteria, { uid: true }), client);
      // `n:*` names the last message even where its number is smaller.
      const newest = found
        .filter((uid) => uid > afterUid)
        .sort((one, other) => other - one)
        .slice(0, maxItems);
      if (newest.length === 0) return [];
      const messages = await client.fetchAll(newest.join(','), SUMMARY_QUERY, { uid: true });
      return messages.map((message) => toSummary(message, { mailbox, uidValidity })).sort((one, other) => other.uid - one.uid);
    });
  },
});
