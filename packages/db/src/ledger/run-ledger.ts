import { TransientError } from '@millwright/core';
import type {
  LedgerOpened,
  NodeRunRecord,
  Outcome,
  ReplyMessage,
  RunEnd,
  RunHeader,
  Predecessor,
  RunLedger,
  StartedAttempt,
  StoredDecision,
} from '@millwright/workflow';
import type { RunStatus, WaitsFor } from '@millwright/workflow/states';
import type { GroupCommit } from './group-commit.ts';
import type { RunBuffer } from './run-buffer.ts';

/** How long an outcome may stay queued. */
const OUTCOME_MS = 5;
/** How long a change that only shows may stay queued. */
const NODE_RUN_MS = 200;

/** A run's ledger in Postgres. */
export interface PgRunLedger extends RunLedger {
  /** Says that the segment was given up without `close` (its caller threw): what is queued is still stored, and others may take the run. */
  readonly abandon: () => void;
}

/** What a run's ledger needs of the process. */
export interface RunLedgerPorts {
  readonly commit: GroupCommit;
  /** Whether this process renewed its lease lately enough to send. */
  readonly canSend: () => boolean;
  readonly nowMs: () => number;
  /** Reads the run and takes it, or marks the buffer dead. */
  readonly openRun: (buffer: RunBuffer, afterSeq: number) => Promise<LedgerOpened>;
  /** What the runs did that this one goes on with. */
  readonly predecessor: () => Promise<Predecessor>;
  /** Decisions that nothing has taken. */
  readonly decisions: () => Promise<readonly StoredDecision[]>;
  /** The segment is over. */
  readonly onClosed: (buffer: RunBuffer) => void;
  /** Data that the workflow does not want kept. */
  readonly wipe: (header: RunHeader) => Promise<void>;
}

async function commitStart(buffer: RunBuffer, ports: RunLedgerPorts, attempt: StartedAttempt): Promise<boolean> {
  if (buffer.dead) return false;
  checkLease(ports);
  const { stored } = await waitForFlush(buffer, ports.commit, buffer.addStarted(attempt));
  if (!stored) return false;
  if (!ports.canSend()) takeBackStart(buffer, ports, attempt);
  checkLease(ports);
  return true;
}

/** One open segment's view of the ledger, over the process's group commit. */
export function createRunLedger(buffer: RunBuffer, ports: RunLedgerPorts): PgRunLedger {
  const { commit } = ports;
  const flushNow = async (row: string | null): Promise<FlushAnswer> => waitForFlush(buffer, commit, row);

  return {
    open: async (afterSeq) => ports.openRun(buffer, afterSeq),
    predecessor: ports.predecessor,
    record: (outcome: Outcome) => {
      buffer.addOutcome(outcome);
      if (buffer.hasRows) commit.enqueue(buffer, OUTCOME_MS);
    },
    nodeRun: (record: NodeRunRecord) => {
      buffer.addNodeRun(record);
      if (buffer.hasRows) commit.enqueue(buffer, NODE_RUN_MS);
    },
    decisions: ports.decisions,
    decided: (token: string, seq: number) => {
      buffer.addDecided(token, seq);
      if (buffer.hasRows) commit.enqueue(buffer, OUTCOME_MS);
    },
    reply: (message: ReplyMessage) => {
      buffer.addReply(message);
    },
    start: (attempt: StartedAttempt) => commitStart(buffer, ports, attempt),
    flush: async () => {
      if (buffer.isEmpty) await buffer.inFlight;
      return buffer.isEmpty ? !buffer.dead : (await flushNow(null)).stored;
    },
    close: async (end) => {
      buffer.standing = standingOf(end);
      const { stored, refused } = await flushNow(null);
      // What comes after the close is an answer at most: the next segment may be open already.
      buffer.die();
      ports.onClosed(buffer);
      if (!stored) return refused ?? 'notOurs';
      if ('ended' in end && wipes(buffer.header, end.ended)) await ports.wipe(buffer.header);
      return 'stored';
    },
    abandon: () => {
      if (!buffer.dead) buffer.giveUp();
      ports.onClosed(buffer);
      if (buffer.hasRows || !buffer.dead) commit.enqueue(buffer, 0);
    },
  };
}

/** What a flush said to whoever waited for it. */
interface FlushAnswer {
  readonly stored: boolean;
  /** How the run has ended, when that is why. */
  readonly refused?: RunStatus | undefined;
}

async function waitForFlush(buffer: RunBuffer, commit: GroupCommit, row: string | null): Promise<FlushAnswer> {
  return new Promise((resolve, reject) => {
    buffer.addWaiter({
      row,
      resolve: (stored, refused) => {
        resolve({ stored, refused });
      },
      reject,
    });
    commit.enqueue(buffer, 0);
  });
}

/** @throws TransientError `lease_stale` when another process may believe that this one is dead */
function checkLease(ports: RunLedgerPorts): void {
  if (ports.canSend()) return;
  throw new TransientError({ code: 'lease_stale', message: 'the lease of this process was not renewed for 7 s: it sends nothing' });
}

/** The row was stored while the lease ran out: nothing was sent, and the ledger should say so. */
function takeBackStart(buffer: RunBuffer, ports: RunLedgerPorts, attempt: StartedAttempt): void {
  buffer.takeBack(attempt, ports.nowMs());
  ports.commit.enqueue(buffer, OUTCOME_MS);
}

function standingOf(
  end: { readonly waiting: { readonly waitsFor: WaitsFor | null } } | { readonly ended: RunEnd } | { readonly running: true },
): RunBuffer['standing'] {
  if ('ended' in end) return { status: end.ended.status, waitsFor: null, end: end.ended, release: true };
  if ('waiting' in end) return { status: 'waiting', waitsFor: end.waiting.waitsFor, end: null, release: true };
  return { status: 'running', waitsFor: null, end: null, release: true };
}

function wipes(header: RunHeader, end: RunEnd): boolean {
  return header.save === 'none' || (header.save === 'failures' && end.status === 'succeeded');
}
