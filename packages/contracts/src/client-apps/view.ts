import { z } from 'zod';
import { personSchema, timeField } from '../fields.ts';

/** A connector in a path. */
export const clientAppParams = z.object({ connectorKey: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'not a connector key') });

/** The one address to which a vendor sends what happens in all accounts of a client app. */
const appEventsSchema = z.object({
  /** To be entered at the vendor. */
  url: z.string(),
  /** Where there, by the connector's author. */
  place: z.string(),
  /** What the vendor calls the secret that proves deliveries, and whether it is entered; null: the client secret does. */
  signingSecret: z.object({ label: z.string(), isEntered: z.boolean() }).nullable(),
  /** Events of accounts to which a live workflow listens. */
  taken: z.int(),
  /** Events of other accounts. */
  dropped: z.int(),
  /** Deliveries whose proof did not hold. */
  refused: z.int(),
  /** When the last event came, whosever it was. */
  lastAt: timeField.nullable(),
  lastRefusedAt: timeField.nullable(),
});

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
  /** Null where triggers of the connector have no address in common. */
  events: appEventsSchema.nullable(),
  updatedAt: timeField.nullable(),
  updatedBy: personSchema.nullable(),
});
export type ClientAppView = z.infer<typeof clientAppSchema>;
