import { z } from 'zod';
import { idField, nameField, personSchema, timeField } from '../fields.ts';
import { ROLES } from '../permissions.ts';

/** A credential in a path. */
export const credentialParams = z.object({ credentialId: idField });

/** What is typed in, by field name; secrets go in here and never come out. */
export const typedFields = z.record(z.string().max(100), z.string().max(16_384));

/** Hosts that a credential may be sent to: `api.example.com`, `*.example.com`. */
export const hostsField = z.array(z.string().min(1).max(260)).max(50);

/** A credential's name: what people see and choose. */
export const credentialName = nameField;

/** Somebody, or everybody with a role. */
const grantSchema = z.union([
  z.object({ kind: z.literal('user'), user: personSchema }),
  z.object({ kind: z.literal('role'), role: z.enum(ROLES) }),
]);
export type GrantView = z.infer<typeof grantSchema>;

/** A workflow that uses a credential. */
export const credentialUseSchema = z.object({
  workflowId: z.string(),
  name: z.string(),
  inDraft: z.boolean(),
  /** Its live version uses it. */
  isLive: z.boolean(),
});

/** How a credential is doing. */
const healthSchema = z.object({
  /** `notConnected`: nobody consented yet. `needsReconnect`: a person must act, runs wait. `failing`: its last test failed. */
  status: z.enum(['notConnected', 'untested', 'working', 'failing', 'needsReconnect']),
  /** Why, as a stable word; null where all is well. */
  code: z.string().nullable(),
  text: z.string().nullable(),
  at: timeField.nullable(),
});

/** A credential as the wire shows it: no secret is in it. */
export const credentialSchema = z.object({
  id: z.string(),
  type: z.string(),
  /** Of the type: "Private app token". Null where its connector is not installed any more. */
  typeTitle: z.string().nullable(),
  connectorKey: z.string(),
  connectorTitle: z.string().nullable(),
  name: z.string(),
  /** How it is brought to work: by its fields, in the service's window, by a code that is typed elsewhere. */
  connect: z.enum(['fields', 'window', 'device']),
  /** `name` is null when the person has left. */
  owner: z.object({ id: z.string(), name: z.string().nullable() }),
  /** `manage`: change, share, reconnect, delete. `use`: choose it in steps. */
  access: z.enum(['manage', 'use']),
  hosts: z.array(z.string()),
  /** Values of the fields that are no secret. */
  fields: z.record(z.string(), z.string()),
  /** Names of the secrets that are set. */
  secretFields: z.array(z.string()),
  /** Whose it is in the service, as the service says. */
  account: z.string().nullable(),
  scopes: z.array(z.string()),
  health: healthSchema,
  /** When its access ends by itself; null where it does not, is renewed, or nobody knows. */
  expiresAt: timeField.nullable(),
  /** Whether it is renewed without a person. */
  renews: z.boolean(),
  renewedAt: timeField.nullable(),
  lastUsedAt: timeField.nullable(),
  createdAt: timeField,
  updatedAt: timeField,
  sharedWith: z.array(grantSchema),
  usedBy: z.array(credentialUseSchema),
});
export type CredentialView = z.infer<typeof credentialSchema>;
