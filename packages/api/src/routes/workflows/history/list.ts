import { endpoints } from '@millwright/contracts';
import { history } from '@millwright/db';
import { toEntryView } from '../../../history-views.ts';
import { defineRoute, READ_RULES } from '../../../registry/route.ts';
import { readPeople, requireWorkflow } from '../../../workflow-views.ts';

/** `GET /api/v1/workflows/:workflowId/history` */
export const listHistory = defineRoute(
  endpoints.workflows.listHistory,
  { ...READ_RULES, permission: 'workflows.read' },
  ({ params: { workflowId }, query, read }) =>
    read(async (tx) => {
      const { liveVersion } = await requireWorkflow(tx, workflowId);
      const people = await readPeople(tx);
      const { items, nextCursor } = await history.list(tx, workflowId, query);
      return { items: items.map((entry) => toEntryView(entry, people, liveVersion?.id)), nextCursor };
    }),
);
