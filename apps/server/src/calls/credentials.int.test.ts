import path from 'node:path';
import { newId, type RunId, type WorkspaceId } from '@millwright/core';
import { loadRootKey } from '@millwright/credentials';
import { openDatabase, waits, type Database } from '@millwright/db';
import { createLogger } from '@millwright/platform';
import { createOwner, eventually, publishSketch, queryRows, startProduct, type Product, type SignedIn } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let product: Product;
let owner: SignedIn;
let database: Database;

beforeAll(async () => {
  product = await startProduct({ env: { NODE_ENV: 'test', MILLWRIGHT_TEST_NODES: '1' } });
  owner = await createOwner(product);
  const rootKey = await loadRootKey({ file: path.join(product.dataDir, 'root.key'), value: undefined });
  const log = createLogger({ level: 'error', name: 'tests' });
  database = await openDatabase({ url: product.databaseUrl, rolePassword: (role) => rootKey.deriveText(`postgres/${role}`), log });
});
afterAll(async () => {
  await database?.close();
  await product?.remove();
});

async function startRun(credentialId: string, times: number): Promise<RunId> {
  const { workflowId } = await publishSketch(owner, `Held by ${credentialId}`, {
    nodes: [
      ['start', 'core.manual'],
      ['call', 'test.deadCredential', { credentialId, times }],
    ],
    edges: ['start -> call'],
  });
  return (await owner.client.workflows.startRun({ workflowId, body: { input: {} } })).runId;
}

async function inStatus(runId: RunId, ...statuses: readonly string[]) {
  return eventually(async () => {
    const run = await owner.client.runs.get({ runId }).catch(() => null);
    return run !== null && statuses.includes(run.status) ? run : null;
  });
}

/** What reconnecting a credential does for a run that waits for it. */
async function reconnected(runId: RunId): Promise<waits.Decided> {
  const [row] = await queryRows<{ workspace_id: WorkspaceId }>(product.databaseUrl, 'select workspace_id from runs where run_id = $1', [
    runId,
  ]);
  if (row === undefined) throw new Error(`no run ${runId}`);
  return database.tenant(row.workspace_id, async (tx) =>
    waits.decide(tx, { runId, nodeId: 'call', runIndex: 0, kind: 'credential', decision: { reconnected: true }, by: null }),
  );
}

describe('a run whose credential has to be reconnected', () => {
  it('waits for it, goes on when it was, and waits again when it dies again; a kill -9 meanwhile changes nothing', async () => {
    const credentialId = newId('credential');
    const runId = await startRun(credentialId, 2);
    expect((await inStatus(runId, 'waiting')).waitsFor).toEqual({ kind: 'credential', who: credentialId });
    expect(await reconnected(runId)).toBe('decided');
    expect(await reconnected(runId)).toBe('alreadyDecided');
    // The second call of the node is refused too: that is another try, and another wait.
    await eventually(async () => ((await attempts(runId)).length === 2 ? true : null));
    expect(await attempts(runId)).toEqual(['notSent', 'notSent']);
    expect((await inStatus(runId, 'waiting')).waitsFor).toEqual({ kind: 'credential', who: credentialId });
    await product.kill();
    await product.start();
    // The node begins to count anew in a new process: it is refused twice more.
    for (const tries of [3, 4]) {
      expect(await eventually(async () => ((await reconnected(runId)) === 'decided' ? true : null))).toBe(true);
      await eventually(async () => ((await attempts(runId)).length === tries ? true : null));
      await inStatus(runId, 'waiting');
    }
    expect(await eventually(async () => ((await reconnected(runId)) === 'decided' ? true : null))).toBe(true);
    expect((await inStatus(runId, 'succeeded', 'failed')).status).toBe('succeeded');
    expect(await attempts(runId)).toEqual(['notSent', 'notSent', 'notSent', 'notSent', 'done']);
  });

  it('can be canceled', async () => {
    const runId = await startRun(newId('credential'), 1);
    await inStatus(runId, 'waiting');
    await owner.client.runs.cancel({ runId });
    expect((await inStatus(runId, 'canceled')).status).toBe('canceled');
    expect(await reconnected(runId)).toBe('runEnded');
  });
});

async function attempts(runId: RunId): Promise<readonly string[]> {
  const rows = await queryRows<{ status: string }>(
    product.databaseUrl,
    `select status from attempts where run_id = $1 and node_id = 'call' and item_index >= 0 order by attempt`,
    [runId],
  );
  return rows.map(({ status }) => status);
}
