import { mailOutbox, type TenantTx } from '@millwright/db';
import type { MailSeal } from '../ports.ts';
import type { MailContent, MailLanguage } from '../templates/content.ts';
import { renderMail, type RenderedMail } from '../templates/render.ts';

/** What is told to whom. */
export interface MailToSend {
  /** One address. */
  readonly to: string;
  readonly content: MailContent & { readonly kind: mailOutbox.MailKind };
  readonly language: MailLanguage;
  /** Id of what it tells of, so that it can be taken back; null where it never is. */
  readonly about: string | null;
  /** After this it is of no use. */
  readonly expiresAt: Date;
}

/** Where what is in a mail is sealed. */
export function bodyPlace(workspaceId: string, mailId: string): string {
  return `outbox/${workspaceId}/${mailId}`;
}

/** Where the install has no domain of its own: one that can never exist (RFC 2606). */
const NO_DOMAIN = 'millwright.invalid';

/** The domain of message ids: that of the address under which people reach the install. */
export function messageDomain(publicUrl: string): string {
  const host = URL.parse(publicUrl)?.hostname ?? '';
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(host) && !/^[\d.]+$/.test(host) ? host : NO_DOMAIN;
}

/**
 * Writes a mail into the outbox, in the transaction of what causes it: it is sent if and only if that is committed.
 * It is written out now, so that every attempt sends the same.
 * @returns its id
 */
export async function enqueueMail(
  tx: TenantTx,
  mail: MailToSend,
  { seal, domain }: { readonly seal: MailSeal; readonly domain: string },
): Promise<string> {
  const id = mailOutbox.newMailId();
  const rendered: RenderedMail = renderMail(mail.content, mail.language);
  await mailOutbox.add(tx, {
    id,
    kind: mail.content.kind,
    recipient: mail.to,
    subject: rendered.subject,
    about: mail.about,
    messageId: `<${id}@${domain}>`,
    sealed: seal.seal(bodyPlace(tx.workspaceId, id), JSON.stringify(rendered)),
    expiresAt: mail.expiresAt,
  });
  return id;
}
