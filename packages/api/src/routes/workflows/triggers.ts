import { endpoints, type TriggerStateView } from '@millwright/contracts';
import { triggerBindings } from '@millwright/db';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { hookUrl, requireWorkflow } from '../../workflow-views.ts';

function timeOf(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}

function toFault(fault: triggerBindings.TriggerFault | null): TriggerStateView['error'] {
  return fault && { ...fault, at: fault.at.toISOString() };
}

function toView(state: triggerBindings.TriggerState, publicUrl: string): TriggerStateView {
  const { nodeId, way, status, error, refusal } = state;
  return {
    nodeId,
    way,
    status,
    lastEventAt: timeOf(state.lastEventAt),
    lastPolledAt: timeOf(state.lastPolledAt),
    nextAt: timeOf(state.nextAt),
    error: toFault(error ?? refusal),
    refusal: toFault(refusal),
    url: way === 'webhook' ? hookUrl(publicUrl, state.endpointId) : null,
  };
}

/** `GET /api/v1/workflows/:workflowId/triggers` */
export const listTriggers = defineRoute(
  endpoints.workflows.triggers,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ params: { workflowId }, read }, { publicUrl }) => {
    const states = await read(async (tx) => {
      await requireWorkflow(tx, workflowId);
      return triggerBindings.list(tx, workflowId);
    });
    return { triggers: states.map((state) => toView(state, publicUrl)) };
  },
);
