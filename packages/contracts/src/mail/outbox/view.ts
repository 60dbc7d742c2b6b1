import { z } from 'zod';
import { idField, timeField } from '../../fields.ts';

/** Still to be sent, taken by the server, given up, no longer wanted. */
export const MAIL_STATES = ['waiting', 'sent', 'failed', 'canceled'] as const;

/** A mail in a path. */
export const mailParams = z.object({ mailId: idField });

/** A mail of the outbox, never what is in it. */
export const mailSchema = z.object({
  id: z.string(),
  kind: z.enum(['invitation', 'reconnect', 'alert']),
  recipient: z.string(),
  subject: z.string(),
  state: z.enum(MAIL_STATES),
  attempts: z.number(),
  /** When it is tried next; null unless it waits. */
  nextAt: timeField.nullable(),
  error: z.object({ code: z.string(), text: z.string(), at: timeField }).nullable(),
  /** After this it is not sent any more. */
  expiresAt: timeField,
  sentAt: timeField.nullable(),
  createdAt: timeField,
});
export type MailView = z.infer<typeof mailSchema>;
