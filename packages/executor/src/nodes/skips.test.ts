import { newId } from '@millwright/core';
import type { OfChain, Outcome } from '@millwright/workflow';
import { expect, it } from 'vitest';
import { decisionIndex, wantedAgain } from '../waits/decision-index.ts';
import { Skips } from './skips.ts';

it('what is done is not sent again because another process had sent it too, and died', () => {
  const row = { nodeId: 'w', runIndex: 0, itemIndex: 0, class: 'write', startedAtMs: 1, finishedAtMs: 2 } as const;
  const done = { ...row, attempt: 3, status: 'done', seq: 1, generation: 0 } as const;
  const sentBeside = { ...row, attempt: 4, status: 'unknown', requestHash: 'h', owner: newId('owner'), generation: 0 } as const;
  const itemOf = (generation: number) =>
    new Skips({ outcomes: [done], open: [{ ...sentBeside, generation }] }, undefined).of('w', 0)?.item(0, () => undefined);
  expect(itemOf(0)).toMatchObject({ tries: 4, outcome: done });
  // What a later run sent anew is open.
  expect(itemOf(1)).toMatchObject({ tries: 4, open: { attempt: 4 } });
});

it('what was undone is done anew under a key that no try had, a person’s new one neither', () => {
  const row: Outcome & OfChain = {
    nodeId: 'w',
    runIndex: 0,
    itemIndex: 0,
    attempt: 2,
    class: 'write',
    status: 'done',
    seq: 2,
    startedAtMs: 1,
    finishedAtMs: 2,
    generation: 0,
  };
  const wanted = { ...row, itemIndex: decisionIndex(0), attempt: 1, class: 'wait' as const, seq: 1, response: wantedAgain('newKey', 1) };
  const keysChanged = (outcomes: readonly (Outcome & OfChain)[]): number | undefined =>
    new Skips({ outcomes, open: [] }, undefined, () => 0).of('w', 0)?.item(0, () => undefined)?.sendNo;
  expect(keysChanged([row])).toBe(1);
  expect(keysChanged([wanted, row])).toBe(2);
});

const tried: Outcome & OfChain = {
  nodeId: 'w',
  runIndex: 0,
  itemIndex: 0,
  attempt: 1,
  class: 'write',
  status: 'failed',
  seq: 1,
  startedAtMs: 1,
  finishedAtMs: 2,
  generation: 0,
};
const chain = { runId: newId('run'), originRunId: newId('run'), originStartedAtMs: 1 };
const built = (inputHash: string) => ({ configHash: 'c', inputHash });
const lost = { ...tried, status: 'unknown', requestHash: 'h', owner: newId('owner') } as const;

it('what was refused in a section that was undone is another request anew: no key has two bodies', () => {
  const refused = { ...tried, ...built('before') };
  const anew = new Skips({ outcomes: [refused], open: [] }, undefined, () => 0).of('w', 0)?.item(0, () => built('now'));
  expect(anew).toMatchObject({ tries: 1, sendNo: 1 });
});

it('a try that was lost has had its key, though a later one was answered', () => {
  const superseded = [{ ...lost, ...built('before') }];
  const refused = { ...tried, ...built('now'), attempt: 2, generation: 1 };
  const item = (undone: number | undefined) =>
    new Skips({ outcomes: [refused], open: [], superseded }, { ...chain, onChanged: 'resend' }, () => undone)
      .of('w', 0)
      ?.item(0, () => built('now'));
  // The second request was sent under the second key, and so is the third, which is the same.
  expect(item(undefined)).toMatchObject({ tries: 2, sendNo: 1 });
  // Where the first was undone, too.
  expect(item(0)).toMatchObject({ tries: 2, sendNo: 1 });
  expect(item(1)).toMatchObject({ tries: 2, sendNo: 2 });
});

it('of what was undone twice, the second time under a new key that a person wanted, a third time has another one', () => {
  const done = (attempt: number, generation: number) => ({
    ...tried,
    ...built(`${generation}`),
    attempt,
    status: 'done' as const,
    generation,
  });
  const wanted = {
    ...tried,
    itemIndex: decisionIndex(0),
    attempt: 2,
    class: 'wait' as const,
    response: wantedAgain('newKey', 2),
    generation: 2,
  };
  const superseded = [{ ...lost, ...built('1'), attempt: 2, generation: 1 }];
  const before = new Skips({ outcomes: [done(1, 0)], open: superseded }, undefined, () => 0).of('w', 0)?.item(0, () => built('2'));
  // What the third try was sent with: a person wanted a new key then.
  const third = (before?.sendNo ?? 0) + 1;
  const now = new Skips({ outcomes: [done(1, 0), wanted, done(3, 2)], open: [], superseded }, undefined, () => 2).of('w', 0);
  expect(now?.item(0, () => built('3'))?.sendNo).toBeGreaterThan(third);
});
