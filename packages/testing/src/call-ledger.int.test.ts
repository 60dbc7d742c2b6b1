import { createLedger, runs, type Ledger } from '@millwright/db';
import { createTestDatabase, testHeader } from '@millwright/db/testing';
import { newId } from '@millwright/core';
import { describeCallLedger } from '@millwright/executor/testing';
import { testCluster } from './cluster.ts';

describeCallLedger('Postgres', async () => {
  const test = await createTestDatabase(testCluster().adminUrl);
  const database = await test.open();
  const ledgers: Ledger[] = [];
  return {
    newHeader: () => testHeader({ runId: newId('run') }),
    startProcess: async () => {
      const ledger = createLedger({ pool: database.executor.pool, listen: database.listen });
      await ledger.startOwner();
      ledgers.push(ledger);
      return {
        ledgerFor: (header) => ledger.forRun(header),
        callsFor: (header, call) => ledger.callsFor(header, call),
        expire: async () => {
          await database.executor.query('delete from owners where owner = $1', [ledger.ownerId()]);
        },
      };
    },
    requestCancel: async ({ workspaceId, runId }) => {
      await database.tenant(workspaceId, async (tx) => runs.requestCancel(tx, { runId, by: null }));
    },
    stop: async () => {
      for (const ledger of ledgers) await ledger.stopOwner();
      await test.drop();
    },
  };
});
