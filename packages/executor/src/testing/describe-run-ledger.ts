import { afterAll, beforeAll, describe } from 'vitest';
import { decisionsAreTakenOnce, endsAreDecidedOnce } from './describe-ends.ts';
import { openAttemptsAreShown, outcomesAreKept } from './describe-outcomes.ts';
import { onlyTheOwnerActs } from './describe-owners.ts';
import type { LedgerHarness } from './ledger-harness.ts';

/** The rules of durability.md §2–3 that every `RunLedger` keeps. */
export function describeRunLedger(name: string, start: () => LedgerHarness | Promise<LedgerHarness>): void {
  describe(`${name} is a run ledger`, () => {
    let harness: LedgerHarness;
    beforeAll(async () => {
      harness = await start();
    });
    afterAll(() => harness.stop());
    outcomesAreKept(() => harness);
    openAttemptsAreShown(() => harness);
    onlyTheOwnerActs(() => harness);
    endsAreDecidedOnce(() => harness);
    decisionsAreTakenOnce(() => harness);
  });
}
