import type { OwnerId } from '@millwright/core';
import type { PlanSkeleton } from './plan.ts';
import type { Outcome, StartedAttempt } from './ledger.ts';
import type { RunHeader } from './run.ts';
import type { RemoteCall, RunState } from './run-state.ts';
import type { AttemptStatus } from './states.ts';

/** What the activity of a remote call works with. */
export interface RunNodeInput {
  readonly header: RunHeader;
  readonly skeleton: PlanSkeleton;
  /** The state in which it was handed out; of `active` only its own activation. */
  readonly state: RunState;
  readonly call: RemoteCall;
}

/** What a remote call learns of its run and its own key before it sends. */
export interface CallOpened {
  /** Open, and nobody wants to stop it. */
  readonly isOpen: boolean;
  /** How many processes died while they had the run. */
  readonly losses: number;
  /** The newest stored try of the key in this run; null when there is none. */
  readonly last: CallAttempt | null;
}

/** A stored try of a remote call. */
export interface CallAttempt {
  readonly attempt: number;
  readonly status: AttemptStatus;
  /** `started`: what was sent. */
  readonly requestHash: string;
  readonly startedAtMs: number;
  readonly owner: OwnerId;
  /** The process that sent it has its lease. */
  readonly isAlive: boolean;
  /** This process sent it, in a try that is over. Absent: another one did. */
  readonly isOwn?: true;
}

/**
 * The effect ledger as one remote call sees it. It acts beside the process that has the run, whoever that is: what it sends is fenced by
 * its own lease and by the run being open, and its rows have no place in the order until a segment takes them.
 */
export interface CallLedger {
  /** @throws TransientError when Postgres is away */
  readonly open: () => Promise<CallOpened>;
  /**
   * Commits a `started` row where the run is open, this process has its lease and the try is not stored yet.
   * @returns false: send nothing
   * @throws TransientError when Postgres is away: nothing was sent
   */
  readonly start: (attempt: StartedAttempt) => Promise<boolean>;
  /** Stores how it went as a fact that no segment took, where this process sent it, or nothing is stored and the run is open. @throws TransientError */
  readonly store: (outcome: Omit<Outcome, 'seq'>) => Promise<void>;
  /** The call is over, as far as this process goes. Never throws. */
  readonly close: () => void;
}
