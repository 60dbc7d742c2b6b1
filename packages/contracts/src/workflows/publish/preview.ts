import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { documentProblemSchema } from '../../problem.ts';
import { chosenChanges } from '../publish.ts';
import { workflowParams } from '../view.ts';

/** What publishing these changes would say, without publishing; refuses as it does, but for `graph_invalid`. */
export const previewPublish = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/:workflowId/publish/preview',
  summary: 'What is wrong with what would be published',
  params: workflowParams,
  body: z.strictObject({ changes: chosenChanges }),
  answer: { status: 200, body: z.object({ problems: z.array(documentProblemSchema) }) },
});
