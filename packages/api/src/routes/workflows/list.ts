import { endpoints } from '@millwright/contracts';
import { workflows } from '@millwright/db';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { readPeople, toWorkflowSummary } from '../../workflow-views.ts';

/** `GET /api/v1/workflows` */
export const listWorkflows = defineRoute(endpoints.workflows.list, { ...READ_RULES, permission: 'workflows.read' }, ({ query, read }) =>
  read(async (tx) => {
    const page = await workflows.list(tx, query);
    const people = await readPeople(tx);
    return { items: page.items.map((workflow) => toWorkflowSummary(workflow, people)), nextCursor: page.nextCursor };
  }),
);
