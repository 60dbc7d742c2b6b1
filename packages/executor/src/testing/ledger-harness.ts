import type { NodeRunRecord, Outcome, ReplyMessage, RunHeader, RunLedger, StartedAttempt } from '@millwright/workflow';

/** A process as the suite needs it. */
export interface LedgerProcess {
  readonly ledgerFor: (header: RunHeader) => RunLedger;
  /** Takes its owner row away, as the reaper does; the process itself goes on. */
  readonly expire: () => void | Promise<void>;
}

/** What an implementation offers to the suite. */
export interface LedgerHarness {
  /** A header of a run that nobody has seen. */
  readonly newHeader: () => RunHeader | Promise<RunHeader>;
  readonly startProcess: () => LedgerProcess | Promise<LedgerProcess>;
  readonly requestCancel: (header: RunHeader) => void | Promise<void>;
  readonly requestPause: (header: RunHeader) => void | Promise<void>;
  /** Decides to go on with node run `a:0`, which waits for a retry; whether that changed anything. */
  readonly hurry: (header: RunHeader) => boolean | Promise<boolean>;
  readonly nodeRuns: (header: RunHeader) => readonly NodeRunRecord[] | Promise<readonly NodeRunRecord[]>;
  readonly reply: (header: RunHeader) => ReplyMessage | null | Promise<ReplyMessage | null>;
  readonly stop: () => void | Promise<void>;
}

/** The start of a try of node run `a:0`. */
export const started = (more: Partial<StartedAttempt> = {}): StartedAttempt => ({
  nodeId: 'a',
  runIndex: 0,
  itemIndex: 0,
  attempt: 1,
  class: 'write',
  requestHash: 'h1',
  startedAtMs: 1_000,
  ...more,
});

/** Its answer. */
export const done = (seq: number, more: Partial<Outcome> = {}): Outcome => ({
  nodeId: 'a',
  runIndex: 0,
  itemIndex: 0,
  attempt: 1,
  class: 'write',
  seq,
  status: 'done',
  response: { main: [{ json: { ok: true } }] },
  startedAtMs: 1_000,
  finishedAtMs: 2_000,
  ...more,
});

/** A run that nobody has seen, and two processes. */
export async function two(
  harness: LedgerHarness,
): Promise<{ readonly header: RunHeader; readonly first: LedgerProcess; readonly second: LedgerProcess }> {
  return { header: await harness.newHeader(), first: await harness.startProcess(), second: await harness.startProcess() };
}
