import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { emptyDocument } from '@millwright/workflow';
import { newId } from '@millwright/core';
import type { Database } from './database.ts';
import { databaseCode } from './errors.ts';
import { createLedger, type Ledger } from './ledger/ledger.ts';
import { roleName } from './roles.ts';
import * as audit from './repositories/audit.ts';
import * as blobs from './repositories/runs/blobs.ts';
import * as drafts from './repositories/drafts.ts';
import * as draftChanges from './repositories/publishing/draft-changes.ts';
import * as endpoints from './repositories/endpoints.ts';
import * as importedConnectors from './repositories/connectors/imported.ts';
import * as idempotency from './repositories/idempotency.ts';
import * as invitations from './repositories/invitations.ts';
import * as mailOutbox from './repositories/mail/outbox.ts';
import * as mailSettings from './repositories/mail/settings.ts';
import * as members from './repositories/members.ts';
import * as networkRules from './repositories/network/rules.ts';
import * as plans from './repositories/plans.ts';
import * as reliability from './repositories/reliability.ts';
import * as restorePoints from './repositories/history/restore-points.ts';
import * as pins from './repositories/runs/pins.ts';
import * as testRuns from './repositories/runs/test-runs.ts';
import * as triggerBindings from './repositories/triggers/bindings.ts';
import * as variables from './repositories/variables/variables.ts';
import * as versions from './repositories/versions.ts';
import * as workflows from './repositories/workflows.ts';
import * as workspaceKeys from './repositories/workspace-keys.ts';
import * as workspaces from './repositories/workspaces.ts';
import { fillCredentials } from './repositories/credentials/testing.ts';
import { createTestDatabase, testHeader, type TestDatabase } from './testing.ts';

/** Tables that belong to no tenant; everything else must be under row-level security. */
const SHARED = ['account', 'installation', 'mail_settings', 'migrations', 'owners', 'run_losses', 'session', 'verification'];

let test: TestDatabase;
let database: Database;
let ledger: Ledger;
let admin: pg.Client;
let app: pg.Client;
const theirs = newId('workspace');
const ours = newId('workspace');

beforeAll(async () => {
  test = await createTestDatabase(inject('adminUrl'));
  database = await test.open();
  ledger = createLedger({ pool: database.executor.pool });
  await ledger.startOwner();
  admin = new pg.Client({ connectionString: test.url });
  await admin.connect();
  const url = new URL(test.url);
  url.username = roleName(test.name, 'app');
  url.password = test.rolePassword('app');
  app = new pg.Client({ connectionString: url.href });
  await app.connect();
  await fill(theirs);
  await fill(ours);
});
afterAll(async () => {
  await ledger.stopOwner();
  await Promise.all([admin.end(), app.end()]);
  await test.drop();
});

