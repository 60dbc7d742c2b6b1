import type { JsonObject, JsonValue, OwnerId } from '@millwright/core';
import type { EffectClass } from './node-type.ts';
import type { DataRef } from './plan.ts';
import type { MapProgress } from './run-state.ts';
import type { ReplyMessage } from './run.ts';
import type { AttemptStatus, EndReason, NodeRunStatus, RunError, RunStatus, SkipReason, WaitsFor } from './states.ts';

/** Names a ledger row: key = `runId:nodeId:runIndex:itemIndex`, −1 for once per list, −2 for timers and retries of the node run. */
export interface AttemptKey {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly itemIndex: number;
  /** From 1; a re-send is a new attempt with the same vendor key. */
  readonly attempt: number;
  /** Stands in the key for `runIndex`: where a resumed run takes over what an earlier one did as another node run. Default `runIndex`. */
  readonly keyIndex?: number;
}

/** What an effect was built from: lets a later run see whether it would be the same. Absent: it cannot be told. */
export interface BuiltFrom {
  /** `PlanNodeConfig.configHash`. */
  readonly configHash?: string;
  /** Hash of the parameters evaluated for the item; of those and all items where a node runs once for its list. */
  readonly inputHash?: string;
  /** What `$now` was in them, ms since 1970. */
  readonly atMs?: number;
}

/** A non-pure outcome, in the order in which the engine took it. */
export interface Outcome extends AttemptKey, BuiltFrom {
  readonly class: EffectClass;
  /** From 1. 0: a fact that no engine took (the answer came after the process lost the run); stored, and offered again at the next opening. */
  readonly seq: number;
  readonly status: Exclude<AttemptStatus, 'started'>;
  /** What `run` returned (`done`): JSON; the adapter compresses and spills. */
  readonly response?: JsonValue;
  readonly error?: RunError;
  /** `RunState.timeMs` when the engine took it. */
  readonly timeMs?: number;
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
}

/** A write that is about to leave: stored before it does. */
export interface StartedAttempt extends AttemptKey, BuiltFrom {
  readonly class: EffectClass;
  /** Hash of method, URL and body before signing. */
  readonly requestHash: string;
  readonly startedAtMs: number;
}

/** A `started` row without an answer, found on a second try. */
export interface OpenAttempt extends StartedAttempt {
  readonly status: 'started' | 'unknown';
  readonly owner: OwnerId;
  /** `unknown`: why, and when that was written down, ms since 1970. */
  readonly error?: RunError;
  readonly finishedAtMs?: number;
}

/** One activation as people see it; the row of `node_runs`. */
export interface NodeRunRecord {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly status: NodeRunStatus;
  readonly reason?: EndReason | SkipReason;
  readonly waitsFor?: WaitsFor;
  readonly error?: RunError;
  readonly attempts: number;
  readonly startedAtMs: number;
  readonly finishedAtMs?: number;
  /** By input port. */
  readonly inputs: Readonly<Record<string, DataRef>>;
  /** By output port; refs with inline items or a blob. */
  readonly outputs: Readonly<Record<string, DataRef>>;
  /** Of a map: how far its items are. */
  readonly progress?: MapProgress;
}

/** What a run is now, for its row. `ended` is decided once by compare-and-set. */
export interface RunEnd {
  readonly status: 'succeeded' | 'failed' | 'canceled';
  readonly reason?: EndReason;
  readonly error?: RunError;
  readonly finishedAtMs: number;
  /** What it gave, for a caller that waits. */
  readonly result?: DataRef;
}

/** What somebody or something decided for a node run, and the engine has not taken (durability.md §5). */
export interface StoredDecision {
  /** Names it: single use. */
  readonly token: string;
  readonly nodeId: string;
  readonly runIndex: number;
  /** −1: the node run as a whole. */
  readonly itemIndex: number;
  /** Try that it is about; 0: whichever. */
  readonly attempt: number;
  /** `outcome`: what became of a lost answer; `retry`: do not wait; `child`: how a called run ended; `credential`: it works again. */
  readonly kind: WaitKind;
  readonly decision: JsonObject;
  readonly by: string | null;
  /** Ms since 1970. */
  readonly atMs: number;
}

