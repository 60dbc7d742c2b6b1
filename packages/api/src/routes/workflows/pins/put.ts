import { endpoints } from '@millwright/contracts';
import { pins } from '@millwright/db';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';
import { refuse } from '../../../test-runs/refusals.ts';
import { requireWorkflow } from '../../../workflow-views.ts';
import { readPin } from './get.ts';

/** Largest pin in bytes, as it is sent. */
const MAX_PIN_BYTES = 1024 * 1024;

/** `PUT /api/v1/workflows/:workflowId/pins/:nodeId` */
export const putPin = defineRoute(
  endpoints.workflows.putPin,
  { ...WRITE_RULES, bodyLimitBytes: MAX_PIN_BYTES, permission: 'workflows.edit', audit: 'workflow.pinned' },
  async ({ params, body, principal, write }, { drafts }) => {
    const { document } = await drafts.read(principal.workspaceId, params.workflowId);
    if (!document.nodes.some(({ id }) => id === params.nodeId)) throw refuse.nodeUnknown(params.nodeId);
    return write(async (tx, audit) => {
      await requireWorkflow(tx, params.workflowId);
      await pins.put(tx, { ...params, outputs: body.outputs, by: principal.userId });
      await audit({ kind: 'workflow', id: params.workflowId }, { nodeId: params.nodeId });
      return readPin(tx, params);
    });
  },
);
