import { newId, type WorkspaceId } from '@millwright/core';
import { pageLimit, readCursor, toPage, type Page, type PageRequest } from '../../cursor.ts';
import { firstOf, type TenantTx } from '../../queryable.ts';
import { MAIL_CHANNEL } from './channel.ts';

/** What a mail tells. */
export type MailKind = 'invitation' | 'reconnect' | 'alert';
/** Where a mail is: still to be sent, taken by the server, given up (its content is kept, it can be sent again), or no longer wanted. */
export type MailState = 'waiting' | 'sent' | 'failed' | 'canceled';

/** A mail as its workspace's admins see it: never what is in it. */
export interface OutboxMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly recipient: string;
  readonly subject: string;
  readonly state: MailState;
  readonly attempts: number;
  /** When it is tried next; says something only while it waits. */
  readonly nextAt: Date;
  readonly error: { readonly code: string; readonly text: string; readonly at: Date } | null;
  readonly expiresAt: Date;
  readonly sentAt: Date | null;
  readonly createdAt: Date;
}

/** A mail that was decided upon. */
export interface NewMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly recipient: string;
  readonly subject: string;
  /** Id of what it tells of. */
  readonly about: string | null;
  readonly messageId: string;
  readonly sealed: Uint8Array;
  /** After this it is of no use and is not sent any more. */
  readonly expiresAt: Date;
}

interface Row {
  readonly id: string;
  readonly kind: MailKind;
  readonly recipient: string;
  readonly subject: string;
  readonly state: MailState;
  readonly attempts: number;
  readonly next_at: Date;
  readonly error_code: string | null;
  readonly error_text: string | null;
  readonly error_at: Date | null;
  readonly expires_at: Date;
  readonly sent_at: Date | null;
  readonly created_at: Date;
  readonly position: string;
}

const SELECT = `select o.id, o.kind, o.recipient, o.subject, o.state, o.attempts, o.next_at, o.error_code, o.error_text, o.error_at, o.expires_at,
  o.sent_at, o.created_at, to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
  from mail_outbox o where o.workspace_id = $1`;

function toMail(row: Row): OutboxMail {
  const { id, kind, recipient, subject, state, attempts } = row;
  return {
    id,
    kind,
    recipient,
    subject,
    state,
    attempts,
    nextAt: row.next_at,
    error: row.error_code === null || row.error_at === null ? null : { code: row.error_code, text: row.error_text ?? '', at: row.error_at },
    expiresAt: row.expires_at,
    sentAt: row.sent_at,
    createdAt: row.created_at,
  };
}

/** The id of a mail to be. */
export function newMailId(): string {
  return newId('mail');
}

/** Keeps a mail until the server has taken it, and tells whoever sends; both when the transaction commits. */
export async function add(tx: TenantTx, mail: NewMail): Promise<void> {
  await tx.query(
    `insert into mail_outbox (workspace_id, id, kind, recipient, subject, about, message_id, sealed, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.workspaceId,
      mail.id,
      mail.kind,
      mail.recipient,
      mail.subject,
      mail.about,
      mail.messageId,
      Buffer.from(mail.sealed),
      mail.expiresAt,
    ],
  );
  await tx.query(`select pg_notify('${MAIL_CHANNEL}', '')`);
}

/** Mails of the workspace, the newest first. @throws UserError `cursor_invalid` */
export async function list(tx: TenantTx, request: PageRequest & { readonly state?: MailState | undefined }): Promise<Page<OutboxMail>> {
  const limit = pageLimit(request);
  const from = readCursor(request.cursor);
  const { rows } = await tx.query<Row>(
    `${SELECT} and ($2::text is null or o.state = $2)
       and ($3::timestamptz is null or (o.created_at, o.id) < ($3::timestamptz, $4))
     order by o.created_at desc, o.id desc limit $5`,
    [tx.workspaceId, request.state ?? null, from?.at ?? null, from?.id ?? null, limit + 1],
  );
  return toPage(rows, limit, { position: (row) => ({ at: row.position, id: row.id }), map: toMail });
}

/** How many there are in each state that asks for attention. */
export async function counts(tx: TenantTx): Promise<{ readonly waiting: number; readonly failed: number }> {
  const row = firstOf(
    await tx.query<{ waiting: number; failed: number }>(
      `select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'failed')::int as failed
       from mail_outbox where workspace_id = $1`,
      [tx.workspaceId],
    ),
  );
  return row ?? { waiting: 0, failed: 0 };
}

/**
 * Has a mail sent as soon as can be, with all its attempts again. One that is being sent right now is left alone.
 * @returns the mail; null when there is none, or when it was sent, canceled, or is of no use any more
 */
export async function retry(tx: TenantTx, mailId: string): Promise<OutboxMail | null> {
  const changed = await tx.query(
    `update mail_outbox set state = 'waiting', attempts = case when claimed_until > now() then attempts else 0 end, next_at = now()
     where workspace_id = $1 and id = $2 and state in ('waiting', 'failed') and expires_at > now()`,
    [tx.workspaceId, mailId],
  );
  if (changed.count === 0) return null;
  // A server that is left alone for a while is asked now; rows of other workspaces are out of reach, then the pause stays.
  await tx.query('update mail_settings set paused_until = null');
  await tx.query(`select pg_notify('${MAIL_CHANNEL}', '')`);
  const row = firstOf(await tx.query<Row>(`${SELECT} and o.id = $2`, [tx.workspaceId, mailId]));
  return row === null ? null : toMail(row);
}

/** Takes back what waits about something. What the server has taken already is sent. */
export async function cancelAbout(tx: TenantTx, about: string): Promise<void> {
  await tx.query(
    `update mail_outbox set state = 'canceled', sealed = null where workspace_id = $1 and about = $2 and state in ('waiting', 'failed')`,
    [tx.workspaceId, about],
  );
}

/** Names a mail across workspaces. */
export interface MailRef {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
}
