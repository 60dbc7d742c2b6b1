import { newId } from '@millwright/core';
import type { RunHeader } from '@millwright/workflow';
import { describeRunLedger, MemoryStore, startMemoryProcess } from '../testing.ts';

describeRunLedger('the ledger in memory', () => {
  const store = new MemoryStore();
  return {
    newHeader: (): RunHeader => ({
      workspaceId: newId('workspace'),
      runId: newId('run'),
      workflowId: newId('workflow'),
      workflowName: 'Test',
      versionId: newId('version'),
      planHash: 'hash',
      triggerNodeId: 't',
      mode: 'manual',
      originDay: '2026-11-21',
      startedAtMs: 1_000,
      save: 'all',
      reply: 'none',
    }),
    startProcess: () => startMemoryProcess(store),
    requestCancel: (header) => {
      store.row(header).cancelRequested = true;
    },
    requestPause: (header) => {
      store.row(header).pauseRequested = true;
    },
    hurry: (header) =>
      store.decide(header.runId, {
        token: `${header.runId}:a:0:retry:-1:2`,
        nodeId: 'a',
        runIndex: 0,
        itemIndex: -1,
        attempt: 2,
        kind: 'retry',
        decision: { now: true },
        by: null,
        atMs: 1_000,
      }),
    nodeRuns: (header) => [...store.row(header).nodeRuns.values()],
    reply: (header) => store.row(header).reply,
    stop: () => undefined,
  };
});
