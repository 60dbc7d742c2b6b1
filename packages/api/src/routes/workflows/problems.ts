import { endpoints } from '@millwright/contracts';
import { draftProblems } from '../../publish/draft-problems.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/workflows/:workflowId/problems` */
export const listProblems = defineRoute(
  endpoints.workflows.problems,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ params, principal, read }, deps) => {
    const { document, revision } = await deps.drafts.read(principal.workspaceId, params.workflowId);
    return { revision, problems: [...(await read((tx) => draftProblems(tx, { document, principal }, deps)))] };
  },
);
