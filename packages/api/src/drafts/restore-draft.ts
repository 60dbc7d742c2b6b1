import { UserError, type RestorePointId } from '@millwright/core';
import { restorePoints, type Database } from '@millwright/db';
import type { WorkflowDocument } from '@millwright/workflow';
import type { DraftServer, DraftTarget } from './draft-server.ts';
import type { StoredDraft } from './draft-keeper.ts';

/** How often a restore begins anew because somebody typed between the point and the change. */
const MOST_TRIES = 5;

/** What a draft is restored to. */
export interface Restore {
  readonly target: DraftTarget;
  readonly document: WorkflowDocument;
  /** Id of the restore point that keeps what the draft says until then. */
  readonly before: RestorePointId;
}

/**
 * Makes a draft say what it said once. What it says until then is kept first, and exactly that is replaced: while somebody
 * types in between, the point is made anew.
 * @throws UserError `draft_stale` when people type so fast that no moment is found
 */
export async function restoreDraft(
  { db, drafts }: { readonly db: Database; readonly drafts: DraftServer },
  { target, document, before }: Restore,
): Promise<StoredDraft> {
  const { workspaceId, workflowId, by } = target;
  for (let tries = 1; ; tries++) {
    const { revision } = await drafts.read(workspaceId, workflowId);
    await db.tenant(workspaceId, (tx) => restorePoints.keep(tx, { id: before, workflowId, cause: 'restore', name: null, by }));
    try {
      return await drafts.edit({ ...target, revision }, () => document);
    } catch (thrown) {
      const isStale = thrown instanceof UserError && thrown.code === 'draft_stale';
      if (!isStale || tries === MOST_TRIES) throw thrown;
    }
  }
}
