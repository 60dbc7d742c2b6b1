import type { JsonObject, JsonValue, OwnerId, RunId, VersionId, WorkflowId, WorkspaceId } from '@millwright/core';
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
  /** What it was started by; `called`: another run; `failure`: a run that failed and names this workflow as its handler. */
  readonly mode: 'webhook' | 'manual' | 'called' | 'failure';
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
  /** It goes on with an earlier run: what that one did is not done again. */
  readonly resumes?: Resumes;
  /** The run whose input it was started with; everything is done anew. */
  readonly rerunOf?: RunId;
  /** The node run that called it. Absent: nobody did. */
  readonly parent?: RunParent;
  /** The failed run whose handler it is, or that a handler's descendants stem from: such runs have no handlers of their own. */
  readonly failureOf?: RunId;
}

/** The node run that called a run. */
export interface RunParent {
  readonly runId: RunId;
  readonly nodeId: string;
  readonly runIndex: number;
  /** −1: called once for the whole list. */
  readonly itemIndex: number;
  /** Try of the item, from 1: another try calls another run. */
  readonly attempt: number;
  /** Calls above this run, from 1. */
  readonly depth: number;
  /** The caller waits for its end. */
  readonly waits: boolean;
}

/** How a run goes on with an earlier one. */
export interface Resumes {
  readonly runId: RunId;
  /** The first run of the chain: its id is in the keys of all their ledger rows, so that vendors get the same keys. */
  readonly originRunId: RunId;
  /** When the first run of the chain started, ms since 1970: what `$run.startedAt` stays. */
  readonly originStartedAtMs: number;
  /** What becomes of a write that was done, but would now be another one: sent with a new key, or left as it is (default). */
  readonly onChanged?: 'resend' | 'skip';
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
  /** Stands in ledger keys for `runIndex`, in a resumed run. Absent: `runIndex` does. */
  readonly keyIndex?: number;
  /** Last `seq` before its first outcome, once it has one: a later segment reads the ledger from there to learn which items are done. */
  readonly since?: number;
  /** Items that run as activities of their own, with the try that was handed out. Absent: none. */
  readonly remote?: readonly RemoteItem[];
  /** Further arrivals wait at the port that this one came from. Absent: none. */
  readonly more?: true;
  /** Id of the scope instance that it runs in. Absent: the run itself. */
  readonly scope?: string;
}

/**
 * The inside of one node run of a container, or of one item of a map, while it is open. Its container's activation
 * waits (without `waitsFor`) until the inside is over; an `undo` has none any more.
 */
export interface ScopeInstance {
  /** `nodeId:runIndex` of the container's node run, `#index` behind it for one item of a map. */
  readonly id: string;
  readonly nodeId: string;
  readonly runIndex: number;
  /** Id of the scope instance around it. Absent: the run itself. */
  readonly parent?: string;
  /** The inner port that opened what runs now. */
  readonly phase: 'each' | 'try' | 'catch' | 'finally' | 'do' | 'undo';
  /** One item of a map: its position. */
  readonly index?: number;
  /** The `runIndex` of each node's first run in it: follows from its place alone, so that a resumed run finds what was done. */
  readonly slot?: number;
  /** Nodes that have had their slot. */
  readonly ran?: readonly string[];
  /** What reached the inner input so far, in order. */
  readonly collected?: DataRef;
  /** It failed with this: remembered sections inside are being undone, then the failure goes on. */
  readonly failed?: RunError;
  /** What a try fails with after its `finally`. */
  readonly pending?: RunError;
  /** A map as a whole. */
  readonly map?: MapProgress & {
    /** The item to open next. */
    readonly next: number;
    /** The slot of item 0. Absent: its items have none. */
    readonly base?: number;
    /** Results by stretches of items, in order; stretches that touch are one. */
    readonly pieces: readonly { readonly from: number; readonly to: number; readonly ref?: DataRef }[];
  };
}

