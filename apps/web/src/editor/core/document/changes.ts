import type { JsonValue } from '@millwright/core';
import type { Edge, NodeSettings, WorkflowNode } from '@millwright/workflow';

/**
 * One change of a draft, as data: what actions return, what the store writes, what tests compare.
 * A list of them is written in one transaction and is one entry of the undo history.
 */
export type DraftChange =
  | { readonly kind: 'addNode'; readonly node: WorkflowNode }
  /** Removes its edges too. */
  | { readonly kind: 'removeNode'; readonly nodeId: string }
  | { readonly kind: 'moveNode'; readonly nodeId: string; readonly position: readonly [number, number] }
  | { readonly kind: 'renameNode'; readonly nodeId: string; readonly name: string }
  /** `undefined` removes the parameter, so that its default holds. */
  | { readonly kind: 'setParameter'; readonly nodeId: string; readonly key: string; readonly value: JsonValue | undefined }
  | { readonly kind: 'setNodeSetting'; readonly nodeId: string; readonly key: keyof NodeSettings; readonly value: JsonValue }
  | { readonly kind: 'addEdge'; readonly edge: Edge }
  | { readonly kind: 'removeEdge'; readonly edge: Edge }
  | { readonly kind: 'renameWorkflow'; readonly name: string };

/**
 * How a list of changes joins the undo history. Changes of the same burst that follow each other
 * within {@link BURST_GAP_MS} are one entry: a typing burst, a row of arrow-key moves.
 */
export interface ChangeOptions {
  /** Names the burst, such as `type:wf:url`. Absent: an entry of its own. */
  readonly burst?: string;
}

/** Longest pause inside one burst, ms. */
export const BURST_GAP_MS = 1000;
