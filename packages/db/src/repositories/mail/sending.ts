import type { ExecutorDb } from '../../queryable.ts';
import type { MailRef } from './outbox.ts';

/** A mail that this process sends. Nobody else does until the claim runs out. */
export interface ClaimedMail extends MailRef {
  readonly claim: string;
  readonly recipient: string;
  readonly messageId: string;
  readonly sealed: Uint8Array;
  /** This one included. */
  readonly attempts: number;
  readonly createdAt: Date;
}

/** Why a mail was not taken. */
export interface MailError {
  readonly code: string;
  readonly text: string;
}

const MINE = `workspace_id = $1 and id = $2 and claim = $3`;

function key(mail: ClaimedMail): readonly string[] {
  return [mail.workspaceId, mail.id, mail.claim];
}

/**
 * Takes mails that are due, the longest due first; none while the server is left alone or there is none. What another process is
 * taking right now is passed over; a claim that ran out (its process died) is taken again.
 * @param how `claim`: of this time and process; `limit`: mails; `leaseS`: how long nobody else may
 */
export async function claimDue(
  db: ExecutorDb,
  how: { readonly claim: string; readonly limit: number; readonly leaseS: number },
): Promise<readonly ClaimedMail[]> {
  const { rows } = await db.query<{
    workspace_id: string;
    id: string;
    recipient: string;
    message_id: string;
    sealed: Buffer;
    attempts: number;
    created_at: Date;
  }>(
    `with due as (
       select workspace_id, id from mail_outbox
       where state = 'waiting' and next_at <= now() and expires_at > now() and (claimed_until is null or claimed_until <= now())
         and exists (select 1 from mail_settings where paused_until is null or paused_until <= now())
       order by next_at, id limit $2 for update skip locked)
     update mail_outbox o set claim = $1, claimed_until = now() + make_interval(secs => $3), attempts = o.attempts + 1
     from due where o.workspace_id = due.workspace_id and o.id = due.id
     returning o.workspace_id, o.id, o.recipient, o.message_id, o.sealed, o.attempts, o.created_at`,
    [how.claim, how.limit, how.leaseS],
  );
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    id: row.id,
    claim: how.claim,
    recipient: row.recipient,
    messageId: row.message_id,
    sealed: new Uint8Array(row.sealed),
    attempts: row.attempts,
    createdAt: row.created_at,
  }));
}

/** Holds a mail for as long again. @returns false when it is not ours any more, or no longer wanted: do not send it */
export async function hold(db: ExecutorDb, mail: ClaimedMail, leaseS: number): Promise<boolean> {
  const held = await db.query(
    `update mail_outbox set claimed_until = now() + make_interval(secs => $4) where ${MINE} and state = 'waiting'`,
    [...key(mail), leaseS],
  );
  return held.count > 0;
}

/** The server took it. Counts even where the claim ran out or the mail was canceled meanwhile: it is sent. */
export async function sent(db: ExecutorDb, { workspaceId, id }: MailRef): Promise<void> {
  await db.query(
    `update mail_outbox set state = 'sent', sealed = null, sent_at = now(), claim = null, claimed_until = null,
       error_code = null, error_text = null, error_at = null
     where workspace_id = $1 and id = $2 and state <> 'sent'`,
    [workspaceId, id],
  );
}

/** The server refused this mail for now: it is tried again. @param afterS from now */
export async function postpone(
  db: ExecutorDb,
  mail: ClaimedMail,
  { afterS, ...error }: MailError & { readonly afterS: number },
): Promise<void> {
  await db.query(
    `update mail_outbox set claim = null, claimed_until = null, next_at = now() + make_interval(secs => $4),
       error_code = $5, error_text = $6, error_at = now() where ${MINE}`,
    [...key(mail), afterS, error.code, error.text],
  );
}

/** It was not this mail's fault: it waits as before, and this attempt does not count. @param error null where it was not tried at all */
export async function release(db: ExecutorDb, mail: ClaimedMail, error: MailError | null): Promise<void> {
  await db.query(
    `update mail_outbox set claim = null, claimed_until = null, attempts = greatest(attempts - 1, 0),
       error_code = coalesce($4, error_code), error_text = coalesce($5, error_text), error_at = case when $4::text is null then error_at else now() end
     where ${MINE}`,
    [...key(mail), error?.code ?? null, error?.text ?? null],
  );
}

/** It is given up; a person can have it tried again. */
export async function giveUp(db: ExecutorDb, mail: ClaimedMail, error: MailError): Promise<void> {
  await db.query(
    `update mail_outbox set state = 'failed', claim = null, claimed_until = null, error_code = $4, error_text = $5, error_at = now()
     where ${MINE} and state = 'waiting'`,
    [...key(mail), error.code, error.text],
  );
}

/** Gives up what is of no use any more. @returns how many */
export async function expire(db: ExecutorDb): Promise<number> {
  const { count } = await db.query(
    `update mail_outbox set state = 'failed', error_code = 'mail_expired',
       error_text = coalesce(error_text, ''), error_at = now()
     where state = 'waiting' and expires_at <= now() and (claimed_until is null or claimed_until <= now())`,
  );
  return count;
}
