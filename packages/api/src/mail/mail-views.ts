import type { MailSettingsView, MailView } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { mailOutbox, mailSettings, type TenantTx } from '@millwright/db';

function iso(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}

/** The settings as the wire shows them. */
export async function viewMailSettings(tx: TenantTx): Promise<MailSettingsView> {
  const [isOurs, settings, counts] = [await mailSettings.isOurs(tx), await mailSettings.get(tx), await mailOutbox.counts(tx)];
  if (settings === null)
    return { isOurs, server: null, health: { state: 'unset', code: null, text: null, at: null, pausedUntil: null }, counts };
  const { host, port, security, username, sealedPassword, fromAddress, fromName, updatedAt, health } = settings;
  return {
    isOurs,
    server: {
      host,
      port,
      security,
      fromAddress,
      username: username ?? '',
      hasPassword: sealedPassword !== null,
      fromName: fromName ?? '',
      updatedAt: updatedAt.toISOString(),
    },
    health: { ...health, at: iso(health.at), pausedUntil: iso(health.pausedUntil) },
    counts,
  };
}

/** A mail as the wire shows it. */
export function toMailView({ nextAt, error, expiresAt, sentAt, createdAt, ...mail }: mailOutbox.OutboxMail): MailView {
  return {
    ...mail,
    nextAt: mail.state === 'waiting' ? nextAt.toISOString() : null,
    error: error === null ? null : { ...error, at: error.at.toISOString() },
    expiresAt: expiresAt.toISOString(),
    sentAt: iso(sentAt),
    createdAt: createdAt.toISOString(),
  };
}

/** @throws UserError `mail_elsewhere` (forbidden) where another workspace sets the mail server */
export async function requireOurs(tx: TenantTx): Promise<void> {
  if (await mailSettings.isOurs(tx)) return;
  throw new UserError('forbidden', {
    code: 'mail_elsewhere',
    message: 'The mail server of this install is set in the workspace that it was set up with.',
    hint: 'Ask an owner or admin there.',
  });
}
