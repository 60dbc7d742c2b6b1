import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { pageOf, pageQuery } from '../../fields.ts';
import { workflowParams } from '../view.ts';
import { historyEntrySchema } from './view.ts';

/** Published versions and kept states of the draft, the newest first. */
export const listHistory = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows/:workflowId/history',
  summary: 'Versions and restore points',
  params: workflowParams,
  query: z.object(pageQuery),
  answer: { status: 200, body: pageOf(historyEntrySchema) },
});
