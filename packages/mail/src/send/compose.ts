import MailComposer from 'nodemailer/lib/mail-composer';
import type { RenderedMail } from '../templates/render.ts';

/** A mail as it goes over the wire. */
export interface Letter {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly messageId: string;
  readonly date: Date;
  readonly mail: RenderedMail;
}

/** The name that mails come from where no other is set. */
export const DEFAULT_FROM_NAME = 'Millwright';

/** Headers and both bodies, encoded. Names and subjects cannot end a header: nodemailer encodes them, and nothing is read from files or URLs. */
export async function composeLetter({ from, to, messageId, date, mail }: Letter): Promise<Buffer> {
  const composer = new MailComposer({
    from,
    to: { name: '', address: to },
    messageId,
    date,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    // Out of office notices would come back to nobody (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const node = composer.compile();
  return new Promise((resolve, reject) =>
    node.build((error, message) => (message ? resolve(message) : reject(error ?? new Error('no message')))),
  );
}
