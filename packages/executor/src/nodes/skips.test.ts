import type { OfChain, Outcome } from '@millwright/workflow';
import { expect, it } from 'vitest';
import { decisionIndex, wantedAgain } from '../waits/decision-index.ts';
import { Skips } from './skips.ts';

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
