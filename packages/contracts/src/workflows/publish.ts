import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { changeIdField, MAX_CHOSEN_CHANGES } from './changes.ts';
import { endpointViewSchema, workflowParams } from './view.ts';

/** What publishing answers. */
export const publishedSchema = z.object({
  version: z.object({ id: z.string(), number: z.int() }),
  endpoints: z.array(endpointViewSchema),
});

/** Words that go with a version. */
const noteField = z.string().trim().max(2000).default('');

/** Which changes of the draft. Absent: all that are there now. */
export const chosenChanges = z.array(changeIdField).max(MAX_CHOSEN_CHANGES).exactOptional();

/**
 * Makes the draft, or the live version with the chosen changes only, an immutable version and switches it live; what was left out stays in
 * the draft. 422 `graph_invalid` lists every problem. 409 `changes_outdated`: a chosen change is not there any more, or has another value
 * now, so that nobody saw what would be published. 422 `changes_incomplete`: a chosen change needs one that is left out. With `revision`:
 * 412 `draft_stale` unless the draft stands there.
 */
export const publishWorkflow = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/:workflowId/publish',
  summary: 'Publish the draft',
  params: workflowParams,
  body: z.strictObject({ note: noteField, changes: chosenChanges, revision: z.int().min(0).exactOptional() }).default({ note: '' }),
  answer: { status: 201, body: publishedSchema },
});
