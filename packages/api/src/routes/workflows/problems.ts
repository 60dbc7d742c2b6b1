import { endpoints } from '@millwright/contracts';
import { checkDocument } from '@millwright/engine/compile';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/workflows/:workflowId/problems` */
export const listProblems = defineRoute(
  endpoints.workflows.problems,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ params, principal }, { drafts, catalog }) => {
    const { document, revision } = await drafts.read(principal.workspaceId, params.workflowId);
    return { revision, problems: [...checkDocument(document, catalog)] };
  },
);
