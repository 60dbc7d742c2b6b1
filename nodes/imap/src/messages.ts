import { z } from '@millwright/node-sdk';
import type { FetchMessageObject, FetchQueryObject, MessageStructureObject } from 'imapflow';

const ADDRESS = z.object({ name: z.string(), address: z.string() });

/** What a search gives of a message. */
export const SUMMARY = z.object({
  uid: z.int(),
  mailbox: z.string(),
  uidValidity: z.string(),
  messageId: z.string(),
  inReplyTo: z.string(),
  /** Message-IDs of its thread, the oldest first. */
  references: z.array(z.string()),
  subject: z.string(),
  from: z.array(ADDRESS),
  to: z.array(ADDRESS),
  cc: z.array(ADDRESS),
  sentAt: z.string(),
  receivedAt: z.string(),
  flags: z.array(z.string()),
  bytes: z.int(),
  attachments: z.int(),
});

/** One summary. */
export type Summary = z.output<typeof SUMMARY>;

/** A message as an example. */
export const SUMMARY_SAMPLE: z.input<typeof SUMMARY> = {
  uid: 7,
  mailbox: 'INBOX',
  uidValidity: '1',
  messageId: '<1@example.com>',
  inReplyTo: '',
  references: [],
  subject: 'Hello',
  from: [{ name: 'Ada', address: 'ada@example.com' }],
  to: [{ name: '', address: 'grace@example.com' }],
  cc: [],
  flags: [],
  sentAt: '2026-11-21T10:00:00.000Z',
  receivedAt: '2026-11-21T10:00:01.000Z',
  bytes: 1234,
  attachments: 0,
};

/** What is fetched for a summary. */
export const SUMMARY_QUERY: FetchQueryObject = {
  uid: true,
  envelope: true,
  flags: true,
  size: true,
  internalDate: true,
  bodyStructure: true,
  headers: ['references'],
};

/** A part of a message that holds content. */
export interface Leaf {
  readonly part: string;
  readonly type: string;
  readonly encoding: string;
  readonly charset: string;
  readonly name: string;
  readonly bytes: number;
  readonly isAttachment: boolean;
}

/** The parts of a message in their order; nested multiparts are opened, attached messages are not. */
export function leavesOf(node: MessageStructureObject | undefined): readonly Leaf[] {
  if (node === undefined) return [];
  if (node.type.startsWith('multipart/')) return (node.childNodes ?? []).flatMap(leavesOf);
  const name = node.dispositionParameters?.['filename'] ?? node.parameters?.['name'] ?? '';
  const isText = node.type === 'text/plain' || node.type === 'text/html';
  return [
    {
      part: node.part ?? '1',
      type: node.type,
      encoding: (node.encoding ?? '').toLowerCase(),
      charset: node.parameters?.['charset'] ?? 'utf-8',
      name,
      bytes: node.size ?? 0,
      isAttachment: node.disposition === 'attachment' || !isText || name !== '',
    },
  ];
}

function iso(date: Date | string | undefined): string {
  const ms = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString();
}

function addresses(
  list: readonly { readonly name?: string | undefined; readonly address?: string | undefined }[] = [],
): z.output<typeof ADDRESS>[] {
  return list.map(({ name = '', address = '' }) => ({ name, address }));
}

/** A fetched message as a summary. */
export function toSummary(message: FetchMessageObject, place: { readonly mailbox: string; readonly uidValidity: string }): Summary {
  const { uid, envelope, flags = new Set(), size = 0, internalDate, bodyStructure, headers } = message;
  return {
    uid,
    ...place,
    messageId: envelope?.messageId ?? '',
    inReplyTo: envelope?.inReplyTo ?? '',
    references: headers?.toString().match(/<[^<>\s]+>/g) ?? [],
    subject: envelope?.subject ?? '',
    from: addresses(envelope?.from),
    to: addresses(envelope?.to),
    cc: addresses(envelope?.cc),
    sentAt: iso(envelope?.date),
    receivedAt: iso(internalDate),
    flags: [...flags].filter((flag) => flag !== '\\Recent'),
    bytes: size,
    attachments: leavesOf(bodyStructure).filter(({ isAttachment }) => isAttachment).length,
  };
}

/** Bytes of a part, out of their transfer encoding (RFC 2045 §6). */
export function decodePart(raw: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(raw.toString('latin1'), 'base64');
  if (encoding !== 'quoted-printable') return raw;
  const text = raw.toString('latin1').replaceAll(/=[ \t]*\r?\n/g, '');
  return Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** Text in its character set; one that nobody knows is read as UTF-8. */
export function decodeText(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString();
  }
}
