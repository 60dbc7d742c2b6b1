import { z } from 'zod';

const stepChangeSchema = z.union([
  z.object({
    /** A field of the step's form that is new, is gone, takes other values, has to be filled in now, or has not to any more. */
    kind: z.enum(['fieldAdded', 'fieldRemoved', 'fieldChanged', 'fieldNeeded', 'fieldOptional']),
    /** Its title. */
    name: z.string(),
  }),
  z.object({
    /** Where the request goes, what it holds, how it signs in, how its list goes on, what comes out, when it may be repeated, what failures mean. */
    kind: z.enum(['address', 'request', 'signIn', 'pages', 'answer', 'repeats', 'failures']),
  }),
]);
export type StepChangeView = z.infer<typeof stepChangeSchema>;

/** What the next version of a connector would change. */
export const connectorChangesSchema = z.object({
  operations: z.array(
    z.object({
      /** `GET /invoices`. */
      operation: z.string(),
      title: z.string(),
      /** `added`: not in the connector. `removed`: not described any more. */
      kind: z.enum(['added', 'changed', 'removed', 'same']),
      /** Where changed: what is different; empty where it becomes another step altogether. */
      what: z.array(stepChangeSchema),
      /** A host of its own that the connector did not have. Absent: it needs none but that of the connector. */
      newHost: z.string().exactOptional(),
    }),
  ),
  /** Requests, and connections with them, would go there too. */
  hostsAdded: z.array(z.string()),
  hostsRemoved: z.array(z.string()),
  /** Labels of ways to sign in. Steps that use another one than before need a connection of their own. */
  signInAdded: z.array(z.string()),
  signInRemoved: z.array(z.string()),
  /** Texts or samples of steps that do the same differ. */
  isReworded: z.boolean(),
});
export type ConnectorChangesView = z.infer<typeof connectorChangesSchema>;
