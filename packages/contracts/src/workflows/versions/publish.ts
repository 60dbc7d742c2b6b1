import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { idField } from '../../fields.ts';
import { publishedSchema } from '../publish.ts';

/**
 * Makes a version live again that was published before: the next run follows it, runs under way stay with theirs, the draft is not touched.
 * 404 `version_unknown`; 422 `graph_invalid` where it can no longer run, as a step type or a connection is gone.
 */
export const publishVersion = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/:workflowId/versions/:versionId/publish',
  summary: 'Go back to a published version',
  params: z.object({ workflowId: idField, versionId: idField }),
  body: z.strictObject({}).default({}),
  answer: { status: 200, body: publishedSchema },
});
