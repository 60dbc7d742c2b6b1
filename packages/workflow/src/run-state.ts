import type { JsonObject } from '@millwright/core';
import type { AttemptKey } from './ledger.ts';
import type { DataRef } from './plan.ts';
import type { EndReason, RunError, WaitsFor } from './states.ts';

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
  /** Stands in ledger keys for `runIndex`, in a resumed run and where a section is undone. Absent: `runIndex` does. */
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
  /** A section in which every node run so far has its slot, so that what undoes it can be matched with it. Absent: it cannot. */
  readonly matched?: true;
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
  readonly matched?: true;
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
  /** Newer entries of `counts`, which win: in long runs those are not copied for each event. Absent: none. */
  readonly recentCounts?: Readonly<Record<string, number>>;
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
