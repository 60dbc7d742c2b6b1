import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  callsOf,
  endOf,
  eventually,
  hosting,
  rawHistory,
  runInput,
  scripts,
  start,
  stateOf,
  startHosting,
  stopHosting,
} from './testing/hosted-runs.ts';

beforeAll(() => startHosting(inject('temporalAddress')));
afterAll(stopHosting);

describe.concurrent('runGraph', { timeout: 180_000 }, () => {
  it('a run ends with its first segment, which knows that it is the first', async () => {
    const runId = await start(runInput());
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId)).toHaveLength(1);
    expect(callsOf(runId)[0]).toMatchObject({ first: true, input: { segment: 1, state: null } });
  });

  it('a duplicate start is told so, while the run is open and after it ended', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (_call, count) =>
      count === 1 ? { kind: 'waiting', state: stateOf(0), untilMs: null } : { kind: 'ended', status: 'failed' },
    );
    await start(input);
    expect(await hosting().starter.start(input)).toEqual({ duplicate: true });
    await eventually(
      () => callsOf(input.header.runId).length,
      (count) => count === 1,
    );
    expect(await hosting().starter.wake(input.header.runId)).toBe(true);
    expect(await endOf(input.header.runId)).toBe('completed');
    expect(await hosting().starter.start(input)).toEqual({ duplicate: true });
    expect(await hosting().starter.wake(input.header.runId)).toBe(false);
  });

  it('a waiting run goes on at its time, with its state, its segment number and a later time', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (call, count) =>
      count === 1
        ? { kind: 'waiting', state: stateOf(call.input.openedAtMs, 7), untilMs: call.input.openedAtMs + 300 }
        : { kind: 'ended', status: 'succeeded' },
    );
    const runId = await start(input);
    expect(await endOf(runId)).toBe('completed');
    const [first, second] = callsOf(runId);
    expect(second).toMatchObject({ first: false, input: { segment: 2, state: { seq: 7 } } });
    expect(second?.input.openedAtMs).toBeGreaterThanOrEqual((first?.input.openedAtMs ?? 0) + 300);
  });

  it('a wake-up ends a wait for a time that is far away', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (_call, count) =>
      count === 1 ? { kind: 'waiting', state: stateOf(0), untilMs: Date.now() + 86_400_000 } : { kind: 'ended', status: 'canceled' },
    );
    const runId = await start(input);
    await eventually(
      async () => (await rawHistory(runId)).types,
      (types) => types.includes(17),
    );
    await hosting().starter.wake(runId);
    expect(await endOf(runId)).toBe('completed');
  });

  it('two segments never share a workflow task, also with a full quota', async () => {
    const input = runInput();
    scripts.set(input.header.runId, (_call, count) => {
      if (count <= 2) return { kind: 'more', state: stateOf(0, count) };
      return count === 3 ? { kind: 'capacity', untilMs: 0 } : { kind: 'ended', status: 'succeeded' };
    });
    const runId = await start(input);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId).map((call) => call.input.state?.seq ?? null)).toEqual([null, 1, 2, 2]);
    const { types } = await rawHistory(runId);
    const markers = types.filter((type) => type === 25).length;
    const completed = types.filter((type) => type === 7).length;
    expect(markers).toBe(4);
    expect(completed).toBeGreaterThanOrEqual(4);
  });

  it('a wake-up during a segment opens another one', async () => {
    const input = runInput();
    const { runId } = input.header;
    scripts.set(runId, async (_call, count) => {
      if (count === 1) {
        await hosting().starter.wake(runId);
        return { kind: 'waiting', state: stateOf(0), untilMs: null };
      }
      return count > 2 || callsOf(runId).at(-1)?.input.segment === 2
        ? { kind: 'ended', status: 'succeeded' }
        : { kind: 'waiting', state: stateOf(0), untilMs: null };
    });
    await start(input);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId).at(-1)?.input.segment).toBe(2);
  });

  it('a wake-up during the last segment makes the server refuse the end: the same segment is asked again, and the run ends', async () => {
    const input = runInput();
    const { runId } = input.header;
    scripts.set(runId, async (_call, count) => {
      if (count === 1) await hosting().starter.wake(runId);
      return { kind: 'ended', status: 'succeeded' };
    });
    await start(input);
    expect(await endOf(runId)).toBe('completed');
    expect(callsOf(runId).length).toBeGreaterThan(1);
    expect(callsOf(runId).map((call) => [call.input.segment, call.input.state])).toEqual(callsOf(runId).map(() => [1, null]));
  });
});
