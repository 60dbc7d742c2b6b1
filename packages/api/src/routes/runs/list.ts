import { endpoints } from '@millwright/contracts';
import { runs } from '@millwright/db';
import { toRunSummary } from '../../live/run-views.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/runs` */
export const listRuns = defineRoute(endpoints.runs.list, { ...READ_RULES, permission: 'runs.read' }, async ({ query, read }) => {
  const page = await read((tx) => runs.list(tx, query));
  return { items: page.items.map(toRunSummary), nextCursor: page.nextCursor };
});
