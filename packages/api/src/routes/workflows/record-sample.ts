import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { runData } from '@millwright/db';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { requireWorkflow } from '../../workflow-views.ts';
import { itemsOf } from './samples.ts';

function missing(code: string, message: string, hint: string): UserError {
  return new UserError('notFound', { code, message, hint });
}

/** `POST /api/v1/workflows/:workflowId/record-sample` */
export const recordSample = defineRoute(
  endpoints.workflows.recordSample,
  { ...WRITE_RULES, permission: 'workflows.edit', audit: 'none' },
  async ({ params, body, principal, read }, deps) => {
    if (deps.recordSample === undefined)
      throw missing('sample_not_followed', 'This server does not follow the sources of node packages.', 'Start it with `millwright dev`.');
    const { workflowId } = params;
    const { document } = await deps.drafts.read(principal.workspaceId, workflowId);
    const node = document.nodes.find(({ id }) => id === body.nodeId);
    const latest = await read(async (tx) => {
      await requireWorkflow(tx, workflowId);
      return runData.latestOutputs(tx, workflowId);
    });
    const ref = Object.values(latest.nodes[body.nodeId] ?? {}).find(({ count }) => count > 0);
    const [item] = ref === undefined ? [] : await itemsOf(ref, principal.workspaceId, deps);
    if (node === undefined || item === undefined)
      throw missing('sample_no_output', 'No run of this step has data that is kept.', 'Run the workflow once, then record again.');
    const { type, version } = node;
    return deps.recordSample({ workspaceId: principal.workspaceId, type, version, value: item.json });
  },
);
