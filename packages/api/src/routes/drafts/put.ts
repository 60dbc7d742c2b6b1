import { endpoints } from '@millwright/contracts';
import { InvariantError } from '@millwright/core';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** Largest document in bytes. */
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

/** `PUT /api/v1/drafts/:workflowId`: what is typed is no matter of the audit log, what is published is. */
export const putDraft = defineRoute(
  endpoints.drafts.put,
  { ...WRITE_RULES, bodyLimitBytes: MAX_DOCUMENT_BYTES, permission: 'workflows.edit', audit: 'none' },
  async ({ params, body, revision, principal, reply }, { drafts }) => {
    if (revision === null) throw new InvariantError({ code: 'revision_missing', message: 'the contract asks for If-Match' });
    const target = { workspaceId: principal.workspaceId, workflowId: params.workflowId, by: principal.userId, revision };
    const draft = await drafts.edit(target, () => body);
    reply.header('etag', `"${draft.revision}"`);
    return draft;
  },
);