/** What is decided about a node run. */
export type WaitKind = 'outcome' | 'retry' | 'child' | 'credential' | 'approval' | 'webhook' | 'form';

/** What a segment learns when it opens. */
export interface LedgerOpened {
  /** False: a process that lives has the run, or this one has lost its lease. Nothing may be done. */
  readonly isOurs: boolean;
  /** Terminal status when the run has ended already (by anybody). */
  readonly ended: RunEnd | null;
  /** Stored outcomes after `afterSeq` in order of `seq`, then those with `seq` 0. */
  readonly outcomes: readonly Outcome[];
  /** Sent, answer not known. */
  readonly open: readonly OpenAttempt[];
  readonly cancelRequested: boolean;
  /** Somebody wants the run to start nothing until it is unpaused. Absent: no. */
  readonly pauseRequested?: boolean;
  /** Decisions that nothing has taken, the oldest first. Absent: none. */
  readonly decisions?: readonly StoredDecision[];
  /** How many processes died while they had the run open. */
  readonly losses: number;
  /** Nobody has the run, and it was not taken: after so many deaths a process of its own has to. Absent: no. */
  readonly isSuspect?: boolean;
}

/** What a row of an earlier run tells besides. */
export interface OfChain {
  /** Which run of the chain tried it: later runs have greater numbers. Clocks of processes differ, so times say nothing about order. */
  readonly generation: number;
}

/** What the runs before a resumed one did; nothing in it changes any more. */
export interface Predecessor {
  /** Every outcome, by key and then in the order of the tries. */
  readonly outcomes: readonly (Outcome & OfChain)[];
  /** Sent, answer not known, and no other try of the key was answered. */
  readonly open: readonly (OpenAttempt & OfChain)[];
  /** Sent, answer not known, and a later try of the key was answered: these say which requests the key has had. Absent: none. */
  readonly superseded?: readonly (OpenAttempt & OfChain)[];
}

/**
 * The effect ledger as one open segment of one run sees it (durability.md §2–4).
 * Implemented by `db` over Postgres and by `executor/testing` in memory; one suite runs against both.
 */
export interface RunLedger {
  /** Reads what is stored. Skipped by the caller for the first call in the process that just started the run. */
  readonly open: (afterSeq: number) => Promise<LedgerOpened>;
  /**
   * What the runs did that this one goes on with; empty when it goes on with none. From the first call on, no answer that comes
   * late changes it: every try of the resumed run sees the same.
   * @throws TransientError when Postgres is away
   */
  readonly predecessor: () => Promise<Predecessor>;
  /** Queues a non-pure outcome; leaves with the next `start`, `close`, or within 5 ms. Never throws. */
  readonly record: (outcome: Outcome) => void;
  /** Queues the newest state of a node run (latest per node run wins); leaves like an outcome, or within 200 ms when alone. */
  readonly nodeRun: (record: NodeRunRecord) => void;
  /**
   * Commits everything queued and the `started` row, taking or locking the run's row.
   * @returns false when the run is not ours or has ended: send nothing, stop.
   * @throws TransientError when Postgres is away: nothing was sent
   */
  readonly start: (attempt: StartedAttempt) => Promise<boolean>;
  /** Resolves when everything queued is stored (before a reply that depends on it). False: not ours. */
  readonly flush: () => Promise<boolean>;
  /**
   * Decisions that nothing has taken, as `open` gives them: for a segment that has heard of one. Those that were taken and are queued
   * come again. @throws TransientError when Postgres is away
   */
  readonly decisions: () => Promise<readonly StoredDecision[]>;
  /** Queues that a decision was taken as outcome `seq`, or (0) that it came too late for anything; leaves like an outcome. Never throws. */
  readonly decided: (token: string, seq: number) => void;
  /** Queues the stored reply; goes with the next flush. */
  readonly reply: (message: ReplyMessage) => void;
  /** The last flush of a segment: everything queued, the run's waiting state or its end by compare-and-set. Another process may take the run after it. */
  readonly close: (
    end: { readonly waiting: { readonly waitsFor: WaitsFor | null } } | { readonly ended: RunEnd } | { readonly running: true },
  ) => Promise<'stored' | 'notOurs' | RunStatus>;
  /** Instead of `close` when the segment was given up: what is queued is still stored, and others may take the run. Never throws. */
  readonly abandon: () => void;
}
