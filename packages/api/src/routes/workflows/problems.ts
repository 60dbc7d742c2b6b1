import { endpoints } from '@millwright/contracts';
import { checkDocument } from '@millwright/engine/compile';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { judgeCredentials } from '../../credentials/judge.ts';
import { knownNames } from '../../variables/known-names.ts';
import { settingsWithoutEffect } from './settings-without-effect.ts';

/** `GET /api/v1/workflows/:workflowId/problems` */
export const listProblems = defineRoute(
  endpoints.workflows.problems,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ params, principal, read }, deps) => {
    const { drafts, catalog } = deps;
    const { document, revision } = await drafts.read(principal.workspaceId, params.workflowId);
    const { known, slots } = await read(async (tx) => ({
      known: await knownNames(tx, deps),
      slots: await judgeCredentials(tx, document.nodes, { catalog, principal }),
    }));
    return { revision, problems: [...checkDocument(document, catalog, known), ...slots, ...settingsWithoutEffect(document)] };
  },
);
