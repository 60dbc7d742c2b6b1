import { newId } from '@millwright/core';
import type { RunGraphInput } from '@millwright/temporal-protocol';
import type { RunState, SegmentResult } from '@millwright/workflow';
import { expect, it } from 'vitest';
import type { HostPorts } from './host-ports.ts';
import { runSegments } from './run-segments.ts';

/** A run whose first segment was opened beside its start, and waits. */
const input: RunGraphInput = {
  v: 1,
  header: {
    workspaceId: newId('workspace'),
    runId: newId('run'),
    workflowId: newId('workflow'),
    workflowName: 'Waits',
    versionId: newId('version'),
    planHash: 'plan',
    triggerNodeId: 't',
    mode: 'webhook',
    originDay: '2026-11-22',
    startedAtMs: 1_000,
    save: 'all',
    reply: 'none',
  },
  skeleton: { engineVersion: 1, planHash: 'plan', order: 'parallel', timeoutMs: null, timezone: 'UTC', nodes: [] },
  trigger: { id: 't:0:main', count: 0, sizeBytes: 0 },
  hoistedAtMs: 1_000,
};
const state: RunState = {} as RunState;

/** Plays it until nothing happens any more; whether it ended. @param isOld its history was begun by an earlier host */
async function ends({ isWoken, isOld }: { readonly isWoken: boolean; readonly isOld: boolean }): Promise<boolean> {
  const wakes = { dirty: false, wait: () => new Promise(() => undefined) };
  const waiting: SegmentResult = { kind: 'waiting', state, untilMs: null };
  const ports: HostPorts = {
    wakes,
    nowMs: () => 2_000,
    sleep: () => Promise.resolve(),
    historyLength: () => 1,
    continueAsNew: () => Promise.reject(new Error('it is not that long')),
    keepsWakes: () => !isOld,
    joinSegment: async () => {
      wakes.dirty = isWoken;
      return waiting;
    },
    runSegment: async (open) => {
      open();
      return { kind: 'ended', status: 'succeeded' };
    },
    runNode: () => Promise.resolve(),
  };
  const ended = runSegments(input, ports).then(() => true);
  return Promise.race([ended, new Promise<false>((resolve) => setImmediate(() => resolve(false)))]);
}

it('who wakes a run while its first segment is joined is not forgotten: that may have looked before', async () => {
  expect(await ends({ isWoken: true, isOld: false })).toBe(true);
  expect(await ends({ isWoken: false, isOld: false })).toBe(false);
});

it('a history of an earlier host goes on as it did', async () => {
  expect(await ends({ isWoken: true, isOld: true })).toBe(false);
});
