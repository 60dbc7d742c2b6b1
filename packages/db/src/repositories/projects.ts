import { asc, desc } from 'drizzle-orm';
import { InvariantError, type ProjectId } from '@millwright/core';
import type { TenantTx } from '../queryable.ts';
import { projects } from '../schema/index.ts';

/** A folder of workflows. */
export interface Project {
  readonly id: ProjectId;
  readonly name: string;
  readonly isDefault: boolean;
  readonly createdAt: Date;
}

/** Every project of the workspace, the default one first. */
export async function list(tx: TenantTx): Promise<readonly Project[]> {
  return tx.orm
    .select({ id: projects.id, name: projects.name, isDefault: projects.isDefault, createdAt: projects.createdAt })
    .from(projects)
    .orderBy(desc(projects.isDefault), asc(projects.createdAt));
}

/**
 * The project that new workflows go to.
 * @throws InvariantError when the workspace was made without one
 */
export async function defaultId(tx: TenantTx): Promise<ProjectId> {
  const first = (await list(tx))[0];
  if (first === undefined) throw new InvariantError({ code: 'project_missing', message: 'the workspace has no project' });
  return first.id;
}
