import { endpoints } from '@millwright/contracts';
import { checkDocument } from '@millwright/engine/compile';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { knownNames } from '../../variables/known-names.ts';

/** `GET /api/v1/workflows/:workflowId/problems` */
export const listProblems = defineRoute(
  endpoints.workflows.problems,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ params, principal, read }, deps) => {
    const { drafts, catalog } = deps;
    const { document, revision } = await drafts.read(principal.workspaceId, params.workflowId);
    const known = await read((tx) => knownNames(tx, deps));
    return { revision, problems: [...checkDocument(document, catalog, known)] };
  },
);
