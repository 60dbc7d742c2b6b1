import { endpoints } from '@millwright/contracts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { readWorkflowView } from '../../workflow-views.ts';

/** `GET /api/v1/workflows/:workflowId` */
export const getWorkflow = defineRoute(
  endpoints.workflows.get,
  { ...READ_RULES, permission: 'workflows.read' },
  ({ params, read }, { publicUrl }) => read((tx) => readWorkflowView(tx, params.workflowId, publicUrl)),
);
