import { UserError, type z } from '@millwright/node-sdk';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { SEND_INPUT } from './fields.ts';

/** A mail as it goes over the wire. */
export interface Letter {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly messageId: string;
  readonly bytes: Buffer;
}

/** What a letter is made of beside its input. */
export interface Making {
  /** Where the input names nobody. */
  readonly defaultFrom: string;
  /** Becomes the Message-ID: the same on every try, so that a mail can be found again. */
  readonly key: string;
  readonly nowMs: number;
}

/** What most servers take. */
const MOST_BYTES = 25 * 1024 * 1024;

function invalid(field: string, message: string, hint: string): UserError {
  return new UserError('invalid', { code: 'parameter_invalid', message, hint, details: { field: `parameters.${field}`, sent: false } });
}

function bytesOf({ content, encoding }: z.output<typeof SEND_INPUT>['attachments'][number], index: number): Buffer {
  if (encoding === 'text') return Buffer.from(content);
  if (/^[A-Za-z0-9+/=\s]*$/.test(content)) return Buffer.from(content, 'base64');
  throw invalid(`attachments.${index}.content`, 'the content of an attachment is not base64', 'Set its encoding to text, or encode it.');
}

/**
 * Headers, both bodies and attachments, encoded. Line breaks in subjects and names cannot end a header: nodemailer encodes them, and
 * nothing is read from files or addresses.
 * @throws UserError `parameter_invalid`
 */
export async function composeLetter(input: z.output<typeof SEND_INPUT>, { defaultFrom, key, nowMs }: Making): Promise<Letter> {
  const from = input.from.trim() === '' ? defaultFrom : input.from;
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1];
  if (domain === undefined)
    throw invalid('from', `"${from.slice(0, 100)}" is no sender`, 'Write an address: ada@example.com, or Ada <ada@example.com>.');
  const messageId = `<${key}@${domain}>`;
  const { to, cc, bcc, replyTo, subject, text, html, inReplyTo, references } = input;
  const node = new MailComposer({
    from,
    to,
    cc,
    bcc,
    subject,
    messageId,
    date: new Date(nowMs),
    ...(replyTo === '' ? {} : { replyTo }),
    ...(text === '' && html !== '' ? {} : { text }),
    ...(html === '' ? {} : { html }),
    ...(inReplyTo === '' ? {} : { inReplyTo, references: references === '' ? inReplyTo : references }),
    attachments: input.attachments.map((one, index) => ({
      filename: one.name,
      content: bytesOf(one, index),
      ...(one.type === '' ? {} : { contentType: one.type }),
      ...(one.cid === '' ? {} : { cid: one.cid }),
    })),
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const envelope = node.getEnvelope();
  const recipients = envelope.to;
  if (typeof envelope.from !== 'string' || envelope.from === '') throw invalid('from', 'there is no sender', 'Write an address.');
  if (recipients.length === 0) throw invalid('to', 'there is no recipient', 'Write at least one address into To, Cc or Bcc.');
  const bytes = await new Promise<Buffer>((resolve, reject) =>
    node.build((error, message) => (message ? resolve(message) : reject(error ?? new Error('no message')))),
  );
  if (bytes.byteLength > MOST_BYTES)
    throw invalid('attachments', `the mail has ${bytes.byteLength} bytes, more than ${MOST_BYTES}`, 'Send a link instead of the file.');
  return { envelope: { from: envelope.from, to: recipients }, messageId, bytes };
}
