import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { newId } from '@millwright/core';
import { emptyDocument, type WorkflowDocument } from '@millwright/workflow';
import type { Database } from './database.ts';
import { createLedger } from './ledger/ledger.ts';
import type { TenantTx } from './queryable.ts';
import * as audit from './repositories/audit.ts';
import * as deliveries from './repositories/runs/deliveries.ts';
import * as drafts from './repositories/drafts.ts';
import * as endpoints from './repositories/endpoints.ts';
import * as invitations from './repositories/invitations.ts';
import * as members from './repositories/members.ts';
import * as plans from './repositories/plans.ts';
import * as projects from './repositories/projects.ts';
import * as runs from './repositories/runs/runs.ts';
import * as versions from './repositories/versions.ts';
import * as workflows from './repositories/workflows.ts';
import * as workspaces from './repositories/workspaces.ts';
import { sweep } from './sweep.ts';
import { createTestDatabase, testHeader, type TestDatabase } from './testing.ts';

let test: TestDatabase;
let database: Database;
let workspaceId: string;
let projectId: string;

beforeAll(async () => {
  test = await createTestDatabase(inject('adminUrl'));
  database = await test.open();
});
afterAll(async () => test.drop());
beforeEach(async () => {
  workspaceId = newId('workspace');
  await inWorkspace(async (tx) => {
    projectId = (await workspaces.create(tx, { name: 'W', timezone: 'Europe/Berlin', language: 'de' })).projectId;
  });
});

async function inWorkspace<T>(fn: (tx: TenantTx) => Promise<T>): Promise<T> {
  return database.tenant(workspaceId, fn);
}
async function aUser(): Promise<string> {
  const userId = newId('user');
  await database.auth.query('insert into "user" (id, name, email) values ($1, $1, $2)', [userId, `${userId}@example.com`]);
  return userId;
}
async function aWorkflow(name = 'Lead intake'): Promise<string> {
  const workflowId = newId('workflow');
  await inWorkspace(async (tx) => {
    await workflows.create(tx, { id: workflowId, name, projectId, createdBy: null });
    await drafts.save(tx, {
      workflowId,
      yState: new Uint8Array([1]),
      document: emptyDocument(name),
      triggerTypes: ['core.webhook'],
      by: null,
    });
  });
  return workflowId;
}
async function publish(workflowId: string, document: WorkflowDocument, planHash = 'plan'): Promise<string> {
  const versionId = newId('version');
  await inWorkspace(async (tx) => {
    await plans.put(tx, {
      skeleton: { engineVersion: 1, planHash, order: 'parallel', timeoutMs: null, nodes: [] },
      configs: { a: { name: 'A', parameters: { text: 'nul \u0000' }, credentials: {}, configHash: 'c' } },
      workflowName: document.name,
      settings: document.settings,
    });
    const number = await versions.nextNumber(tx, workflowId);
    await versions.create(tx, { id: versionId, workflowId, number, document, planHash, note: 'first', publishedBy: null });
    await workflows.setLive(tx, { workflowId, versionId, by: null });
  });
  return versionId;
}

