export { describeRunLedger } from './testing/describe-run-ledger.ts';
export type { LedgerHarness, LedgerProcess } from './testing/ledger-harness.ts';
export { MemoryBlobs } from './testing/memory-blobs.ts';
export { startMemoryProcess, type MemoryProcess } from './testing/memory-ledger.ts';
export type { Crash } from './testing/memory-run-ledger.ts';
export { MemoryStore, type AttemptRow, type RunRow } from './testing/memory-store.ts';
export { describeCallLedger, type CallLedgerHarness, type CallLedgerProcess } from './testing/describe-call-ledger.ts';
export { planFrom } from './testing/plan-from.ts';
export { isTakenBack } from './segment/not-sent.ts';
