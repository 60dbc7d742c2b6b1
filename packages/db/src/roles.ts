import type { Client } from 'pg';
import { hashHex } from '@millwright/core/hash';

/** The three roles that the product works as; the migrator owns the schema and is never used at run time. */
export type DatabaseRole = 'app' | 'executor' | 'auth';

/** All of them. */
export const DATABASE_ROLES: readonly DatabaseRole[] = ['app', 'executor', 'auth'];

/** Gives a role's password; the caller derives it from the root key, so that it is the same at every start. */
export type RolePassword = (role: DatabaseRole) => string;

/**
 * The cluster-wide name of a role. It carries the database's name, so that databases live side by side;
 * Postgres cuts names at 63 bytes, so a long one is hashed instead.
 */
export function roleName(database: string, role: DatabaseRole): string {
  const name = `${database}_${role}`;
  return Buffer.byteLength(name) <= 63 ? name : `mw_${hashHex(database).slice(0, 40)}_${role}`;
}

/** Quotes an identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Creates what is missing and sets passwords and limits; safe to repeat. Runs in a transaction that holds this database's
 * migration lock; roles of other databases have other names, so two databases never touch the same row.
 */
export async function ensureRoles(client: Client, database: string, password: RolePassword): Promise<void> {
  await client.query(`revoke connect, temporary on database ${quoteName(database)} from public`);
  for (const role of DATABASE_ROLES) {
    const name = roleName(database, role);
    const known = await client.query('select 1 from pg_roles where rolname = $1', [name]);
    const secret = client.escapeLiteral(password(role));
    const verb = known.rowCount === 0 ? 'create' : 'alter';
    await client.query(
      `${verb} role ${quoteName(name)} login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${secret}`,
    );
    await client.query(`grant connect on database ${quoteName(database)} to ${quoteName(name)}`);
  }
}