describe('setting up and people', () => {
  it('an installation is set up once, however many try at the same time', async () => {
    expect(await workspaces.needsOwner(database.identity)).toBe(true);
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, async () => database.tenant(newId('workspace'), async (tx) => workspaces.claimInstallation(tx))),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(tries.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'already_set_up', kind: 'conflict' });
    expect(await workspaces.needsOwner(database.identity)).toBe(false);
    expect(await inWorkspace(workspaces.get)).toMatchObject({ id: workspaceId, timezone: 'Europe/Berlin', runRetentionDays: 30 });
    expect(await inWorkspace(projects.defaultId)).toBe(projectId);
  });

  it('the last owner can neither leave nor be demoted', async () => {
    const [first, second] = [await aUser(), await aUser()];
    const ids = await inWorkspace(async (tx) => [
      await members.add(tx, { userId: first, role: 'owner' }),
      await members.add(tx, { userId: second, role: 'viewer' }),
    ]);
    const [ownerId = '', viewerId = ''] = ids;
    await expect(inWorkspace(async (tx) => members.add(tx, { userId: first, role: 'viewer' }))).rejects.toMatchObject({
      code: 'already_member',
    });
    await expect(inWorkspace(async (tx) => members.remove(tx, ownerId))).rejects.toMatchObject({ code: 'last_owner' });
    await inWorkspace(async (tx) => members.setRole(tx, { memberId: viewerId, role: 'owner' }));
    const both = await Promise.allSettled(
      [ownerId, viewerId].map(async (memberId) => inWorkspace(async (tx) => members.setRole(tx, { memberId, role: 'editor' }))),
    );
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await inWorkspace(members.list)).toHaveLength(2);
    expect(await members.ofUser(database.identity, first)).toMatchObject([{ workspaceId, workspaceName: 'W' }]);
  });

  it('an invitation is found by its token’s hash and used once', async () => {
    const tokenHash = newId('key');
    const offer = await inWorkspace(async (tx) =>
      invitations.create(tx, {
        email: 'x@example.com',
        role: 'editor',
        tokenHash,
        expiresAt: new Date(Date.now() + 60_000),
        invitedBy: 'usr_a',
      }),
    );
    expect(await invitations.findByTokenHash(database.identity, tokenHash)).toMatchObject({
      id: offer.id,
      workspaceId,
      workspaceName: 'W',
      role: 'editor',
    });
    const uses = await Promise.allSettled(
      [1, 2].map(async () => inWorkspace(async (tx) => invitations.accept(tx, { invitationId: offer.id, userId: 'usr_b' }))),
    );
    expect(uses.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await invitations.findByTokenHash(database.identity, tokenHash)).toBeNull();
    const old = await inWorkspace(async (tx) =>
      invitations.create(tx, {
        email: 'y@example.com',
        role: 'editor',
        tokenHash: newId('key'),
        expiresAt: new Date(0),
        invitedBy: 'usr_a',
      }),
    );
    await expect(inWorkspace(async (tx) => invitations.accept(tx, { invitationId: old.id, userId: 'usr_b' }))).rejects.toMatchObject({
      code: 'invitation_gone',
    });
    await inWorkspace(async (tx) => invitations.revoke(tx, old.id));
    expect(await inWorkspace(invitations.list)).toEqual([]);
  });

  it('every line of the audit log hashes the one before it, also when many write at once', async () => {
    await Promise.all(
      Array.from({ length: 8 }, async () =>
        inWorkspace(async (tx) =>
          audit.append(tx, {
            actor: { kind: 'system', id: null },
            action: 'x',
            target: { kind: 'y', id: null },
            details: { text: '\u0000' },
          }),
        ),
      ),
    );
    const lines = await inWorkspace(async (tx) =>
      tx.query<{ previous_hash: string; hash: string }>('select previous_hash, hash from audit_log order by seq'),
    );
    expect(lines.rows.map((line) => line.previous_hash)).toEqual(['0'.repeat(64), ...lines.rows.slice(0, -1).map((line) => line.hash)]);
  });
});

describe('workflows', () => {
  it('a draft is saved on top of the revision that was read, or refused', async () => {
    const workflowId = await aWorkflow();
    const document = { ...emptyDocument('Renamed'), annotations: [] };
    const save = async (revisionExpected?: number): Promise<number> =>
      inWorkspace(async (tx) =>
        drafts.save(tx, {
          workflowId,
          yState: new Uint8Array([2]),
          document,
          by: null,
          ...(revisionExpected === undefined ? {} : { revisionExpected }),
        }),
      );
    const both = await Promise.allSettled([save(1), save(1)]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'draft_conflict', kind: 'preconditionFailed' });
    expect(await save()).toBe(3);
    expect(await inWorkspace(async (tx) => drafts.get(tx, workflowId))).toMatchObject({
      document,
      revision: 3,
      yState: new Uint8Array([2]),
    });
    expect(await inWorkspace(async (tx) => workflows.get(tx, workflowId))).toMatchObject({
      name: 'Renamed',
      draftRevision: 3,
      triggerTypes: ['core.webhook'],
    });
  });

  it('a list shows state, live version, change and last run, and its pages lose nothing', async () => {
    const ids = [await aWorkflow('a 100%'), await aWorkflow('b'), await aWorkflow('c')];
    await publish(ids[0] ?? '', emptyDocument('a 100%'));
    await publish(ids[1] ?? '', emptyDocument('other'));
    await inWorkspace(async (tx) => workflows.setActive(tx, { workflowId: ids[1] ?? '', active: false, by: null }));
    const first = await inWorkspace(async (tx) => workflows.list(tx, { limit: 2 }));
    const second = await inWorkspace(async (tx) => workflows.list(tx, { limit: 2, cursor: first.nextCursor ?? '' }));
    expect([...first.items, ...second.items].map((item) => [item.name, item.state, item.liveVersion?.number, item.draftChanged])).toEqual([
      ['b', 'off', 1, true],
      ['a 100%', 'live', 1, false],
      ['c', 'draft', undefined, true],
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await inWorkspace(async (tx) => workflows.list(tx, { query: '0%' }))).items.map((item) => item.name)).toEqual(['a 100%']);
    await inWorkspace(async (tx) => workflows.archive(tx, { workflowId: ids[2] ?? '', by: null }));
    expect((await inWorkspace(async (tx) => workflows.list(tx, {}))).items).toHaveLength(2);
    await expect(inWorkspace(async (tx) => workflows.list(tx, { cursor: 'x' }))).rejects.toMatchObject({ code: 'cursor_invalid' });
    await expect(
      inWorkspace(async (tx) => workflows.rename(tx, { workflowId: newId('workflow'), name: 'x', by: null })),
    ).rejects.toMatchObject({ code: 'workflow_unknown' });
  });

  it('a node keeps its URL over every publish, and gets it back when it returns', async () => {
    const workflowId = await aWorkflow();
    const versionId = await publish(workflowId, emptyDocument('a'));
    const spec = { nodeId: 'hook', answer: 'respond' as const, settings: { methods: ['POST'] } };
    const upsert = async (specs: readonly endpoints.EndpointSpec[]): Promise<readonly endpoints.Endpoint[]> =>
      inWorkspace(async (tx) => endpoints.upsertForWorkflow(tx, workflowId, specs));
    const [made] = await upsert([spec]);
    const id = made?.id ?? '';
    expect(await endpoints.resolve(database.executor, id)).toMatchObject({
      workspaceId,
      workflowId,
      versionId,
      planHash: 'plan',
      ...spec,
      active: true,
      workflowSettings: { save: 'all' },
    });
    await upsert([]);
    expect(await endpoints.resolve(database.executor, id)).toMatchObject({ active: false });
    expect(await upsert([{ ...spec, answer: 'end' }])).toEqual([{ ...spec, answer: 'end', id, active: true }]);
    expect(await inWorkspace(async (tx) => endpoints.list(tx, workflowId))).toHaveLength(1);
    expect(await endpoints.resolve(database.executor, 'hook_none')).toBeNull();
  });

  it('a plan is stored once and read back to the letter', async () => {
    const workflowId = await aWorkflow();
    await publish(workflowId, emptyDocument('a'), 'p1');
    await publish(workflowId, emptyDocument('a'), 'p1');
    expect(await plans.config(database.executor, { workspaceId, planHash: 'p1', nodeId: 'a' })).toMatchObject({
      parameters: { text: 'nul \u0000' },
    });
    expect(await plans.config(database.executor, { workspaceId, planHash: 'p1', nodeId: 'b' })).toBeNull();
    expect((await plans.skeleton(database.executor, { workspaceId, planHash: 'p1' }))?.skeleton.planHash).toBe('p1');
    expect((await inWorkspace(async (tx) => versions.list(tx, workflowId))).map((version) => version.number)).toEqual([2, 1]);
  });
});

