import type { CredentialId } from '@millwright/core';
import type { TenantTx } from '../../queryable.ts';
import { WITH_TEXTS } from '../../workflow-texts.ts';

/** A workflow that names a credential. */
export interface CredentialUse {
  readonly credentialId: CredentialId;
  readonly workflowId: string;
  readonly name: string;
  readonly inDraft: boolean;
  /** Its live version names it. */
  readonly isLive: boolean;
}

/**
 * Where credentials are used: one pass over drafts and live versions, archived workflows left out. Ids are looked for in the text of
 * the documents, as a JSON string: they are too long to be there by chance.
 * @param credentialId only this one; absent: all
 */
export async function findUses(tx: TenantTx, credentialId?: CredentialId): Promise<readonly CredentialUse[]> {
  const { rows } = await tx.query<{ credential_id: string; workflow_id: string; name: string; in_draft: boolean; is_live: boolean }>(
    `${WITH_TEXTS}
     select found.id[1] as credential_id, t.id as workflow_id, t.name, bool_or(not t.live) as in_draft, bool_or(t.live) as is_live
     from texts t, regexp_matches(t.text, '"(cred_[0-9a-z]{20,64})"', 'g') as found (id)
     where $2::text is null or found.id[1] = $2
     group by 1, 2, 3 order by lower(t.name), t.id`,
    [tx.workspaceId, credentialId ?? null],
  );
  return rows.map((row) => ({
    credentialId: row.credential_id,
    workflowId: row.workflow_id,
    name: row.name,
    inDraft: row.in_draft,
    isLive: row.is_live,
  }));
}
