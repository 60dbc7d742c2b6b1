import type { Clock, JsonObject, RunId, WorkspaceId } from '@millwright/core';
import type { Item, PlanNode, PlanNodeConfig, ReplyMessage, RunHeader, RunLedger, SegmentInput, SegmentResult } from '@millwright/workflow';

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
  readonly clock: Clock;
  readonly log: ExecutorLog;
  readonly limits?: Partial<SegmentLimits>;
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
}

/** What a node gave: a list for its first output port, or lists by port. `from` may say where items came from. */
export interface NodeOutcome {
  readonly items: readonly Item[] | Readonly<Record<string, readonly Item[]>>;
}
