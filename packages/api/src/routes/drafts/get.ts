import { endpoints } from '@millwright/contracts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/drafts/:workflowId` */
export const getDraft = defineRoute(
  endpoints.drafts.get,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ params, principal, reply }, { drafts }) => {
    const draft = await drafts.read(principal.workspaceId, params.workflowId);
    reply.header('etag', `"${draft.revision}"`);
    return draft;
  },
);
