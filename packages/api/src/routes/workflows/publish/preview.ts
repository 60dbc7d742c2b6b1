import { endpoints } from '@millwright/contracts';
import { chosenDocument, readPending } from '../../../publish/pending.ts';
import { draftProblems } from '../../../publish/draft-problems.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `POST /api/v1/workflows/:workflowId/publish/preview`: changes nothing; a POST, as the list of chosen changes is long. */
export const previewPublish = defineRoute(
  endpoints.workflows.previewPublish,
  { ...WRITE_RULES, permission: 'workflows.read', audit: 'none' },
  async ({ params: { workflowId }, body, principal, read }, deps) => {
    await deps.drafts.read(principal.workspaceId, workflowId);
    return read(async (tx) => {
      const document = chosenDocument(await readPending(tx, workflowId), body, deps.catalog);
      return { problems: [...(await draftProblems(tx, { document, principal }, deps))] };
    });
  },
);
