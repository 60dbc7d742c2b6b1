export { describeRunLedger, type LedgerHarness, type LedgerProcess } from './testing/describe-run-ledger.ts';
export { MemoryBlobs } from './testing/memory-blobs.ts';
export { startMemoryProcess, type Crash, type MemoryProcess } from './testing/memory-ledger.ts';
export { MemoryStore, type AttemptRow, type RunRow } from './testing/memory-store.ts';
export { describeCallLedger, type CallLedgerHarness, type CallLedgerProcess } from './testing/describe-call-ledger.ts';
export { planFrom } from './segment/world.ts';