describe('runs and retention', () => {
  it('old ended runs, their data and old deliveries go; open ones, young ones and their ledger days stay', async () => {
    const ledger = createLedger({ pool: database.executor.pool });
    await ledger.startOwner();
    const nowMs = Date.now();
    const dayMs = 86_400_000;
    const workflowId = await aWorkflow();
    const make = async (ageDays: number, end: boolean): Promise<string> => {
      const atMs = nowMs - ageDays * dayMs;
      const header = testHeader({
        workspaceId,
        workflowId,
        startedAtMs: atMs,
        originDay: new Date(atMs).toISOString().slice(0, 10),
        delivery: { endpointId: newId('endpoint'), hash: `h${String(ageDays)}${String(end)}`, hasId: true },
      });
      const run = ledger.forRun(header);
      run.nodeRun({ nodeId: 'a', runIndex: 0, status: 'succeeded', attempts: 1, startedAtMs: atMs, inputs: {}, outputs: {} });
      await run.start({ nodeId: 'a', runIndex: 0, itemIndex: 0, attempt: 1, class: 'write', requestHash: 'h', startedAtMs: atMs });
      await run.close(end ? { ended: { status: 'succeeded', finishedAtMs: atMs + 1 } } : { waiting: { waitsFor: null } });
      return header.runId;
    };
    const gone = await make(40, true);
    const waiting = await make(45, false);
    const young = await make(20, true);
    await deliveries.pendingStore(database.executor)({ workspaceId, endpointId: 'hook_x', hash: 'p', runId: 'run_x', input: null });
    await database.executor.query(`update deliveries set at = now() - interval '60 days' where endpoint_id = 'hook_x'`);
    expect(await sweep(database.executor)).toEqual({ runs: 1, deliveries: 2, blobs: 0, proofs: 0, mails: 0, partitionsDropped: 1 });
    expect(await sweep(database.executor)).toEqual({ runs: 0, deliveries: 0, blobs: 0, proofs: 0, mails: 0, partitionsDropped: 0 });
    const left = await inWorkspace(async (tx) => runs.list(tx, { workflowId }));
    expect(left.items.map((run) => run.id)).toEqual([young, waiting]);
    expect(await inWorkspace(async (tx) => runs.get(tx, gone))).toBeNull();
    expect((await database.executor.query('select 1 from attempts where run_id = any($1)', [[young, waiting, gone]])).count).toBe(2);
    expect(await deliveries.listPending(database.executor)).toHaveLength(1);
    await ledger.stopOwner();
  });
});
