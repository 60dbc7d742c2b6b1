import { workflowDocumentSchema } from '@millwright/workflow';
import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { historyEntrySchema, historyParams } from './view.ts';

/** One version or restore point with its document. */
export const getHistoryEntry = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows/:workflowId/history/:entryId',
  summary: 'One version or restore point',
  params: historyParams,
  answer: { status: 200, body: z.object({ entry: historyEntrySchema, document: workflowDocumentSchema }) },
});