/** One row at least in every tenant table. */
async function fill(workspaceId: string): Promise<void> {
  const userId = newId('user');
  await database.auth.query('insert into "user" (id, name, email) values ($1, $2, $3)', [userId, 'A', `${userId}@example.com`]);
  await database.tenant(workspaceId, async (tx) => {
    const { projectId } = await workspaces.create(tx, { name: 'W', timezone: 'UTC', language: 'en' });
    await members.add(tx, { userId, role: 'owner' });
    await idempotency.claim(tx, { keyHash: 'k', requestHash: 'r' });
    await invitations.create(tx, {
      email: 'b@example.com',
      role: 'viewer',
      tokenHash: newId('key'),
      expiresAt: new Date(Date.now() + 1e6),
      invitedBy: userId,
    });
    const keyId = newId('key');
    await workspaceKeys.addFirst(tx, { id: keyId, wrapped: new Uint8Array(3) });
    await fillCredentials(tx, keyId, userId);
    await mailOutbox.add(tx, {
      id: newId('mail'),
      kind: 'alert',
      recipient: 'b@example.com',
      subject: 's',
      about: null,
      messageId: newId('key'),
      sealed: new Uint8Array(3),
      expiresAt: new Date(Date.now() + 1e6),
    });
    const workflowId = newId('workflow');
    const document = emptyDocument('F');
    await workflows.create(tx, { id: workflowId, name: 'F', projectId, createdBy: userId });
    await drafts.save(tx, { workflowId, yState: new Uint8Array(2), document, by: userId });
    await draftChanges.record(tx, workflowId, [{ path: 'name', userId, at: new Date() }]);
    const key = `imported${workspaceId.replaceAll(/[^a-z0-9]/g, '').slice(-20)}`;
    await importedConnectors.add(tx, { key, title: 'C', content: {}, source: 'c.json', baseUrl: null, by: userId });
    await importedConnectors.addVersion(tx, { key, version: 2, content: {}, source: 'c.json', baseUrl: null, by: userId });
    await networkRules.put(tx, { allow: ['a.example'], deny: [] }, userId);
    await restorePoints.keep(tx, { id: newId('restorePoint'), workflowId, cause: 'name', name: 'n', by: userId });
    await plans.put(tx, {
      skeleton: { engineVersion: 1, planHash: 'p', order: 'parallel', timeoutMs: null, nodes: [] },
      configs: { a: { name: 'a', parameters: {}, credentials: {}, configHash: 'c' } },
      workflowName: 'F',
      settings: document.settings,
    });
    const versionId = newId('version');
    await versions.create(tx, { id: versionId, workflowId, number: 1, document, planHash: 'p', note: '', publishedBy: userId });
    await workflows.setLive(tx, { workflowId, versionId, by: userId });
    await pins.put(tx, { workflowId, nodeId: 'a', outputs: { main: [] }, by: userId });
    await variables.put(tx, { key: 'region', value: 'eu', sizeBytes: 10, by: userId });
    await testRuns.create(tx, { id: newId('version'), workflowId, document, planHash: 'p', isDry: true, cacheKeys: {}, by: userId });
    const [endpoint] = await endpoints.upsertForWorkflow(tx, workflowId, [{ nodeId: 'a', answer: 'now', settings: {} }]);
    const setting = {
      way: 'poll',
      connectorKey: 'a',
      triggerKey: 'b',
      input: {},
      credentialId: null,
      takesAll: false,
      settingHash: 'h',
    } as const;
    await triggerBindings.bindForWorkflow(tx, workflowId, [{ ...setting, endpointId: endpoint?.id ?? '', nodeId: 'a' }]);
    await audit.append(tx, {
      actor: { kind: 'user', id: userId },
      action: 'workflow.publish',
      target: { kind: 'workflow', id: workflowId },
    });
  });
  const proofId = newId('proof');
  await database.tenant(workspaceId, async (tx) =>
    reliability.begin(tx, { id: proofId, workflowId: newId('workflow'), runIds: [newId('run')], startedBy: userId }),
  );
  await reliability.receive(database.executor, { proofId, effect: 'a', idempotencyKey: 'k' });
  await reliability.end(database.executor, proofId, { status: 'finished', succeeded: 1, lost: 0, effects: 1, repeated: 0 });
  const header = testHeader({ workspaceId, delivery: { endpointId: newId('endpoint'), hash: 'h', hasId: true } });
  const run = ledger.forRun(header);
  run.nodeRun({ nodeId: 'a', runIndex: 0, status: 'succeeded', attempts: 1, startedAtMs: 1, inputs: {}, outputs: {} });
  await run.start({ nodeId: 'a', runIndex: 0, itemIndex: 0, attempt: 1, class: 'write', requestHash: 'h', startedAtMs: 1 });
  await database.executor.query(
    `insert into waits (workspace_id, token, run_id, node_id, run_index, kind) values ($1, $2, $3, 'a', 0, 'webhook')`,
    [workspaceId, newId('key'), header.runId],
  );
  await database.executor.query('insert into failure_handlings (workspace_id, run_id, handler_workflow_id) values ($1, $2, $3)', [
    workspaceId,
    header.runId,
    newId('workflow'),
  ]);
  await blobs.write(
    database.executor,
    { workspaceId, runId: header.runId, kind: 'items', mediaType: null },
    {
      chunks: (async function* () {
        yield new Uint8Array(1);
      })(),
      seal: () => ({ sha256: 'x', sizeBytes: 1, itemCount: 1 }),
    },
  );
}

