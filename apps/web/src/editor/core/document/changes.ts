import type { JsonValue } from '@millwright/core';
import type { Annotation, Edge, NodeSettings, WorkflowNode, WorkflowSettings } from '@millwright/workflow';

/** What can be changed of a note or section; its id and kind stay. */
export type AnnotationPatch = Partial<Pick<Annotation, 'position' | 'size' | 'text' | 'color' | 'isCollapsed'>>;

/**
 * One change of a draft, as data: what actions return, what the store writes, what tests compare.
 * A list of them is written in one transaction and is one entry of the undo history.
 */
export type DraftChange =
  | { readonly kind: 'addNode'; readonly node: WorkflowNode }
  /** Removes its edges too. */
  | { readonly kind: 'removeNode'; readonly nodeId: string }
  | { readonly kind: 'moveNode'; readonly nodeId: string; readonly position: readonly [number, number] }
  /** Puts a node into a container; null takes it out. Its position stays, so it may have to move too. */
  | { readonly kind: 'setParent'; readonly nodeId: string; readonly parent: string | null }
  /** Size of a container's frame, px; undefined lets it fit its content. */
  | { readonly kind: 'resizeNode'; readonly nodeId: string; readonly size: readonly [number, number] | undefined }
  | { readonly kind: 'renameNode'; readonly nodeId: string; readonly name: string }
  /** Makes it one of another type; what the type has no place for is removed by changes of its own. */
  | { readonly kind: 'setType'; readonly nodeId: string; readonly type: string; readonly version: number }
  /** `undefined` removes the parameter, so that its default holds. */
  | { readonly kind: 'setParameter'; readonly nodeId: string; readonly key: string; readonly value: JsonValue | undefined }
  /** `undefined` empties the slot. */
  | { readonly kind: 'setCredential'; readonly nodeId: string; readonly slot: string; readonly credentialId: string | undefined }
  | { readonly kind: 'setNodeSetting'; readonly nodeId: string; readonly key: keyof NodeSettings; readonly value: JsonValue }
  | { readonly kind: 'addEdge'; readonly edge: Edge }
  | { readonly kind: 'removeEdge'; readonly edge: Edge }
  /** What stands at a line; undefined: nothing. */
  | { readonly kind: 'setEdgeLabel'; readonly edge: Edge; readonly label: string | undefined }
  /** A sticky note or a section. */
  | { readonly kind: 'addAnnotation'; readonly annotation: Annotation }
  /** Of a section its members stay. */
  | { readonly kind: 'removeAnnotation'; readonly annotationId: string }
  | { readonly kind: 'changeAnnotation'; readonly annotationId: string; readonly patch: AnnotationPatch }
  /** Puts a node into a section, or takes it out. */
  | { readonly kind: 'setMember'; readonly sectionId: string; readonly nodeId: string; readonly isMember: boolean }
  | { readonly kind: 'setWorkflowSetting'; readonly key: keyof WorkflowSettings; readonly value: JsonValue }
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
