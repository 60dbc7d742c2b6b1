import { and, asc, eq } from 'drizzle-orm';
import { newId, UserError, type UserId, type WorkspaceId } from '@millwright/core';
import { databaseCode } from '../errors.ts';
import type { IdentityDb, TenantTx } from '../queryable.ts';
import { members, user } from '../schema/index.ts';

/** What somebody may do in a workspace, the most powerful first. */
export type MemberRole = 'owner' | 'admin' | 'editor' | 'operator' | 'viewer';

/** A person in a workspace. */
export interface Member {
  readonly id: string;
  readonly userId: UserId;
  readonly name: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly createdAt: Date;
}

/** Where a person belongs. */
export interface Membership {
  readonly memberId: string;
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  readonly role: MemberRole;
}

const columns = {
  id: members.id,
  userId: members.userId,
  name: user.name,
  email: user.email,
  role: members.role,
  createdAt: members.createdAt,
};

/** Everybody in the workspace, the longest-standing first. */
export async function list(tx: TenantTx): Promise<readonly Member[]> {
  return tx.orm.select(columns).from(members).innerJoin(user, eq(user.id, members.userId)).orderBy(asc(members.createdAt), asc(members.id));
}

/** One person by user id. */
export async function get(tx: TenantTx, userId: UserId): Promise<Member | null> {
  const rows = await tx.orm.select(columns).from(members).innerJoin(user, eq(user.id, members.userId)).where(eq(members.userId, userId));
  return rows[0] ?? null;
}

/** One person by member id. */
export async function getById(tx: TenantTx, memberId: string): Promise<Member | null> {
  const rows = await tx.orm.select(columns).from(members).innerJoin(user, eq(user.id, members.userId)).where(eq(members.id, memberId));
  return rows[0] ?? null;
}

/** Every workspace that a person belongs to, the oldest membership first. For sign-in, before a workspace is known. */
export async function ofUser(db: IdentityDb, userId: UserId): Promise<readonly Membership[]> {
  const result = await db.query<{ id: string; workspace_id: string; name: string; role: MemberRole }>(
    'select m.id, m.workspace_id, w.name, m.role from members m join workspaces w on w.id = m.workspace_id where m.user_id = $1 order by m.created_at, m.id',
    [userId],
  );
  return result.rows.map((row) => ({ memberId: row.id, workspaceId: row.workspace_id, workspaceName: row.name, role: row.role }));
}

/**
 * Lets a person in.
 * @returns the member's id
 * @throws UserError `already_member`
 */
export async function add(tx: TenantTx, fresh: { readonly userId: UserId; readonly role: MemberRole }): Promise<string> {
  const id = newId('member');
  try {
    await tx.orm.insert(members).values({ workspaceId: tx.workspaceId, id, userId: fresh.userId, role: fresh.role });
  } catch (thrown) {
    if (databaseCode(thrown) !== '23505') throw thrown;
    throw new UserError('conflict', {
      code: 'already_member',
      message: 'this person is a member already',
      hint: 'Change the role in the member list.',
    });
  }
  return id;
}

/**
 * Changes what a person may do.
 * @throws UserError `member_unknown`, or `last_owner` when nobody else would own the workspace
 */
export async function setRole(tx: TenantTx, change: { readonly memberId: string; readonly role: MemberRole }): Promise<void> {
  await checkOwnerRemains(tx, change.memberId, change.role);
  await tx.orm
    .update(members)
    .set({ role: change.role })
    .where(and(eq(members.workspaceId, tx.workspaceId), eq(members.id, change.memberId)));
}

/**
 * Takes a person out.
 * @throws UserError `member_unknown`, or `last_owner`
 */
export async function remove(tx: TenantTx, memberId: string): Promise<void> {
  await checkOwnerRemains(tx, memberId, null);
  await tx.orm.delete(members).where(and(eq(members.workspaceId, tx.workspaceId), eq(members.id, memberId)));
}

async function checkOwnerRemains(tx: TenantTx, memberId: string, role: MemberRole | null): Promise<void> {
  // Locks all owners and the member, in one order: two owners cannot demote each other at once.
  const result = await tx.query<{ id: string; role: MemberRole }>(
    `select id, role from members where id = $1 or role = 'owner' order by id for update`,
    [memberId],
  );
  const member = result.rows.find((row) => row.id === memberId);
  if (member === undefined) throw new UserError('notFound', { code: 'member_unknown', message: 'no such member' });
  if (role === 'owner' || member.role !== 'owner' || result.rows.some((row) => row.id !== memberId)) return;
  throw new UserError('conflict', {
    code: 'last_owner',
    message: 'the last owner cannot leave',
    hint: 'Make somebody else an owner first.',
  });
}
