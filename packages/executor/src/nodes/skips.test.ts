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
