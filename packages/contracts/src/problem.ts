import type { Problem } from '@millwright/workflow';
import { z } from 'zod';
import { credentialUseSchema } from './credentials/view.ts';

/** One thing wrong with a workflow document, at a place that the editor can focus. */
export const documentProblemSchema: z.ZodType<Problem, Problem> = z.object({
  code: z.string(),
  level: z.enum(['error', 'warning', 'hint']),
  nodeId: z.string().exactOptional(),
  field: z.string().exactOptional(),
  text: z.string(),
  hint: z.string().exactOptional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
});

/** RFC 9457 problem details: the body of every answer that is not 2xx. Media type `application/problem+json`. */
export const apiProblemSchema = z.object({
  /** `/problems/<code>`: stable. */
  type: z.string(),
  /** Short, the same for every problem of the type. */
  title: z.string(),
  status: z.int(),
  /** What happened this time, for people. */
  detail: z.string(),
  /** Stable, `snake_case`. */
  code: z.string(),
  /** What to do next. */
  hint: z.string().exactOptional(),
  /** Faulty request fields: `body.email`, `query.limit`. */
  errors: z.array(z.object({ path: z.string(), code: z.string(), text: z.string() })).exactOptional(),
  /** What is wrong with the workflow, where publishing was refused. */
  problems: z.array(documentProblemSchema).exactOptional(),
  /** Workflows that stand in the way, where something in use was to be deleted. */
  uses: z.array(credentialUseSchema).exactOptional(),
  /** Id of the answer, also in the server's log. */
  requestId: z.string().exactOptional(),
});
export type ApiProblem = z.infer<typeof apiProblemSchema>;
