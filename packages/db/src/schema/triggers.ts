import { boolean, integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** What binds a trigger of a connector to its service. */
export const triggerBindings = pgTable(
  'trigger_bindings',
  {
    workspaceId: text('workspace_id').notNull(),
    endpointId: text('endpoint_id').notNull(),
    workflowId: text('workflow_id').notNull(),
    nodeId: text('node_id').notNull(),
    way: text().notNull(),
    connectorKey: text('connector_key').notNull(),
    triggerKey: text('trigger_key').notNull(),
    input: json().notNull(),
    credentialId: text('credential_id'),
    takesAll: boolean('takes_all').notNull().default(false),
    settingHash: text('setting_hash').notNull(),
    generation: integer().notNull().default(1),
    pollState: json('poll_state'),
    subscribed: json(),
    sealedKept: bytea('sealed_kept'),
    renewAt: instant('renew_at'),
    status: text().notNull().default('starting'),
    errorCode: text('error_code'),
    errorText: text('error_text'),
    errorAt: instant('error_at'),
    faults: integer().notNull().default(0),
    lastEventAt: instant('last_event_at'),
    lastPolledAt: instant('last_polled_at'),
    nextAt: instant('next_at').defaultNow(),
    claim: text(),
    claimedUntil: instant('claimed_until'),
    createdAt: instant('created_at').notNull().defaultNow(),
    watcher: text(),
    watchedUntil: instant('watched_until'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.endpointId] })],
);
