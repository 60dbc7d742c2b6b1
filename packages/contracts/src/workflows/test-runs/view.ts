import { z } from 'zod';
import { jsonField, timeField } from '../../fields.ts';
import { documentProblemSchema } from '../../problem.ts';
import { itemSchema } from '../../runs/view.ts';

/**
 * Which part of the draft runs. `whole`: from a trigger on (`nodeId`, where there are several). `toHere`: what leads to `nodeId`, and
 * it. `thisNode`: it alone. `fromHere`: it and what follows.
 */
const testRunModeSchema = z.enum(['whole', 'toHere', 'thisNode', 'fromHere']);

/**
 * `input`: what the trigger gives (`whole`, `toHere`), or what the node gets (`thisNode`, `fromHere`): one item's data, or up to 1,000
 * items. `dryRun`: reads are real, nothing is written.
 */
export const testRunBody = z.strictObject({
  mode: testRunModeSchema,
  nodeId: z.string().min(1).max(64).exactOptional(),
  input: z.union([z.array(itemSchema).max(1000), z.record(z.string(), jsonField)]).exactOptional(),
  dryRun: z.boolean(),
});
export type TestRunRequest = z.infer<typeof testRunBody>;

/**
 * What becomes of one node. `runs`: it runs, writes included. `reusesResult`: it gives what it gave before. `usesPin`: it gives what is
 * pinned. `wouldWrite`: a write of a dry run, which is listed and not sent. `skipped`: it is not needed, or nothing comes to it.
 */
export const testNodeSchema = z.object({
  nodeId: z.string(),
  name: z.string(),
  how: z.enum(['runs', 'reusesResult', 'usesPin', 'skipped', 'wouldWrite']),
  /** Where a reused result is from. */
  from: z.object({ runId: z.string(), at: timeField, ageMs: z.number() }).exactOptional(),
  /** Why it cannot run. */
  problems: z.array(documentProblemSchema).exactOptional(),
});
export type TestNode = z.infer<typeof testNodeSchema>;
