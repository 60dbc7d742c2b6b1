import { endpoints, type DraftChangeView } from '@millwright/contracts';
import { draftChanges, reach, versions } from '@millwright/db';
import { authorsOf } from '../../publish/authors.ts';
import { needsOf } from '../../publish/needs.ts';
import { readPending } from '../../publish/pending.ts';
import { changePath } from '@millwright/workflow/difference';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { readPeople, type People } from '../../workflow-views.ts';

function toAuthors(touches: readonly draftChanges.Touch[], people: People): DraftChangeView['authors'] {
  return touches.map(({ userId, at }) => ({ id: userId, name: people.get(userId) ?? null, at: at.toISOString() }));
}

/** `GET /api/v1/workflows/:workflowId/changes` */
export const listChanges = defineRoute(
  endpoints.workflows.changes,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ params: { workflowId }, principal, read }, deps) => {
    // With everything that was typed up to now.
    await deps.drafts.read(principal.workspaceId, workflowId);
    return read(async (tx) => {
      const { draft, live, base, changes } = await readPending(tx, workflowId);
      const needs = needsOf({ base, document: draft.document, changes, catalog: deps.catalog });
      const documentChanges = changes.map(({ change }) => change);
      const authors = authorsOf(documentChanges, await draftChanges.list(tx, workflowId), live?.publishedAt);
      const people = await readPeople(tx);
      const { runsPerDay, callers, nextAt } = await reach.get(tx, workflowId);
      return {
        revision: draft.revision,
        live: live === null ? null : { id: live.id, number: live.number },
        nextNumber: ((await versions.list(tx, workflowId))[0]?.number ?? 0) + 1,
        changes: changes.map(({ id, change }, at) => ({
          id,
          path: changePath(change),
          change,
          authors: toAuthors(authors[at] ?? [], people),
          needs: [...(needs.get(id) ?? [])],
        })),
        reach: { runsPerDay, callers: [...callers], nextAt: nextAt?.toISOString() ?? null },
      };
    });
  },
);