/** Every table but the ledger's partitions, and the column that says whose a row is. */
async function tenantTables(): Promise<readonly { readonly name: string; readonly column: string; readonly forced: boolean }[]> {
  const result = await admin.query<{ name: string; forced: boolean; owned: boolean }>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
       exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id') as owned
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  return result.rows
    .filter((row) => !SHARED.includes(row.name))
    .map((row) => ({ name: row.name, forced: row.forced, column: row.owned ? 'workspace_id' : 'id' }));
}

/** The rows of a table that raw SQL as the application's role sees in a workspace; null: it may not look at all. */
async function seen(name: string, workspaceId: string | null): Promise<number | null> {
  await app.query('begin');
  try {
    if (workspaceId !== null) await app.query(`select set_config('app.workspace_id', $1, true)`, [workspaceId]);
    return Number((await app.query<{ n: string }>(`select count(*) as n from "${name}"`)).rows[0]?.n);
  } catch {
    return null;
  } finally {
    await app.query('rollback');
  }
}

async function countOf(name: string, where = 'true'): Promise<number> {
  return Number((await admin.query<{ n: string }>(`select count(*) as n from "${name}" where ${where}`)).rows[0]?.n);
}

/** Rows that a statement touched in our workspace, committed; 0 when it was refused. */
async function rowsTouched(statement: string): Promise<number> {
  await app.query('begin');
  await app.query(`select set_config('app.workspace_id', $1, true)`, [ours]);
  const touched = await app.query(statement).then(
    (result) => result.rowCount ?? 0,
    () => 0,
  );
  await app.query('commit');
  return touched;
}

