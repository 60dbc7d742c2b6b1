import { bigint, boolean, integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** Sealed secrets of services, and what may be seen of them. */
export const credentials = pgTable(
  'credentials',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    type: text().notNull(),
    name: text().notNull(),
    ownerId: text('owner_id').notNull(),
    hosts: text().array().notNull(),
    fields: json().notNull().default({}),
    secretFields: text('secret_fields').array().notNull().default([]),
    account: text(),
    scopes: text().array().notNull().default([]),
    health: text().notNull(),
    healthCode: text('health_code'),
    healthText: text('health_text'),
    healthAt: instant('health_at'),
    expiresAt: instant('expires_at'),
    renews: boolean().notNull().default(false),
    generation: integer().notNull().default(1),
    keyId: text('key_id').notNull(),
    wrappedKey: bytea('wrapped_key').notNull(),
    sealed: bytea('sealed').notNull(),
    renewedAt: instant('renewed_at'),
    lastUsedAt: instant('last_used_at'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** Who may use a credential without reading it. */
export const credentialGrants = pgTable(
  'credential_grants',
  {
    workspaceId: text('workspace_id').notNull(),
    credentialId: text('credential_id').notNull(),
    kind: text().notNull(),
    subject: text().notNull(),
    grantedBy: text('granted_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.credentialId, table.kind, table.subject] })],
);

/** A vendor’s client of this workspace, its secret sealed. */
export const clientApps = pgTable(
  'client_apps',
  {
    workspaceId: text('workspace_id').notNull(),
    connectorKey: text('connector_key').notNull(),
    clientId: text('client_id').notNull(),
    hasSecret: boolean('has_secret').notNull(),
    hasSigningSecret: boolean('has_signing_secret').notNull().default(false),
    eventsTaken: bigint('events_taken', { mode: 'number' }).notNull().default(0),
    eventsDropped: bigint('events_dropped', { mode: 'number' }).notNull().default(0),
    deliveriesRefused: bigint('deliveries_refused', { mode: 'number' }).notNull().default(0),
    lastEventAt: instant('last_event_at'),
    lastRefusedAt: instant('last_refused_at'),
    keyId: text('key_id').notNull(),
    wrappedKey: bytea('wrapped_key').notNull(),
    sealed: bytea('sealed').notNull(),
    updatedBy: text('updated_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.connectorKey] })],
);

/** Consents under way: bound to a session, used once. */
export const oauthStates = pgTable(
  'oauth_states',
  {
    workspaceId: text('workspace_id').notNull(),
    stateHash: text('state_hash').notNull(),
    kind: text().notNull(),
    credentialId: text('credential_id').notNull(),
    userId: text('user_id').notNull(),
    sessionId: text('session_id').notNull(),
    keyId: text('key_id').notNull(),
    wrappedKey: bytea('wrapped_key').notNull(),
    sealed: bytea('sealed').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.stateHash] })],
);
