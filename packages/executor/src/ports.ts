import type { advance } from '@millwright/engine/advance';
import type { Clock, JsonObject, RunId, WorkspaceId } from '@millwright/core';
import type {
  CallLedger,
  Item,
  PlanNode,
  PlanNodeConfig,
  RemoteCall,
  ReplyMessage,
  RunHeader,
  RunLedger,
  RunParent,
  SegmentInput,
  SegmentResult,
} from '@millwright/workflow';
import type { ConsoleLine } from './programs/console.ts';
import type { CallTimes } from './remote/call-times.ts';
import type { Timers } from './timers.ts';

/** What an executor needs from outside. */
export interface ExecutorPorts {
  /** The ledger as one open segment sees it; called once per segment. */
  readonly ledgerFor: (header: RunHeader) => RunLedger;
  /** Items that are too large for a state. Both throw TransientError when the store is away. */
  readonly blobs: {
    readonly put: (header: RunHeader, items: readonly Item[]) => Promise<string>;
    readonly get: (header: RunHeader, blobId: string) => Promise<readonly Item[]>;
  };
  /** Parameters of a node; cached by the adapter, as plans never change. */
  readonly plans: { readonly config: (workspaceId: WorkspaceId, planHash: string, nodeId: string) => Promise<PlanNodeConfig> };
  readonly runner: NodeRunner;
  /** Runs a segment in a process of its own, which may die: for runs that were open when processes died. Absent: they run here. */
  readonly alone?: (input: SegmentInput) => Promise<SegmentResult>;
  /** Callers that wait in this process; called only when the reply may leave. */
  readonly replies: { readonly deliver: (runId: RunId, message: ReplyMessage) => void };
  /** The cancel flags; `onCancel` returns the function that stops listening. */
  readonly cancels: {
    readonly requested: (runId: RunId) => boolean;
    readonly onCancel: (runId: RunId, callback: () => void) => () => void;
  };
  /** Pauses asked for while a segment is open; without it they count from the next opening on. */
  readonly pauses?: { readonly onPause: (runId: RunId, callback: () => void) => () => void };
  /** Hears that something was decided for a run whose segment is open; called each time. Absent: it learns of it when the next one opens. */
  readonly news?: { readonly onNews: (runId: RunId, callback: () => void) => () => void };
  /** Starts runs that runs call. Absent: no run can call another. */
  readonly children?: ChildRuns;
  /** The ledger as one remote call sees it; called once per call. Absent: every call runs in its segment. */
  readonly callsFor?: (header: RunHeader, call: RemoteCall) => CallLedger;
  /** Which calls run as activities of their own. Default `auto`: those that would hold their segment. */
  readonly remote?: 'auto' | 'never' | 'always';
  /** How long calls take in this process. Default: known to each executor by itself. */
  readonly callTimes?: CallTimes;
  readonly clock: Clock;
  /** Waits. Default: the machine's timers. */
  readonly timers?: Timers;
  readonly log: ExecutorLog;
  readonly limits?: Partial<SegmentLimits>;
  /** The engine. Default: ours; a simulation watches each event. */
  readonly advance?: typeof advance;
}

/** Runs that runs call. */
export interface ChildRuns {
  /**
   * Starts a run once, however often it is asked to.
   * @returns how it ended, when it had ended before and its caller may not hear of it any more; else null
   * @throws UserError `call_target_missing`, `call_input_invalid`, `call_under_way`, `call_answer_lost`: nothing was started;
   *   TransientError: the segment is tried again
   */
  readonly start: (call: ChildStart) => Promise<JsonObject | null>;
  /** Cancels called runs that nobody waits for any more, though their caller goes on. @throws TransientError */
  readonly stop: (header: RunHeader, runIds: readonly RunId[]) => Promise<void>;
}

/** One run to start. */
export interface ChildStart {
  /** The caller's. */
  readonly header: RunHeader;
  /** Derived from the caller's node run: a second try finds the same run. */
  readonly runId: RunId;
  readonly workflowId: string;
  readonly items: readonly Item[];
  readonly parent: RunParent;
  /** Runs that earlier tries of the same call may have started, the latest first: what one that did not succeed has done is not done again. */
  readonly earlier: readonly RunId[];
  /** It is given something else than an earlier try was. */
  readonly isChanged: boolean;
  /** To be awaited before the start leaves: stores that it does. */
  readonly beforeStart: () => Promise<void>;
}

/** The part of a pino logger that is used. Payloads are never given to it. */
export interface ExecutorLog {
  readonly warn: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void;
}

/** Numbers of durability.md §4; tests shorten them. */
export interface SegmentLimits {
  /** After this a segment starts nothing new. Default 10,000. */
  readonly segmentMs: number;
  /** Waits up to this long stay inside the segment. Default 2,000. */
  readonly shortWaitMs: number;
  /** How long a run that has ended waits for what is in flight. Default 8,000. */
  readonly graceMs: number;
  /** Calls side by side. Default 100. */
  readonly window: number;
}

export const DEFAULT_LIMITS: SegmentLimits = { segmentMs: 10_000, shortWaitMs: 2_000, graceMs: 8_000, window: 100 };

/** Executes nodes that live in node packages. */
export interface NodeRunner {
  /** @throws ConnectorError, UserError: the item failed; TransientError: one of our own dependencies is away, the segment is tried again */
  readonly run: (call: NodeCall) => Promise<NodeOutcome>;
}

/** One call of a node. */
export interface NodeCall {
  readonly header: RunHeader;
  readonly node: PlanNode;
  /** Evaluated for this item. */
  readonly parameters: JsonObject;
  /** Absent when the node runs once for its whole list. */
  readonly item?: Item;
  /** The items of the first input port. */
  readonly items: readonly Item[];
  /** Position of `item`; −1 when the node runs once for its whole list. */
  readonly itemIndex: number;
  /** Counts the node's runs in the run, from 0. */
  readonly runIndex: number;
  /** From 1. */
  readonly attempt: number;
  /** 36 characters, the same for every try; null unless the node writes. */
  readonly idempotencyKey: string | null;
  /** What `$now` is, ms since 1970. */
  readonly nowMs: number;
  /** Aborted when the run is canceled or the node's time is over. */
  readonly signal: AbortSignal;
  /**
   * To be awaited right before a request leaves: for writes it stores that it does.
   * @param requestHash hash of method, URL and body before signing
   * @throws when the request must not be sent; the error is to be passed on
   */
  readonly beforeSend: (requestHash: string) => Promise<void>;
  /** Credential ids by slot. */
  readonly credentials: Readonly<Record<string, string>>;
  /** What a program can reach beside its items; absent unless the node's class is `code`. */
  readonly data?: () => JsonObject;
  /** Keeps a line that a program wrote, of a call that fails too; the first ones. Absent: nobody does. */
  readonly log?: (line: ConsoleLine) => void;
}

/** What a node gave: a list for its first output port, or lists by port. `from` may say where items came from. */
export interface NodeOutcome {
  readonly items: readonly Item[] | Readonly<Record<string, readonly Item[]>>;
}
