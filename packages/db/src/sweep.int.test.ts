import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newId } from '@millwright/core';
import { emptyDocument } from '@millwright/workflow';
import type { Database } from './database.ts';
import * as plans from './repositories/plans.ts';
import * as reliability from './repositories/reliability.ts';
import * as testRuns from './repositories/runs/test-runs.ts';
import * as versions from './repositories/versions.ts';
import * as workflows from './repositories/workflows.ts';
import * as workspaces from './repositories/workspaces.ts';
import { sweep } from './sweep.ts';
import { sweepIdentity } from './sweep-identity.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

const DAY_MS = 86_400_000;

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase(inject('adminUrl'));
  database = await test.open();
});
afterAll(() => test.drop());

async function countOf(table: string): Promise<number> {
  return (await database.auth.query(`select 1 from ${table}`)).rowCount ?? 0;
}

describe('test runs', () => {
  it('what the editor ran goes with its run, its plan too; the plan of a version stays', async () => {
    const workspaceId = newId('workspace');
    const workflowId = newId('workflow');
    const document = emptyDocument('F');
    const plan = (planHash: string) => ({
      skeleton: { engineVersion: 1, planHash, order: 'parallel' as const, timeoutMs: null, nodes: [] },
      configs: { a: { name: 'a', parameters: {}, credentials: {}, configHash: 'c' } },
      workflowName: 'F',
      settings: document.settings,
    });
    await database.tenant(workspaceId, async (tx) => {
      const { projectId } = await workspaces.create(tx, { name: 'W', timezone: 'UTC', language: 'en' });
      await workflows.create(tx, { id: workflowId, name: 'F', projectId, createdBy: null });
      for (const planHash of ['test', 'live']) await plans.put(tx, plan(planHash));
      await testRuns.create(tx, {
        id: newId('version'),
        workflowId,
        document,
        planHash: 'test',
        isDry: false,
        cacheKeys: {},
        by: newId('user'),
      });
      await versions.create(tx, { id: newId('version'), workflowId, number: 1, document, planHash: 'live', note: '', publishedBy: null });
    });
    const left = async (): Promise<readonly unknown[]> =>
      (await database.executor.query(`select plan_hash from plans where workspace_id = $1 order by plan_hash`, [workspaceId])).rows;
    await sweep(database.executor, Date.now() + DAY_MS);
    expect(await left()).toEqual([{ plan_hash: 'live' }, { plan_hash: 'test' }]);
    await sweep(database.executor, Date.now() + 3 * DAY_MS);
    expect(await left()).toEqual([{ plan_hash: 'live' }]);
    expect((await database.executor.query('select 1 from plan_nodes where workspace_id = $1', [workspaceId])).count).toBe(1);
  });
});

describe('tables that grow without runs', () => {
  it('sessions and one-time codes go a day after they expired, and not before', async () => {
    const userId = newId('user');
    await database.auth.query('insert into "user" (id, name, email) values ($1, $2, $3)', [userId, 'A', 'a@example.com']);
    for (const [index, ageDays] of [-1, 0.5, 2, 300].entries()) {
      const at = new Date(Date.now() - ageDays * DAY_MS);
      await database.auth.query('insert into session (id, "expiresAt", token, "userId") values ($1, $2, $1, $3)', [
        `s${index}`,
        at,
        userId,
      ]);
      await database.auth.query('insert into verification (id, identifier, value, "expiresAt") values ($1, $1, $1, $2)', [`v${index}`, at]);
    }
    expect(await sweepIdentity(database.auth)).toEqual({ sessions: 2, verifications: 2 });
    expect([await countOf('session'), await countOf('verification')]).toEqual([2, 2]);
    expect(await sweepIdentity(database.auth)).toEqual({ sessions: 0, verifications: 0 });
  });

  it('what the receiver of a proof wrote down goes a day after its end, its counts after a year; an open proof stays', async () => {
    const workspaceId = newId('workspace');
    await database.tenant(workspaceId, (tx) => workspaces.create(tx, { name: 'W', timezone: 'UTC', language: 'en' }));
    const begin = async (): Promise<string> => {
      const id = newId('proof');
      const fresh = { id, workflowId: newId('workflow'), runIds: [newId('run')], startedBy: newId('user') };
      expect(await database.tenant(workspaceId, (tx) => reliability.begin(tx, fresh))).toBe(true);
      await reliability.receive(database.executor, { proofId: id, effect: 'a', idempotencyKey: 'k' });
      return id;
    };
    const end = { status: 'finished', succeeded: 1, lost: 0, effects: 1, repeated: 0 } as const;
    await reliability.end(database.executor, await begin(), end);
    const open = await begin();
    const after = async (days: number): Promise<number> => (await sweep(database.executor, Date.now() + days * DAY_MS)).proofs;
    expect(await after(0.5)).toBe(0);
    expect((await database.executor.query('select 1 from reliability_receipts')).count).toBe(2);
    expect(await after(2)).toBe(0);
    expect((await database.executor.query('select 1 from reliability_receipts')).count).toBe(1);
    expect(await after(400)).toBe(1);
    expect((await reliability.open(database.executor)).map(({ id }) => id)).toEqual([open]);
  });
});
