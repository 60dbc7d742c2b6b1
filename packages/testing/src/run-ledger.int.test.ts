import { newId } from '@millwright/core';
import { createLedger, deliveries, runData, runs, waits, type Database, type Ledger } from '@millwright/db';
import { createTestDatabase, testHeader } from '@millwright/db/testing';
import { describeRunLedger, type LedgerHarness } from '@millwright/executor/testing';
import type { NodeRunRecord, RunHeader } from '@millwright/workflow';
import { testCluster } from './cluster.ts';

/** The node runs of a run as they are stored, with their data. */
async function storedNodeRuns(database: Database, { workspaceId, runId }: RunHeader): Promise<readonly NodeRunRecord[]> {
  return database.tenant(workspaceId, async (tx) => {
    const rows = await runs.nodeRuns(tx, runId);
    return Promise.all(
      rows.map(async (row): Promise<NodeRunRecord> => {
        const data = await runData.nodeRunData(tx, { runId, nodeId: row.nodeId, runIndex: row.runIndex });
        return {
          nodeId: row.nodeId,
          runIndex: row.runIndex,
          status: row.status,
          attempts: row.attempts,
          startedAtMs: row.startedAt.getTime(),
          inputs: data?.inputs ?? {},
          outputs: data?.outputs ?? {},
        };
      }),
    );
  });
}

/** The ledger over a real Postgres, held to the same rules as the one in memory. */
async function startHarness(): Promise<LedgerHarness> {
  const test = await createTestDatabase(testCluster().adminUrl);
  const database = await test.open();
  const ledgers: Ledger[] = [];
  return {
    newHeader: () => {
      const runId = newId('run');
      return testHeader({ runId, reply: 'respond', delivery: { endpointId: 'hook_suite', hash: runId, hasId: true } });
    },
    startProcess: async () => {
      const ledger = createLedger({ pool: database.executor.pool, listen: database.listen });
      await ledger.startOwner();
      ledgers.push(ledger);
      return {
        ledgerFor: (header) => ledger.forRun(header),
        expire: async () => {
          await database.executor.query('delete from owners where owner = $1', [ledger.ownerId()]);
        },
      };
    },
    requestCancel: async ({ workspaceId, runId }) => {
      await database.tenant(workspaceId, async (tx) => runs.requestCancel(tx, { runId, by: null }));
    },
    requestPause: async ({ workspaceId, runId }) => {
      await database.tenant(workspaceId, async (tx) =>
        tx.query('update runs set pause_at = now() where workspace_id = $1 and run_id = $2', [workspaceId, runId]),
      );
    },
    hurry: async ({ workspaceId, runId }) =>
      database.tenant(workspaceId, async (tx) => {
        const how = await waits.decide(tx, { runId, nodeId: 'a', runIndex: 0, kind: 'retry', decision: { now: true }, by: null });
        return how === 'decided';
      }),
    nodeRuns: (header) => storedNodeRuns(database, header),
    reply: async ({ delivery }) =>
      (await deliveries.find(database.executor, { endpointId: 'hook_suite', hash: delivery?.hash ?? '' }))?.reply ?? null,
    stop: async () => {
      for (const ledger of ledgers) await ledger.stopOwner();
      await test.drop();
    },
  };
}

describeRunLedger('Postgres', startHarness);
