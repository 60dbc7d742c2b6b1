import type { JsonObject, JsonValue } from '@millwright/core';
import type { EchoRule } from '../echo.ts';
import type { EdgeSketch, NodeSketch } from '../documents.ts';

/** The host that documents and rules of a micro-workflow write for the vendor; the real one takes its place. */
export const VENDOR = 'http://vendor.test';

/**
 * What a run must come to, written by hand from the rule. Node runs are named `id` or `id#runIndex`, output ports
 * `id:port` or `id:port#runIndex`; without a port `main` is meant.
 */
export interface Expected {
  /** Every node run there is, as `id#runIndex=status`; `succeeded` goes without saying. In sequential order: as they started. Absent: too many to write down. */
  readonly ran?: readonly string[];
  /** Items by output port: the JSON of each, its `error` as the error's code. */
  readonly gave?: Readonly<Record<string, readonly JsonValue[]>>;
  /** Why the run failed. Absent: it succeeded. */
  readonly error?: {
    readonly code: string;
    readonly nodeId: string;
    readonly itemIndex?: number;
    readonly field?: string;
    readonly message?: string;
  };
  /** Why a node run did not simply succeed. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** Tries of node runs. */
  readonly attempts?: Readonly<Record<string, number>>;
  /** What the caller of the webhook got. */
  readonly reply?: { readonly status: number; readonly body?: JsonValue };
  /** Requests that reached the vendor, by path below the one of the micro-workflow. */
  readonly requests?: Readonly<Record<string, number>>;
}

/** A small workflow that shows one rule of what a graph means. */
export interface Micro {
  /** What it shows; unique within its rule. */
  readonly name: string;
  readonly nodes: readonly NodeSketch[];
  readonly edges: readonly EdgeSketch[];
  /** Default: `parallel`. */
  readonly order?: 'sequential';
  /** Where nodes stand, `[x, y]`; others stand in a row. */
  readonly at?: Readonly<Record<string, readonly [x: number, y: number]>>;
  /** Container → what it holds. */
  readonly inside?: Readonly<Record<string, readonly string[]>>;
  /** The item that it is started with. Default: none. */
  readonly start?: JsonObject;
  /** Started by a request to its webhook with this body instead. */
  readonly post?: JsonObject;
  /** How the vendor behaves. */
  readonly vendor?: readonly EchoRule[];
  /** What the run comes to, or the codes for which it cannot be published. */
  readonly expected: Expected | { readonly refused: readonly string[] };
}

/** One rule of n8n's execution semantics, or of ours where there is none, with its micro-workflows. */
export interface MicroRule {
  readonly rule: string;
  readonly micros: readonly Micro[];
}
