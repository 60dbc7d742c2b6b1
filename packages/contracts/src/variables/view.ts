import { z } from 'zod';
import { jsonField, personSchema, timeField } from '../fields.ts';
import { VARIABLE_KEY } from './limits.ts';

/** The key of a variable in a path: 1 to 64 letters, digits and `_`, not starting with a digit. */
export const variableParams = z.object({ key: z.string().regex(VARIABLE_KEY, 'not a variable key') });

/** A workflow that mentions a variable. */
const variableUseSchema = z.object({
  workflowId: z.string(),
  name: z.string(),
  /** Its draft mentions it. */
  inDraft: z.boolean(),
  /** Its live version mentions it, or any variable by a computed name. */
  isLive: z.boolean(),
});

/** A variable of the workspace as the wire shows it. */
export const variableSchema = z.object({
  key: z.string(),
  value: jsonField,
  sizeBytes: z.int(),
  updatedAt: timeField,
  updatedBy: personSchema.nullable(),
  usedIn: z.array(variableUseSchema),
});
export type VariableView = z.infer<typeof variableSchema>;
