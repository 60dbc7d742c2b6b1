import { newId } from '@millwright/core';
import { MemoryStore, type AttemptRow, type RunRow } from '@millwright/executor/testing';
import type { RunHeader } from '@millwright/workflow';
import { expect, it } from 'vitest';
import { planOf } from '../plans.ts';
import { earlyTimers } from './timers.ts';

const played = planOf({
  behaviours: {},
  document: {
    format: 'millwright.workflow/1',
    name: 'Timers',
    nodes: [
      { id: 't', name: 'T', type: 'core.webhook', version: 1, position: [0, 0] },
      { id: 'p', name: 'P', type: 'core.wait', version: 1, position: [0, 1], parameters: { mode: 'for', amount: 30, unit: 'seconds' } },
      {
        id: 'w',
        name: 'W',
        type: 'test.write',
        version: 1,
        position: [0, 2],
        settings: { retry: { maxAttempts: 2, initialMs: 5_000, backoff: 1, maxMs: 60_000, jitter: 0, on: ['transient'] } },
      },
    ],
    edges: [
      { from: 't', output: 'main', to: 'p', input: 'main' },
      { from: 'p', output: 'main', to: 'w', input: 'main' },
    ],
  },
});

const header: RunHeader = {
  workspaceId: newId('workspace'),
  runId: newId('run'),
  workflowId: newId('workflow'),
  workflowName: 'Timers',
  versionId: newId('version'),
  planHash: 'plan',
  triggerNodeId: 't',
  mode: 'webhook',
  originDay: '2026-11-22',
  startedAtMs: 0,
  save: 'all',
  reply: 'none',
};

/** A run whose wait ended and whose write was tried again at these times, ms after the start. */
function runOf(waitMs: number, retryMs: number): RunRow {
  const store = new MemoryStore();
  const row = store.row(header);
  const owner = newId('owner');
  const at = (
    more: Pick<AttemptRow, 'nodeId' | 'itemIndex' | 'attempt' | 'seq' | 'status' | 'startedAtMs'> & { readonly finishedAtMs: number },
  ): void => store.put(row, { runIndex: 0, class: 'wait', owner, ...more });
  at({ nodeId: 'p', itemIndex: -2, attempt: 1, seq: 1, status: 'done', startedAtMs: 0, finishedAtMs: waitMs });
  at({ nodeId: 'w', itemIndex: 0, attempt: 1, seq: 2, status: 'failed', startedAtMs: waitMs, finishedAtMs: 40_000 });
  at({ nodeId: 'w', itemIndex: -2, attempt: 2, seq: 3, status: 'done', startedAtMs: waitMs, finishedAtMs: retryMs });
  return row;
}

it('a wait lasts as long as it says, and a retry comes so long after the answer before it', () => {
  expect(earlyTimers(runOf(30_000, 45_000), played)).toEqual([]);
  expect(earlyTimers(runOf(29_999, 45_000), played)).toEqual(['the timer of p:0 fired before its time']);
  expect(earlyTimers(runOf(31_000, 44_999), played)).toEqual(['the timer of w:0 fired before its time']);
});
