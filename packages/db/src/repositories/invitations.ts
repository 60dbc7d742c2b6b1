import { and, desc, isNull } from 'drizzle-orm';
import { newId, UserError, type UserId, type WorkspaceId } from '@millwright/core';
import { firstOf, type IdentityDb, type TenantTx } from '../queryable.ts';
import { invitations } from '../schema/index.ts';
import type { MemberRole } from './members.ts';

/** An offer to join that is neither accepted nor revoked; it may have expired. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly invitedBy: UserId;
  readonly expiresAt: Date;
  readonly createdAt: Date;
}

/** An invitation as the person who holds its link sees it. */
export interface InvitationOffer extends Invitation {
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
}

const columns = {
  id: invitations.id,
  email: invitations.email,
  role: invitations.role,
  invitedBy: invitations.invitedBy,
  expiresAt: invitations.expiresAt,
  createdAt: invitations.createdAt,
};

/** Stores an offer; of its token only the hash. */
export async function create(
  tx: TenantTx,
  fresh: {
    readonly email: string;
    readonly role: MemberRole;
    readonly tokenHash: string;
    readonly expiresAt: Date;
    readonly invitedBy: UserId;
  },
): Promise<Invitation> {
  const id = newId('invitation');
  const rows = await tx.orm
    .insert(invitations)
    .values({ workspaceId: tx.workspaceId, id, ...fresh })
    .returning(columns);
  return rows[0] ?? { id, createdAt: new Date(), ...fresh };
}

/** Offers that are still open, the newest first. */
export async function list(tx: TenantTx): Promise<readonly Invitation[]> {
  return tx.orm
    .select(columns)
    .from(invitations)
    .where(and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
    .orderBy(desc(invitations.createdAt));
}

/** The open, unexpired offer with this token's hash, in whatever workspace. */
export async function findByTokenHash(db: IdentityDb, tokenHash: string): Promise<InvitationOffer | null> {
  const row = firstOf(
    await db.query<{
      id: string;
      email: string;
      role: MemberRole;
      invited_by: string;
      expires_at: Date;
      created_at: Date;
      workspace_id: string;
      name: string;
    }>(
      `select i.id, i.email, i.role, i.invited_by, i.expires_at, i.created_at, i.workspace_id, w.name
     from invitations i join workspaces w on w.id = i.workspace_id
     where i.token_hash = $1 and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()`,
      [tokenHash],
    ),
  );
  if (row === null) return null;
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    invitedBy: row.invited_by,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    workspaceId: row.workspace_id,
    workspaceName: row.name,
  };
}

/**
 * Uses an offer up; it can be used once. The caller adds the member in the same transaction.
 * @throws UserError `invitation_gone`
 */
export async function accept(tx: TenantTx, used: { readonly invitationId: string; readonly userId: UserId }): Promise<Invitation> {
  const result = await tx.query<{ id: string; email: string; role: MemberRole; invited_by: string; expires_at: Date; created_at: Date }>(
    `update invitations set accepted_at = now(), accepted_by = $2
     where id = $1 and accepted_at is null and revoked_at is null and expires_at > now()
     returning id, email, role, invited_by, expires_at, created_at`,
    [used.invitationId, used.userId],
  );
  const row = firstOf(result);
  if (row === null)
    throw new UserError('notFound', {
      code: 'invitation_gone',
      message: 'the invitation was used, revoked or has expired',
      hint: 'Ask for a new one.',
    });
  return { id: row.id, email: row.email, role: row.role, invitedBy: row.invited_by, expiresAt: row.expires_at, createdAt: row.created_at };
}

/**
 * Takes an offer back.
 * @throws UserError `invitation_gone`
 */
export async function revoke(tx: TenantTx, invitationId: string): Promise<void> {
  const result = await tx.query('update invitations set revoked_at = now() where id = $1 and accepted_at is null and revoked_at is null', [
    invitationId,
  ]);
  if (result.count === 0) throw new UserError('notFound', { code: 'invitation_gone', message: 'no such open invitation' });
}
