import { eq } from 'drizzle-orm';
import { newId, UserError, type ProjectId, type WorkspaceId } from '@millwright/core';
import { firstOf, type IdentityDb, type TenantTx } from '../queryable.ts';
import { installation, projects, workspaces } from '../schema/index.ts';

/** A tenant. */
export interface Workspace {
  readonly id: WorkspaceId;
  readonly name: string;
  /** IANA zone. */
  readonly timezone: string;
  /** `en`, `de`. */
  readonly language: string;
  /** Days that ended runs stay. Default 30, 1–3650. */
  readonly runRetentionDays: number;
  readonly deliveryRetentionDays: number;
  readonly createdAt: Date;
}

/** What a new workspace starts with. */
export interface NewWorkspace {
  readonly name: string;
  readonly timezone: string;
  readonly language: string;
}

/** Whether nobody has set this installation up yet. */
export async function needsOwner(db: IdentityDb): Promise<boolean> {
  const row = firstOf(await db.query<{ done: boolean }>('select exists (select 1 from installation) as done'));
  return row?.done !== true;
}

/**
 * Takes the one right to set this installation up. Roll back, and it is free again.
 * @throws UserError `already_set_up`
 */
export async function claimInstallation(tx: TenantTx): Promise<void> {
  const rows = await tx.orm.insert(installation).values({ workspaceId: tx.workspaceId }).onConflictDoNothing().returning();
  if (rows.length > 0) return;
  throw new UserError('conflict', {
    code: 'already_set_up',
    message: 'this installation has an owner',
    hint: 'Sign in, or ask the owner for an invitation.',
  });
}

/** Creates the workspace whose id the transaction carries (mint it with `newId('workspace')`), with its default project. */
export async function create(
  tx: TenantTx,
  fresh: NewWorkspace,
): Promise<{ readonly workspaceId: WorkspaceId; readonly projectId: ProjectId }> {
  const projectId = newId('project');
  await tx.orm.insert(workspaces).values({ id: tx.workspaceId, name: fresh.name, timezone: fresh.timezone, language: fresh.language });
  await tx.orm.insert(projects).values({ workspaceId: tx.workspaceId, id: projectId, name: 'Default', isDefault: true });
  return { workspaceId: tx.workspaceId, projectId };
}

/** The workspace of the transaction. */
export async function get(tx: TenantTx): Promise<Workspace | null> {
  const rows = await tx.orm.select().from(workspaces).where(eq(workspaces.id, tx.workspaceId));
  return rows[0] ?? null;
}
