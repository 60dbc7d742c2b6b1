import { newId } from '@millwright/core';
import { describeCallLedger } from './describe-call-ledger.ts';
import { startMemoryProcess } from './memory-ledger.ts';
import { MemoryStore } from './memory-store.ts';

describeCallLedger('memory', () => {
  const store = new MemoryStore();
  return {
    newHeader: () => ({
      workspaceId: newId('workspace'),
      runId: newId('run'),
      workflowId: newId('workflow'),
      workflowName: 'Test',
      versionId: newId('version'),
      planHash: 'p',
      triggerNodeId: 't',
      mode: 'webhook',
      originDay: '2026-11-21',
      startedAtMs: 1_000,
      save: 'all',
      reply: 'none',
    }),
    startProcess: () => startMemoryProcess(store),
    requestCancel: (header) => {
      store.row(header).cancelRequested = true;
    },
    stop: () => undefined,
  };
});
