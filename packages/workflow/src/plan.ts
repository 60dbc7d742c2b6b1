import type { JsonObject, JsonValue } from '@millwright/core';
import type { RetryPolicy, WorkflowSettings } from './document.ts';
import type { EffectClass } from './node-type.ts';

/** One unit of data on an edge. */
export interface Item {
  readonly json: JsonValue;
  /** Files by name: blob handles. */
  readonly files?: Readonly<Record<string, JsonObject>>;
  readonly error?: JsonObject;
  /** Where it came from: positions in the input list(s) of the node run that made it. Absent: same position, one-to-one. */
  readonly from?: readonly number[];
}

/** Handle to stored items. */
export interface DataRef {
  /** `nodeId:runIndex:port` while inline, or a blob id. */
  readonly id: string;
  /** Items in it. */
  readonly count: number;
  readonly sizeBytes: number;
  /** The items, when small (≤16 KiB). */
  readonly inline?: readonly Item[];
  /** Blob that holds them otherwise. */
  readonly blobId?: string;
  /** Where these items come from, by node that some expression reads; written when a segment returns. */
  readonly origins?: Readonly<Record<string, Origin>>;
}

/** The items of an earlier node run that the items of a list come from. */
export interface Origin {
  /** `nodeId:runIndex:port` of the earlier list. */
  readonly ref: string;
  /** Position there of each item; −1 where it cannot be told, −2 where it comes from none. Absent: the same position. */
  readonly at?: readonly number[];
  /** Further lists that items come from, where several were brought together. Absent: none. */
  readonly more?: readonly string[];
  /** Which list each item comes from: 0 is `ref`, n is `more[n - 1]`. Absent: all from `ref`. */
  readonly of?: readonly number[];
}

/** A node as the control skeleton knows it: no parameters, no expressions. */
export interface PlanNode {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** Key in the engine's table of control nodes; null for nodes that a runner executes. */
  readonly control: string | null;
  readonly effect: EffectClass;
  readonly kind: 'trigger' | 'action' | 'transform' | 'control';
  /** Wired input ports, in the node type's order. */
  readonly inputs: readonly { readonly port: string; readonly required: boolean; readonly edges: number }[];
  /** Output port → targets, in drawing order (top to bottom, then left to right). */
  readonly outputs: Readonly<Record<string, readonly { readonly to: string; readonly input: string }[]>>;
  readonly onError: 'stop' | 'continue' | 'branch';
  readonly onLostAnswer: 'lookup' | 'resend' | 'ask';
  /** How long the vendor knows the key of a write, ms: a request that was lost longer ago is not sent again by itself. Absent: for ever. */
  readonly keyTtlMs?: number;
  readonly retry: RetryPolicy | null;
  readonly timeoutMs: number;
  /** Declared slow by its type. Absent: no. */
  readonly slow?: true;
  readonly disabled: boolean;
  readonly executeOnce: boolean;
  readonly alwaysOutput: boolean;
  /** Containers only. Input ports of the inside are not among `inputs`. */
  readonly container?: {
    /** Items of a map that are open at once. Default 10. */
    readonly window?: number;
    /** A failed item of a map becomes an error item instead of failing the map. */
    readonly collect?: true;
  };
  /** Nodes whose outputs this node's expressions read by `$('id')`. */
  readonly refs: readonly string[];
}

/** The control skeleton: goes into the Temporal workflow's input, so that replay needs nothing else. */
export interface PlanSkeleton {
  readonly engineVersion: number;
  readonly planHash: string;
  readonly order: 'parallel' | 'sequential';
  readonly timeoutMs: number | null;
  /** IANA zone of `$now` and `$today`. Default UTC. */
  readonly timezone?: string;
  /** Nothing is written and no run is called: what would be is listed. Part of the plan, so that no way of starting it can forget. Absent: no. */
  readonly dryRun?: true;
  /** Variables and environment names that its expressions mention. Absent: none. */
  readonly mentions?: Mentions;
  /** Only nodes that a trigger reaches, in drawing order. */
  readonly nodes: readonly PlanNode[];
}

/** Names that expressions mention, sorted; `*` stands for all, where the name is computed. */
export interface Mentions {
  /** `$vars` */
  readonly vars: readonly string[];
  /** `$env` */
  readonly env: readonly string[];
}

/** What stays in Postgres, read by (planHash, nodeId) through a cache. */
export interface PlanNodeConfig {
  readonly name: string;
  readonly parameters: JsonObject;
  readonly credentials: Readonly<Record<string, string>>;
  /**
   * Hash of type, version, parameters and credentials: decides whether a completed write may be skipped on resume. Settings are not in
   * it: a run whose step got retries or another way to fail is resumed without doing anything twice.
   */
  readonly configHash: string;
  /** Items worked on side by side, from the node type. Default 1. */
  readonly window?: number;
  /** Parameter paths evaluated once per list, from the node type; `*` alone: the node runs once for its whole list. Default none. */
  readonly once?: readonly string[];
  /** Parameter paths not evaluated before `run`, from the node type. Default none. */
  readonly raw?: readonly string[];
  /** How its expressions are read, from `settings.expressions`. Absent: a missing path is an error. */
  readonly expressions?: 'n8n';
  /** Only in plans of test runs. */
  readonly test?: NodeTest;
}

/** What a node gives in a test run instead of running. */
export type NodeTest =
  /**
   * Items by port: what it gave before (nothing: `notTaken`), sample data, or (`entered`) what a trigger is started with. Handles have
   * the id `nodeId:0:port`.
   */
  | { readonly how: 'reused' | 'notTaken' | 'pinned' | 'entered'; readonly outputs: Readonly<Record<string, DataRef>> }
  /** In a dry run, for what writes: the sample of its type per item, or sample data that somebody pinned. */
  | { readonly how: 'simulated'; readonly sample: JsonValue; readonly outputs?: Readonly<Record<string, DataRef>> };

/** The compiled graph: immutable, content-addressed. */
export interface Plan {
  readonly skeleton: PlanSkeleton;
  readonly configs: Readonly<Record<string, PlanNodeConfig>>;
  readonly workflowName: string;
  readonly settings: WorkflowSettings;
}
