import { endpoints } from '@millwright/contracts';
import { readEntryDocument, readEntryView } from '../../../history-views.ts';
import { defineRoute, READ_RULES } from '../../../registry/route.ts';

/** `GET /api/v1/workflows/:workflowId/history/:entryId` */
export const getHistoryEntry = defineRoute(
  endpoints.workflows.getHistoryEntry,
  { ...READ_RULES, permission: 'workflows.read' },
  ({ params: { workflowId, entryId }, read }) =>
    read(async (tx) => ({
      entry: await readEntryView(tx, workflowId, entryId),
      document: await readEntryDocument(tx, workflowId, entryId),
    })),
);
