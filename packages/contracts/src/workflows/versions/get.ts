import { workflowDocumentSchema } from '@millwright/workflow';
import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { idField } from '../../fields.ts';
import { versionSummarySchema } from './list.ts';

/** One published version with its document. */
export const getVersion = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows/:workflowId/versions/:versionId',
  summary: 'One published version',
  params: z.object({ workflowId: idField, versionId: idField }),
  answer: { status: 200, body: versionSummarySchema.extend({ document: workflowDocumentSchema }) },
});
