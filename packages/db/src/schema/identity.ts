import { bigint, boolean, integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** A person who may sign in; the columns are better-auth's. */
export const user = pgTable('user', {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
  emailVerified: boolean().notNull().default(false),
  image: text(),
  createdAt: instant('createdAt').notNull().defaultNow(),
  updatedAt: instant('updatedAt').notNull().defaultNow(),
});

/** A sign-in that is valid; better-auth's. */
export const session = pgTable('session', {
  id: text().primaryKey(),
  expiresAt: instant('expiresAt').notNull(),
  token: text().notNull(),
  createdAt: instant('createdAt').notNull().defaultNow(),
  updatedAt: instant('updatedAt').notNull().defaultNow(),
  ipAddress: text(),
  userAgent: text(),
  userId: text().notNull(),
});

/** A way to sign in, the password hash included; better-auth's. */
export const account = pgTable('account', {
  id: text().primaryKey(),
  accountId: text().notNull(),
  providerId: text().notNull(),
  userId: text().notNull(),
  accessToken: text(),
  refreshToken: text(),
  idToken: text(),
  accessTokenExpiresAt: instant('accessTokenExpiresAt'),
  refreshTokenExpiresAt: instant('refreshTokenExpiresAt'),
  scope: text(),
  password: text(),
  createdAt: instant('createdAt').notNull().defaultNow(),
  updatedAt: instant('updatedAt').notNull().defaultNow(),
});

/** A pending proof such as an e-mail link; better-auth's. */
export const verification = pgTable('verification', {
  id: text().primaryKey(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: instant('expiresAt').notNull(),
  createdAt: instant('createdAt').notNull().defaultNow(),
  updatedAt: instant('updatedAt').notNull().defaultNow(),
});

/** A tenant. */
export const workspaces = pgTable('workspaces', {
  id: text().primaryKey(),
  name: text().notNull(),
  timezone: text().notNull().default('UTC'),
  language: text().notNull().default('en'),
  runRetentionDays: integer('run_retention_days').notNull().default(30),
  deliveryRetentionDays: integer('delivery_retention_days').notNull().default(30),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** One row once the first owner exists. */
export const installation = pgTable('installation', {
  singleton: boolean().primaryKey().default(true),
  workspaceId: text('workspace_id').notNull(),
  setUpAt: instant('set_up_at').notNull().defaultNow(),
});

/** Which migrations ran. */
export const migrations = pgTable('migrations', {
  number: integer().primaryKey(),
  name: text().notNull(),
  checksum: text().notNull(),
  appliedAt: instant('applied_at').notNull().defaultNow(),
});

/** A folder of workflows; one default per workspace. */
export const projects = pgTable(
  'projects',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    name: text().notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** Who belongs to a workspace, as what. */
export const members = pgTable(
  'members',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    userId: text('user_id').notNull(),
    role: text({ enum: ['owner', 'admin', 'editor', 'operator', 'viewer'] }).notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** An offer to join; only the hash of its token is kept. */
export const invitations = pgTable(
  'invitations',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    email: text().notNull(),
    role: text({ enum: ['owner', 'admin', 'editor', 'operator', 'viewer'] }).notNull(),
    tokenHash: text('token_hash').notNull(),
    invitedBy: text('invited_by').notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    acceptedBy: text('accepted_by'),
    revokedAt: instant('revoked_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** A workspace's key, wrapped by the root key. */
export const workspaceKeys = pgTable(
  'workspace_keys',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    wrapped: bytea().notNull(),
    active: boolean().notNull().default(true),
    createdAt: instant('created_at').notNull().defaultNow(),
    nextWrapped: bytea('next_wrapped'),
    nextRoot: text('next_root'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** Answers to writes that carried an `Idempotency-Key`; kept for 24 hours. */
export const idempotentAnswers = pgTable(
  'idempotent_answers',
  {
    workspaceId: text('workspace_id').notNull(),
    keyHash: text('key_hash').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer(),
    answer: json(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.keyHash] })],
);

/** Who did what; append-only, each row hashes the one before it. */
export const auditLog = pgTable(
  'audit_log',
  {
    workspaceId: text('workspace_id').notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    id: text().notNull(),
    at: instant('at').notNull(),
    actorKind: text('actor_kind', { enum: ['user', 'apiKey', 'system'] }).notNull(),
    actorId: text('actor_id'),
    action: text().notNull(),
    targetKind: text('target_kind').notNull(),
    targetId: text('target_id'),
    details: json().notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.seq] })],
);