describe('row-level security', () => {
  it('is forced on every table that is not listed as shared, partitions included', async () => {
    const tables = await tenantTables();
    expect(tables.filter((table) => !table.forced)).toEqual([]);
    expect(tables.length).toBeGreaterThan(21);
    const partitions = await admin.query<{ open: boolean }>(
      `select not (relrowsecurity and relforcerowsecurity) or has_table_privilege($1, oid, 'select') as open from pg_class where relispartition and relkind = 'r'`,
      [roleName(test.name, 'app')],
    );
    expect(partitions.rows.filter((row) => row.open)).toEqual([]);
  });

  it('raw SQL as the application’s role reads no other workspace’s rows, and none without a workspace', async () => {
    for (const { name, column } of await tenantTables()) {
      const all = await countOf(name);
      const whose = name === 'user' ? 'false' : `${column} = '${theirs}'`;
      expect({
        name,
        ofBoth: all >= 2,
        inOurs: await seen(name, ours),
        without: await seen(name, null),
        inAnEmptyOne: await seen(name, newId('workspace')),
        theirsByName: await rowsTouched(`select 1 from "${name}" where ${whose}`),
      }).toEqual({ name, ofBoth: true, inOurs: all / 2, without: 0, inAnEmptyOne: 0, theirsByName: 0 });
    }
  });

  it('raw SQL as the application’s role writes, moves and deletes no row of another workspace', async () => {
    const before = await snapshot();
    for (const { name, column } of await tenantTables()) {
      await rowsTouched(`update "${name}" set ${column} = ${column}`);
      expect({
        name,
        moved: await rowsTouched(`update "${name}" set ${column} = '${theirs}'`),
        written: await rowsTouched(`update "${name}" set ${column} = ${column} where ${column} = '${theirs}'`),
        deleted: await rowsTouched(`delete from "${name}" where ${column} = '${theirs}'`),
      }).toEqual({ name, moved: 0, written: 0, deleted: 0 });
    }
    expect(await snapshot()).toEqual(before);
  });

  it('raw SQL as the application’s role inserts no row into another workspace', async () => {
    const refused: string[] = [];
    const tables = (await tenantTables()).filter(({ name }) => name !== 'user');
    for (const { name, column } of tables) {
      await app.query('begin');
      await app.query(`select set_config('app.workspace_id', $1, true)`, [ours]);
      await app
        .query(`insert into "${name}" select (jsonb_populate_record(t, jsonb_build_object('${column}', '${theirs}'))).* from "${name}" t`)
        .catch((thrown: unknown) => {
          if (databaseCode(thrown) === '42501') refused.push(name);
        });
      await app.query('rollback');
    }
    expect(refused).toEqual(tables.map(({ name }) => name));
  });

  it('the application’s role sees no session, password or lease, and cannot forge a history', async () => {
    const shared = ['session', 'account', 'verification', 'owners', 'run_losses'];
    expect(
      await Promise.all(
        shared.map(async (name) => database.tenant(ours, async (tx) => tx.query(`select 1 from ${name}`)).catch(databaseCode)),
      ),
    ).toEqual(shared.map(() => '42501'));
    for (const statement of [
      `update audit_log set action = 'x'`,
      'delete from audit_log',
      `update runs set status = 'succeeded'`,
      `update workflow_versions set note = 'x'`,
    ]) {
      await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('the executor’s role sees no person, session, invitation, draft, pin, key or audit line; the identity role sees no run', async () => {
    for (const name of [
      '"user"',
      'session',
      'account',
      'members',
      'invitations',
      'drafts',
      'pins',
      'workspace_keys',
      'audit_log',
      'projects',
      'credentials',
      'credential_grants',
      'client_apps',
      'oauth_states',
    ]) {
      await expect(database.executor.query(`select 1 from ${name}`)).rejects.toMatchObject({ code: '42501' });
    }
    for (const name of [
      'runs',
      'node_runs',
      'attempts',
      'workflows',
      'drafts',
      'plans',
      'blobs',
      'deliveries',
      'workspace_keys',
      'audit_log',
      'credentials',
      'client_apps',
      'oauth_states',
    ]) {
      await expect(database.auth.query(`select 1 from ${name}`)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('the mail server of the install belongs to the workspace that it was set up with: no other sees, changes or takes its place', async () => {
    const server = {
      host: 'smtp.test',
      port: 465,
      security: 'tls',
      username: null,
      sealedPassword: null,
      fromAddress: 'a@example.com',
    } as const;
    const put = async (workspaceId: string): Promise<unknown> =>
      database.tenant(workspaceId, async (tx) => mailSettings.put(tx, { ...server, fromName: null }, newId('user'))).catch(databaseCode);
    await admin.query('insert into installation (workspace_id) values ($1)', [ours]);
    expect(await put(theirs)).toBe('42501');
    expect(await put(ours)).toBeUndefined();
    expect([await seen('mail_settings', ours), await seen('mail_settings', theirs), await seen('mail_settings', null)]).toEqual([1, 0, 0]);
    expect(await put(theirs)).toBe('42501');
    await database.tenant(theirs, async (tx) => tx.query('delete from mail_settings'));
    expect(await countOf('mail_settings', `host = 'smtp.test'`)).toBe(1);
  });

  it('a workspace id that is none is refused before it gets near SQL', async () => {
    await expect(database.tenant(`ws_'; drop table runs; --`, async () => undefined)).rejects.toMatchObject({ code: 'workspace_id' });
  });
});

/** Rows of the other workspace, per table. */
async function snapshot(): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { name, column } of await tenantTables())
    counts.set(name, await countOf(name, name === 'user' ? 'true' : `${column} = '${theirs}'`));
  return counts;
}