/** How far a map is. */
export interface MapProgress {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/** A section that is undone when what holds it fails later. */
export interface RememberedSection {
  readonly nodeId: string;
  readonly runIndex: number;
  /** Id of the scope instance that holds it. Absent: the run itself. */
  readonly scope?: string;
  /** What the section gave. */
  readonly ref: DataRef;
  /** As its inside had it. */
  readonly slot?: number;
  readonly ran?: readonly string[];
}

/** What a control node keeps between its node runs; as small as a handle, however long it goes on. */
export interface NodeMemory {
  readonly lists: Readonly<Record<string, DataRef>>;
  readonly facts: JsonObject;
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
  /** The next `runIndex` per node; activations so far, but for nodes in maps, whose slots are taken at once. */
  readonly counts: Readonly<Record<string, number>>;
  /** Last outputs of nodes that some expression reads: node → port → ref. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, DataRef>>>>;
  /** Activations in total, for the limit. */
  readonly total: number;
  /** Of control nodes that remember something, by node id (in a section: `id@scope`). Absent: none does. */
  readonly memory?: Readonly<Record<string, NodeMemory>>;
  /** `total` when a node last got on with its items; the limit counts from there. Absent: 0. */
  readonly progressAt?: number;
  /** Insides of containers that are open, in the order of opening. Keys of `arrivals`, `outputs` and `memory` of nodes in one: `id@scope`. Absent: none. */
  readonly scopes?: readonly ScopeInstance[];
  /** In the order in which they were done. Absent: none. */
  readonly remembered?: readonly RememberedSection[];
  /** How the run ends once everything remembered is undone. */
  readonly failing?: { readonly reason: EndReason; readonly error: RunError };
  /** Node runs of earlier runs that this one took over, by node that may run several times: their places in ledger keys. Absent: none. */
  readonly inherited?: Readonly<Record<string, readonly number[]>>;
  /** A respond node was reached: the caller has its answer. Absent: not yet. */
  readonly replied?: true;
  readonly ended?: { readonly status: 'succeeded' | 'failed' | 'canceled'; readonly reason?: EndReason; readonly error?: RunError };
}

/** One item that runs as an activity of its own. */
export interface RemoteItem {
  readonly itemIndex: number;
  /** The try that was handed out. */
  readonly attempt: number;
  /** How often the vendor's key has changed. Absent: never. */
  readonly sendNo?: number;
}

/** The same, with its node run. */
export interface RemoteCall extends AttemptKey, RemoteItem {}

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
  /** Remote calls whose activities ended since the last one, with or without a stored outcome. Absent: none. */
  readonly remoteOver?: readonly RemoteCall[];
}

/** What a segment comes back with; never larger than 128 KiB (larger states spill). */
export type SegmentResult =
  | { readonly kind: 'ended'; readonly status: 'succeeded' | 'failed' | 'canceled' }
  /** `remote`: calls that are out; the host starts those that it has not started yet. */
  | { readonly kind: 'waiting'; readonly state: RunState; readonly untilMs: number | null; readonly remote?: readonly RemoteCall[] }
  /** Ten seconds were over with something ready: open the next one. */
  | { readonly kind: 'more'; readonly state: RunState; readonly remote?: readonly RemoteCall[] }
  /** The workspace is over its quota: come back then. */
  | { readonly kind: 'capacity'; readonly untilMs: number };

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
  /** `outcome`: what became of a lost answer; `retry`: do not wait; `child`: how a called run ended. */
  readonly kind: WaitKind;
  readonly decision: JsonObject;
  readonly by: string | null;
  /** Ms since 1970. */
  readonly atMs: number;
}

/** What is decided about a node run. */
export type WaitKind = 'outcome' | 'retry' | 'child' | 'approval' | 'webhook' | 'form';

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
}

/** What the runs before a resumed one did; nothing in it changes any more. */
export interface Predecessor {
  /** Every outcome, by key and then in the order of the tries. */
  readonly outcomes: readonly Outcome[];
  /** Sent, answer not known, and no other try of the key was answered. */
  readonly open: readonly OpenAttempt[];
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
