import { z } from 'zod';
import { personSchema, timeField } from '../../fields.ts';
import { itemSchema } from '../../runs/view.ts';
import { workflowParams } from '../view.ts';

/** Path parameters of the pin of one node. */
export const pinParams = workflowParams.extend({ nodeId: z.string().regex(/^[\w-]{1,64}$/, 'not the id of a node') });

/** Items by output port. */
export const pinnedOutputsSchema = z.record(
  z.string().regex(/^[A-Za-z][\w-]{0,63}$/, 'not the name of a port'),
  z.array(itemSchema).max(10_000),
);

/** Sample data that stands for what a node gives in test runs, and never in production. */
export const pinSchema = z.object({ nodeId: z.string(), outputs: pinnedOutputsSchema, by: personSchema.nullable(), at: timeField });
