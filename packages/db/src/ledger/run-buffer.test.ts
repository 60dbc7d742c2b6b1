import type { RunHeader, StartedAttempt } from '@millwright/workflow';
import { expect, it } from 'vitest';
import { RunBuffer } from './run-buffer.ts';

const header = { runId: 'run_1' } as RunHeader;
const started: StartedAttempt = { nodeId: 'a', runIndex: 0, itemIndex: 0, attempt: 1, class: 'write', requestHash: 'h', startedAtMs: 1 };

it('a start that never left is taken back', () => {
  const buffer = new RunBuffer(header, 'own_1', 0);
  buffer.addStarted(started);
  buffer.take();
  buffer.takeBack(started, 2);
  expect([...buffer.take().settles.values()]).toMatchObject([{ status: 'notSent', seq: null, expected: 'started' }]);
});

it('a start whose time was over meanwhile keeps the outcome that was taken, with its number', () => {
  const buffer = new RunBuffer(header, 'own_1', 0);
  buffer.addStarted(started);
  buffer.take();
  buffer.addOutcome({ ...started, seq: 5, status: 'failed', finishedAtMs: 2 });
  buffer.takeBack(started, 3);
  expect([...buffer.take().settles.values()]).toMatchObject([{ status: 'failed', seq: 5, expected: 'started' }]);
});

it('what was taken of a start that was refused is stored without it', () => {
  const buffer = new RunBuffer(header, 'own_1', 0);
  const row = buffer.addStarted(started);
  buffer.addWaiter({ row, resolve: () => undefined, reject: () => undefined });
  const part = buffer.take();
  buffer.addOutcome({ ...started, seq: 5, status: 'failed', finishedAtMs: 2 });
  buffer.putBack(part);
  const { inserts, settles } = buffer.take();
  expect([...settles.values()]).toEqual([]);
  expect([...inserts.values()]).toMatchObject([{ status: 'failed', seq: 5 }]);
});
