/** How a run stands. The last three are terminal and never change. */
export type RunStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'canceled';
/** How one activation of a node stands. */
export type NodeRunStatus = 'pending' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'skipped' | 'canceled';
/** How one try stands in the ledger. */
export type AttemptStatus = 'started' | 'done' | 'failed' | 'notSent' | 'unknown';

/** What a waiting run or node run waits for. */
export interface WaitsFor {
  readonly kind: 'timer' | 'retry' | 'approval' | 'webhook' | 'form' | 'child' | 'credential' | 'capacity' | 'pause' | 'outcome';
  /** When it goes on by itself, ms since 1970. */
  readonly untilMs?: number;
  /** Who must act. */
  readonly who?: string;
}

/** Why a run or node run failed or was canceled. */
export type EndReason = 'error' | 'timeout' | 'user' | 'terminated' | 'limit';
/** Why a node run was skipped. In test runs: `reused` and `pinned`: it gave what it gave before, or sample data; `simulated`: it was not sent. */
export type SkipReason = 'alreadyDone' | 'notTaken' | 'disabled' | 'reused' | 'pinned' | 'simulated';

/** An error as it is stored and shown: never a stack, never a payload. */
export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Node that failed. */
  readonly nodeId?: string;
  /** Parameter path, where one is to blame. */
  readonly field?: string;
  /** Line and column of the source in `field`, from 1, where code is to blame. */
  readonly line?: number;
  readonly column?: number;
  /** Zero-based item, where one is to blame. */
  readonly itemIndex?: number;
  /** `error`, `timeout`, or `limit`. Default `error`. */
  readonly reason?: EndReason;
  /** Kind of a connector error, for retry policies: auth, rate, transient, permanent, partial. */
  readonly kind?: string;
  /** The called run that failed. */
  readonly runId?: string;
  /** Earliest next try that the service asked for, in ms from its answer. */
  readonly retryAfterMs?: number;
  /** `credential_reconnect`: the credential that somebody has to reconnect before the call can be made. */
  readonly credentialId?: string;
  /** The vendor repeats this answer for the same key: the next try needs another one. Absent: it keeps its key. */
  readonly newKey?: true;
}

const RUN_MOVES: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['running', 'waiting', 'succeeded', 'failed', 'canceled'],
  running: ['waiting', 'succeeded', 'failed', 'canceled'],
  waiting: ['running', 'succeeded', 'failed', 'canceled'],
  succeeded: [],
  failed: [],
  canceled: [],
};

/** Whether a status is terminal. */
export function isEnded(status: RunStatus): boolean {
  return RUN_MOVES[status].length === 0;
}

/** Whether a run may go from one status to the other; the one table of legal moves. */
export function isLegalMove(from: RunStatus, to: RunStatus): boolean {
  return RUN_MOVES[from].includes(to);
}
