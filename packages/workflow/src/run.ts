import type { JsonValue, OwnerId, RunId, VersionId, WorkflowId, WorkspaceId } from '@millwright/core';
import type { EffectClass } from './node-type.ts';
import type { DataRef, PlanSkeleton } from './plan.ts';
import type { AttemptStatus, EndReason, NodeRunStatus, RunError, RunStatus, SkipReason, WaitsFor } from './states.ts';

/** Everything about a run that is fixed at its start; any process can write its row from this. */
export interface RunHeader {
  readonly workspaceId: WorkspaceId;
  readonly runId: RunId;
  readonly workflowId: WorkflowId;
  readonly workflowName: string;
  readonly versionId: VersionId;
  readonly planHash: string;
  readonly triggerNodeId: string;
  readonly mode: 'webhook' | 'manual';
  /** Day of the origin run, `YYYY-MM-DD` UTC: the partition of its ledger rows. */
  readonly originDay: string;
  /** Ms since 1970. */
  readonly startedAtMs: number;
  readonly save: 'all' | 'failures' | 'none';
  /** The delivery that caused it: its row is written with the run's first flush. */
  readonly delivery?: { readonly endpointId: string; readonly hash: string; readonly hasId: boolean };
  /** When the caller is answered: `none` = it already was (202). */
  readonly reply: 'none' | 'respond' | 'end';
  /** HTTP status of the answer at the end of a run that succeeded. Default 200. */
  readonly replyStatus?: number;
  /** Person who started it by hand. */
  readonly startedBy?: string;
}

/** The answer to the caller of a synchronous webhook. */
export interface ReplyMessage {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text body; JSON is already written out. */
  readonly body: string;
}

/** One activation that is not over. `key` = `nodeId:runIndex`. */
export interface Activation {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly status: 'ready' | 'running' | 'waiting';
  readonly inputs: Readonly<Record<string, DataRef>>;
  /** Waiting only. */
  readonly waitsFor?: WaitsFor;
  /** Next try, from 1. */
  readonly attempt: number;
  /** Time of the segment it began in, ms since 1970: what `$now` is in its parameters, so that every try builds the same request. */
  readonly atMs: number;
  /** Last `seq` before its first outcome, once it has one: a later segment reads the ledger from there to learn which items are done. */
  readonly since?: number;
}

/**
 * What the engine knows of a run: small, its own JSON round trip, O(live facts).
 * Continue-as-new carries it, resume builds it, tests assert it.
 */
export interface RunState {
  readonly v: 1;
  /** Number of the last non-pure outcome taken; 0 before the first. */
  readonly seq: number;
  /** Time carried by the event that opened the current segment, ms since 1970. */
  readonly timeMs: number;
  readonly startedAtMs: number;
  readonly active: readonly Activation[];
  /** Items that arrived at nodes with several wired inputs and were not released: node → port → queue. */
  readonly arrivals: Readonly<Record<string, Readonly<Record<string, readonly DataRef[]>>>>;
  /** Activations so far per node (the next runIndex). */
  readonly counts: Readonly<Record<string, number>>;
  /** Last outputs of nodes that some expression reads: node → port → ref. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, DataRef>>>>;
  /** Activations in total, for the limit. */
  readonly total: number;
  /** A respond node was reached: the caller has its answer. Absent: not yet. */
  readonly replied?: true;
  readonly ended?: { readonly status: 'succeeded' | 'failed' | 'canceled'; readonly reason?: EndReason; readonly error?: RunError };
}

/** What one segment is opened with. */
export interface SegmentInput {
  readonly header: RunHeader;
  readonly skeleton: PlanSkeleton;
  /** Null for the first: then `trigger` opens the run. */
  readonly state: RunState | null;
  readonly trigger: DataRef;
  /** Number of this segment in the run, from 1; a second try has the same. */
  readonly segment: number;
  /** Temporal's time of the event that opened it, ms since 1970. */
  readonly openedAtMs: number;
}

/** What a segment comes back with; never larger than 128 KiB (larger states spill). */
export type SegmentResult =
  | { readonly kind: 'ended'; readonly status: 'succeeded' | 'failed' | 'canceled' }
  | { readonly kind: 'waiting'; readonly state: RunState; readonly untilMs: number | null }
  /** Ten seconds were over with something ready: open the next one. */
  | { readonly kind: 'more'; readonly state: RunState }
  /** The workspace is over its quota: come back then. */
  | { readonly kind: 'capacity'; readonly untilMs: number };

/** Names a ledger row: key = `runId:nodeId:runIndex:itemIndex`, −1 for once per list, −2 for timers and retries of the node run. */
export interface AttemptKey {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly itemIndex: number;
  /** From 1; a re-send is a new attempt with the same vendor key. */
  readonly attempt: number;
}

/** A non-pure outcome, in the order in which the engine took it. */
export interface Outcome extends AttemptKey {
  readonly class: EffectClass;
  /** From 1. 0: a fact that no engine took (the answer came after the process lost the run); stored, and offered again at the next opening. */
  readonly seq: number;
  readonly status: Exclude<AttemptStatus, 'started'>;
  /** What `run` returned (`done`): JSON; the adapter compresses and spills. */
  readonly response?: JsonValue;
  readonly error?: RunError;
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
}

/** A write that is about to leave: stored before it does. */
export interface StartedAttempt extends AttemptKey {
  readonly class: EffectClass;
  /** Hash of method, URL and body before signing. */
  readonly requestHash: string;
  readonly startedAtMs: number;
}

/** A `started` row without an answer, found on a second try. */
export interface OpenAttempt extends StartedAttempt {
  readonly status: 'started' | 'unknown';
  readonly owner: OwnerId;
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
}

/** What a run is now, for its row. `ended` is decided once by compare-and-set. */
export interface RunEnd {
  readonly status: 'succeeded' | 'failed' | 'canceled';
  readonly reason?: EndReason;
  readonly error?: RunError;
  readonly finishedAtMs: number;
}

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
  /** How many processes died while they had the run open. */
  readonly losses: number;
}

/**
 * The effect ledger as one open segment of one run sees it (durability.md §2–4).
 * Implemented by `db` over Postgres and by `executor/testing` in memory; one suite runs against both.
 */
export interface RunLedger {
  /** Reads what is stored. Skipped by the caller for the first call in the process that just started the run. */
  readonly open: (afterSeq: number) => Promise<LedgerOpened>;
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
  /** Queues the stored reply; goes with the next flush. */
  readonly reply: (message: ReplyMessage) => void;
  /** The last flush of a segment: everything queued, the run's waiting state or its end by compare-and-set. Another process may take the run after it. */
  readonly close: (
    end: { readonly waiting: { readonly waitsFor: WaitsFor | null } } | { readonly ended: RunEnd } | { readonly running: true },
  ) => Promise<'stored' | 'notOurs' | RunStatus>;
  /** Instead of `close` when the segment was given up: what is queued is still stored, and others may take the run. Never throws. */
  readonly abandon: () => void;
}
