import type { JsonValue } from '@millwright/core';
import type { Edge, WorkflowNode } from '../document.ts';
import { edgeKey } from '../edge-key.ts';

/** Two numbers of the canvas: a place, or a width and a height; px. */
export type Pair = readonly [number, number];

/** One thing that two documents say differently. A node that was added or removed comes whole, without changes of its parts. */
export type DocumentChange =
  | { readonly kind: 'nodeAdded' | 'nodeRemoved'; readonly nodeId: string; readonly node: WorkflowNode }
  | { readonly kind: 'nodeRenamed'; readonly nodeId: string; readonly before: string; readonly after: string }
  | {
      readonly kind: 'nodeMoved';
      readonly nodeId: string;
      readonly before: Pair;
      readonly after: Pair;
      /** Only where a frame's size differs; null is "as large as its content". */
      readonly size?: { readonly before: Pair | null; readonly after: Pair | null };
    }
  | { readonly kind: 'parentChanged'; readonly nodeId: string; readonly before: string | null; readonly after: string | null }
  | ({ readonly kind: 'parameterChanged'; readonly nodeId: string } & ChangedValue)
  /** A node's setting by its name, a credential as `credentials.<slot>`, its `version`, or its `type` where the node was replaced. */
  | ({ readonly kind: 'settingChanged'; readonly nodeId: string } & ChangedValue)
  | { readonly kind: 'edgeAdded' | 'edgeRemoved'; readonly edge: Edge }
  /** What stands at a line that both have; undefined: nothing. */
  | { readonly kind: 'edgeLabelChanged'; readonly edge: Edge; readonly before: string | undefined; readonly after: string | undefined }
  | ({ readonly kind: 'workflowSettingChanged' } & ChangedValue)
  | { readonly kind: 'workflowRenamed'; readonly before: string; readonly after: string }
  /** A note or a section, whole; undefined where it is not there. */
  | {
      readonly kind: 'annotationChanged';
      readonly id: string;
      readonly before: JsonValue | undefined;
      readonly after: JsonValue | undefined;
    };

/** A keyed value that differs; undefined where the key is absent. */
export interface ChangedValue {
  readonly key: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** What the key of a credential's change starts with, before the slot. */
export const CREDENTIAL_KEY = 'credentials.';

/**
 * A stable name of what a change touches: `nodes/http_k3f9a` (added, removed), `nodes/http_k3f9a/parameters/url`,
 * `edges/<edge key>`, `edges/<edge key>/label`, `settings/timezone`, `name`, `annotations/<id>`. One difference has each path at most once.
 */
export function changePath(change: DocumentChange): string {
  switch (change.kind) {
    case 'nodeAdded':
    case 'nodeRemoved':
      return `nodes/${change.nodeId}`;
    case 'nodeRenamed':
      return `nodes/${change.nodeId}/name`;
    case 'nodeMoved':
      return `nodes/${change.nodeId}/position`;
    case 'parentChanged':
      return `nodes/${change.nodeId}/parent`;
    case 'parameterChanged':
      return `nodes/${change.nodeId}/parameters/${change.key}`;
    case 'settingChanged':
      return `nodes/${change.nodeId}/settings/${change.key}`;
    case 'edgeAdded':
    case 'edgeRemoved':
      return `edges/${edgeKey(change.edge)}`;
    case 'edgeLabelChanged':
      return `edges/${edgeKey(change.edge)}/label`;
    case 'workflowSettingChanged':
      return `settings/${change.key}`;
    case 'workflowRenamed':
      return 'name';
    case 'annotationChanged':
      return `annotations/${change.id}`;
  }
}
