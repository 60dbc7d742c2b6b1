import { z } from 'zod';
import { personSchema, timeField } from '../fields.ts';

/** A connector in a path. */
export const clientAppParams = z.object({ connectorKey: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'not a connector key') });

/** A connector's client at its vendor: entered once, used by everybody who connects an account. */
export const clientAppSchema = z.object({
  connectorKey: z.string(),
  connectorTitle: z.string(),
  /** Null until an admin has entered it. */
  clientId: z.string().nullable(),
  hasSecret: z.boolean(),
  /** The exact address that the app has to list in the vendor's console. */
  redirectUri: z.string(),
  scopes: z.array(z.string()),
  /** The vendor's page on which the app is registered. */
  consoleUrl: z.string().nullable(),
  /** What has to be entered there, by the connector's author. */
  notes: z.string().nullable(),
  updatedAt: timeField.nullable(),
  updatedBy: personSchema.nullable(),
});
export type ClientAppView = z.infer<typeof clientAppSchema>;
