import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { personSchema, timeField } from '../../fields.ts';
import { workflowParams } from '../view.ts';

/** A published version without its document. */
export const versionSummarySchema = z.object({
  id: z.string(),
  number: z.int(),
  note: z.string(),
  publishedAt: timeField,
  publishedBy: personSchema.nullable(),
  live: z.boolean(),
});
export type VersionSummary = z.infer<typeof versionSummarySchema>;

/** Published versions, the newest first. */
export const listVersions = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows/:workflowId/versions',
  summary: 'Published versions',
  params: workflowParams,
  answer: { status: 200, body: z.object({ items: z.array(versionSummarySchema) }) },
});
