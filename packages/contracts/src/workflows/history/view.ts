import { z } from 'zod';
import { idField, personSchema, timeField } from '../../fields.ts';

/** A state of a workflow in a path. */
export const historyParams = z.object({ workflowId: idField, entryId: idField });

const entryFields = {
  id: z.string(),
  at: timeField,
  by: personSchema.nullable(),
  /** The draft says the same now. */
  current: z.boolean(),
};

/** A state that a workflow was in: published, or kept of its draft (by a person with a name, else by itself). */
export const historyEntrySchema = z.discriminatedUnion('kind', [
  z.object({ ...entryFields, kind: z.literal('version'), number: z.int(), note: z.string(), live: z.boolean() }),
  z.object({
    ...entryFields,
    kind: z.literal('point'),
    /** Null: kept by itself, and thinned out with time. */
    name: z.string().nullable(),
    /** Kept while people edited, before many steps were removed, before a restore, or by a person. */
    cause: z.enum(['edit', 'removal', 'restore', 'name']),
  }),
]);
export type HistoryEntryView = z.infer<typeof historyEntrySchema>;
