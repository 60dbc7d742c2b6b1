import type { CredentialId, UserId } from '@millwright/core';
import { firstOf, type TenantTx } from '../../queryable.ts';

/** Somebody, or everybody with a role. */
export interface GrantSubject {
  readonly kind: 'user' | 'role';
  readonly subject: string;
}

/** Lets exactly these use a credential beside its owner and the workspace's managers. */
export async function replace(
  tx: TenantTx,
  credentialId: CredentialId,
  { grants, by }: { readonly grants: readonly GrantSubject[]; readonly by: UserId },
): Promise<void> {
  const kinds = grants.map(({ kind }) => kind);
  const subjects = grants.map(({ subject }) => subject);
  await tx.query(
    `delete from credential_grants where workspace_id = $1 and credential_id = $2
       and (kind, subject) not in (select * from unnest($3::text[], $4::text[]))`,
    [tx.workspaceId, credentialId, kinds, subjects],
  );
  await tx.query(
    `insert into credential_grants (workspace_id, credential_id, kind, subject, granted_by)
     select $1, $2, kind, subject, $5 from unnest($3::text[], $4::text[]) as g (kind, subject) on conflict do nothing`,
    [tx.workspaceId, credentialId, kinds, subjects, by],
  );
}

/**
 * Whether who stands behind a version may use a credential now: whoever published it, or tested it. Checked with every lend, so that
 * sharing that was taken back ends with the next call. A version that is not known has nobody behind it.
 * @param of.managerRoles roles that use every credential
 */
export async function isVersionAllowed(
  tx: TenantTx,
  of: { readonly credentialId: CredentialId; readonly versionId: string; readonly managerRoles: readonly string[] },
): Promise<boolean> {
  const row = firstOf(
    await tx.query<{ allowed: boolean }>(
      `with behind as (
         select published_by as id from workflow_versions where workspace_id = $1 and id = $3
         union all select created_by from test_versions where workspace_id = $1 and id = $3)
       select exists (
         select 1 from behind b join credentials c on c.workspace_id = $1 and c.id = $2
           left join members m on m.workspace_id = $1 and m.user_id = b.id
         where c.owner_id = b.id or m.role = any($4::text[])
           or exists (select 1 from credential_grants g where g.workspace_id = $1 and g.credential_id = c.id
             and m.role is not null and ((g.kind = 'user' and g.subject = b.id) or (g.kind = 'role' and g.subject = m.role)))) as allowed`,
      [tx.workspaceId, of.credentialId, of.versionId, [...of.managerRoles]],
      'credential_version_allowed',
    ),
  );
  return row?.allowed ?? false;
}
