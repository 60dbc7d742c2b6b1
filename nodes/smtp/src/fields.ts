import { z } from '@millwright/node-sdk';

const ADDRESSES = z.string().max(10_000);

/** Parameters of a mail. */
export const SEND_INPUT = z.strictObject({
  from: z
    .string()
    .max(500)
    .default('')
    .meta({ title: 'From', description: "Default the connection's.", field: { placeholder: 'Ada <ada@example.com>' } }),
  to: ADDRESSES.default('').meta({
    title: 'To',
    description: 'Addresses, with commas between.',
    field: { placeholder: 'grace@example.com' },
  }),
  cc: ADDRESSES.default('').meta({ title: 'Cc' }),
  bcc: ADDRESSES.default('').meta({ title: 'Bcc' }),
  replyTo: ADDRESSES.default('').meta({ title: 'Reply to' }),
  subject: z.string().max(2_000).default('').meta({ title: 'Subject' }),
  text: z
    .string()
    .default('')
    .meta({ title: 'Text', field: { control: 'multiline' } }),
  html: z
    .string()
    .default('')
    .meta({ title: 'HTML', field: { control: 'multiline' } }),
  attachments: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(255),
        content: z.string(),
        encoding: z.enum(['text', 'base64']).default('base64'),
        type: z.string().max(255).default(''),
        cid: z.string().max(255).default(''),
      }),
    )
    .max(50)
    .default([])
    .meta({
      title: 'Attachments',
      description: 'A list of { name, content, encoding: text or base64, type, cid }. HTML shows an image with src="cid:…".',
      field: { control: 'json', placeholder: '[{ "name": "a.txt", "content": "Hi", "encoding": "text" }]' },
    }),
  inReplyTo: z.string().max(1_000).default('').meta({ title: 'In reply to', description: 'Message-ID that this answers.' }),
  references: z
    .string()
    .max(10_000)
    .default('')
    .meta({ title: 'References', description: 'Message-IDs of the thread. Default the one that this answers.' }),
});
