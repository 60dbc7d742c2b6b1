import type { UserId } from '@millwright/core';
import { firstOf, type ExecutorDb, type Queryable, type TenantTx } from '../../queryable.ts';
import { MAIL_CHANNEL } from './channel.ts';

/** How a mail server is talked to: TLS from the first byte, TLS that must be switched to, or in the clear. */
export type MailSecurity = 'tls' | 'starttls' | 'none';

/** The mail server of this install. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: MailSecurity;
  /** Null: the server asks for no account. */
  readonly username: string | null;
  /** Opens only with this install's root key. Null exactly where `username` is. */
  readonly sealedPassword: Uint8Array | null;
  readonly fromAddress: string;
  readonly fromName: string | null;
}

/** How the server answered last. */
export interface MailHealth {
  readonly state: 'untested' | 'working' | 'failing';
  readonly code: string | null;
  readonly text: string | null;
  readonly at: Date | null;
  /** Until then it is not asked again by itself. */
  readonly pausedUntil: Date | null;
}

/** The server and what is known of it. */
export interface MailSettings extends MailServer {
  readonly health: MailHealth;
  readonly updatedAt: Date;
}

interface Row {
  readonly host: string;
  readonly port: number;
  readonly security: MailSecurity;
  readonly username: string | null;
  readonly sealed_password: Buffer | null;
  readonly from_address: string;
  readonly from_name: string | null;
  readonly updated_at: Date;
  readonly health: MailHealth['state'];
  readonly health_code: string | null;
  readonly health_text: string | null;
  readonly health_at: Date | null;
  readonly paused_until: Date | null;
}

/** The settings; null where there are none, or where another workspace has them. */
export async function get(db: Queryable): Promise<MailSettings | null> {
  const row = firstOf(
    await db.query<Row>(`select host, port, security, username, sealed_password, from_address, from_name, updated_at,
      health, health_code, health_text, health_at, paused_until from mail_settings`),
  );
  if (row === null) return null;
  return {
    host: row.host,
    port: row.port,
    security: row.security,
    username: row.username,
    sealedPassword: row.sealed_password === null ? null : new Uint8Array(row.sealed_password),
    fromAddress: row.from_address,
    fromName: row.from_name,
    updatedAt: row.updated_at,
    health: { state: row.health, code: row.health_code, text: row.health_text, at: row.health_at, pausedUntil: row.paused_until },
  };
}

/** Whether the install's mail server is this workspace's to set: the one that the install was set up with. */
export async function isOurs(tx: TenantTx): Promise<boolean> {
  return (await tx.query('select 1 from installation where workspace_id = $1', [tx.workspaceId])).count > 0;
}

/** Enters or changes the server. What was known of the old one is forgotten, and whoever sends is told. */
export async function put(tx: TenantTx, server: MailServer, by: UserId): Promise<void> {
  await tx.query(
    `insert into mail_settings (host, port, security, username, sealed_password, from_address, from_name, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (singleton) do update set host = excluded.host, port = excluded.port, security = excluded.security,
       username = excluded.username, sealed_password = excluded.sealed_password, from_address = excluded.from_address,
       from_name = excluded.from_name, updated_by = excluded.updated_by, updated_at = now(),
       health = 'untested', health_code = null, health_text = null, health_at = null, faults = 0, paused_until = null`,
    [
      server.host,
      server.port,
      server.security,
      server.username,
      server.sealedPassword === null ? null : Buffer.from(server.sealedPassword),
      server.fromAddress,
      server.fromName,
      by,
    ],
  );
  await tx.query(`select pg_notify('${MAIL_CHANNEL}', '')`);
}

/** @returns false when there was none */
export async function remove(tx: TenantTx): Promise<boolean> {
  return (await tx.query('delete from mail_settings')).count > 0;
}

/** The server took a mail: what waits may go at once. */
export async function working(db: ExecutorDb): Promise<void> {
  await db.query(
    `update mail_settings set health = 'working', health_code = null, health_text = null, health_at = now(), faults = 0, paused_until = null`,
  );
}

/** Longest pause between two tries of a server that does not take mails, and the first one, in s. */
const MOST_PAUSE_S = 300;
const FIRST_PAUSE_S = 10;

/** The server takes no mails at all: it is left alone for a while, twice as long each time, five minutes at most. */
export async function failing(db: ExecutorDb, fault: { readonly code: string; readonly text: string }): Promise<void> {
  await db.query(
    `update mail_settings set health = 'failing', health_code = $1, health_text = $2, health_at = now(), faults = faults + 1,
       paused_until = now() + make_interval(secs => least($3 * power(2, least(faults, 20)), $4))`,
    [fault.code, fault.text, FIRST_PAUSE_S, MOST_PAUSE_S],
  );
}
