import { z } from 'zod';
import { emailField, timeField } from '../../fields.ts';

/** TLS from the first byte (465), TLS that must be switched to (587), or none. */
const MAIL_SECURITY = ['tls', 'starttls', 'none'] as const;

const hostField = z
  .string()
  .trim()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|[0-9a-f:.]*:[0-9a-f:.]*)$/i, 'not the name or address of a server');

/** An empty text means none. */
const lineField = z
  .string()
  .trim()
  .max(500)
  // oxlint-disable-next-line no-control-regex -- keeping control characters out is what this expression is for
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'must be one line');

/** What can be set. `password` left out keeps the one that is stored; without a `username` none is kept. */
export const mailServerField = z
  .strictObject({
    host: hostField,
    port: z.number().int().min(1).max(65_535),
    security: z.enum(MAIL_SECURITY),
    username: lineField,
    password: z.string().min(1).max(1_000).optional(),
    fromAddress: emailField,
    fromName: lineField.max(100),
  })
  .refine(({ security, username }) => security !== 'none' || username === '', {
    path: ['security'],
    message: 'a password is only sent over an encrypted connection',
  });

/** The mail server of this install, without its password, and how it stands. */
export const mailSettingsSchema = z.object({
  /** Whether this workspace sets it: the one that the install was set up with. */
  isOurs: z.boolean(),
  /** Null while none is set, or another workspace has it. */
  server: z
    .object({
      host: z.string(),
      port: z.number(),
      security: z.enum(MAIL_SECURITY),
      username: z.string(),
      hasPassword: z.boolean(),
      fromAddress: z.string(),
      fromName: z.string(),
      updatedAt: timeField,
    })
    .nullable(),
  health: z.object({
    state: z.enum(['unset', 'untested', 'working', 'failing']),
    /** Stable, such as `mail_sign_in`; null unless failing. */
    code: z.string().nullable(),
    /** The server's own words. */
    text: z.string().nullable(),
    at: timeField.nullable(),
    /** Until then it is left alone; mails wait. */
    pausedUntil: timeField.nullable(),
  }),
  /** Mails of this workspace. */
  counts: z.object({ waiting: z.number(), failed: z.number() }),
});
export type MailSettingsView = z.infer<typeof mailSettingsSchema>;
