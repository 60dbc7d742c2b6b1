import { InvariantError, newId } from '@millwright/core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  CANARY,
  callsOf,
  endOf,
  eventually,
  hosting,
  NAMESPACE,
  rawHistory,
  runInput,
  scripts,
  start,
  stateOf,
  workspaceId,
  startHosting,
  stopHosting,
} from './testing/hosted-runs.ts';

beforeAll(() => startHosting(inject('temporalAddress')));
afterAll(stopHosting);

describe.concurrent('what Temporal keeps of a run', { timeout: 180_000 }, () => {
  it('a long history continues as a new one, with state and segment number, and loses no wake-up', async () => {
    const input = runInput();
    const { runId } = input.header;
    let isOver = false;
    scripts.set(runId, (call) =>
      isOver
        ? { kind: 'ended', status: 'succeeded' }
        : { kind: 'waiting', state: stateOf(0, (call.input.state?.seq ?? 0) + 1), untilMs: null },
    );
    await start(input);
    const isContinued = async (): Promise<boolean> => {
      const { history } = await hosting().connection.workflowService.getWorkflowExecutionHistory({
        namespace: NAMESPACE,
        execution: { workflowId: runId },
        maximumPageSize: 1,
      });
      return (history?.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '') !== '';
    };
    for (let signals = 0; signals < 3000 && (signals % 50 !== 0 || !(await isContinued())); signals++) {
      await hosting().connection.workflowService.signalWorkflowExecution({
        namespace: NAMESPACE,
        workflowExecution: { workflowId: runId },
        signalName: 'wake',
      });
    }
    expect(await isContinued()).toBe(true);
    isOver = true;
    const count = callsOf(runId).length;
    await hosting().starter.wake(runId);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId).length).toBeGreaterThan(count);
    // A segment may be run again under its number; numbers and states never go back.
    const seen = callsOf(runId).map((call) => [call.input.segment, call.input.state?.seq ?? 0] as const);
    for (const [index, [segment, seq]] of seen.entries()) {
      expect(seq).toBe(segment - 1);
      expect(segment).toBeGreaterThanOrEqual(seen[index - 1]?.[0] ?? 1);
    }
    expect(callsOf(runId).filter((call) => call.first)).toHaveLength(1);
  });

  it("Temporal's own cancel aborts nothing", async () => {
    const input = runInput();
    scripts.set(input.header.runId, (_call, count) =>
      count === 1 ? { kind: 'waiting', state: stateOf(0), untilMs: Date.now() + 500 } : { kind: 'ended', status: 'succeeded' },
    );
    const runId = await start(input);
    await hosting().connection.workflowService.requestCancelWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: runId },
    });
    expect(await endOf(runId)).toBe('completed');
  });

  it('nothing of a run is readable in its history, and what was written reads back', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (call, count) => {
      if (count === 1) return { kind: 'waiting', state: { ...stateOf(0), counts: { [CANARY]: 1 } }, untilMs: 0 };
      return { kind: 'ended', status: call.input.state?.counts[CANARY] === 1 ? 'succeeded' : 'failed' };
    });
    const runId = await start(input);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId)[1]?.input.trigger).toEqual(input.trigger);
    const { text } = await rawHistory(runId);
    expect(text).toContain(`key_${workspaceId}`);
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain('workflowName');
  });

  it('runs of two workspaces, hosted side by side, never share a key', async () => {
    const inputs = Array.from({ length: 10 }, () => {
      const input = runInput();
      const own = { ...input, header: { ...input.header, workspaceId: newId('workspace') } };
      scripts.set(own.header.runId, (_call, count) => {
        if (count === 1) return { kind: 'waiting', state: stateOf(0), untilMs: 0 };
        throw new InvariantError({ code: 'bug', message: CANARY });
      });
      return own;
    });
    await Promise.all(inputs.map((input) => start(input)));
    for (const { header } of inputs) {
      expect(await endOf(header.runId)).toBe('failed');
      const named = (await rawHistory(header.runId)).text.match(/key_ws_[0-9a-z]+/g) ?? [];
      expect(new Set(named)).toEqual(new Set([`key_${header.workspaceId}`]));
      // Input, segment's two inputs, its answer, its failure, and the run's failure.
      expect(named.length).toBeGreaterThanOrEqual(5);
    }
  });

  it('terminate ends it without asking', async () => {
    const input = runInput();
    scripts.set(input.header.runId, () => ({ kind: 'waiting', state: stateOf(0), untilMs: null }));
    const runId = await start(input);
    await eventually(
      () => callsOf(runId).length,
      (count) => count === 1,
    );
    expect(await hosting().starter.terminate(runId, 'test')).toBe(true);
    expect(await endOf(runId)).toBe('terminated');
    expect(await hosting().starter.terminate(runId, 'test')).toBe(false);
    expect(await hosting().starter.describe(newId('run'))).toBeNull();
  });
});
