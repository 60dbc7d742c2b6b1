import type { JsonValue } from '@millwright/core';
import type { Annotation, Edge, NodeSettings, WorkflowDocument, WorkflowNode, WorkflowSettings } from '../document.ts';
import { edgeKey, labelledEdge } from '../edge-key.ts';
import { CREDENTIAL_KEY, type ChangedValue, type DocumentChange } from './document-change.ts';

/** The parts of a document by their keys, while changes are made. */
interface Parts {
  readonly nodes: Map<string, WorkflowNode>;
  readonly edges: Map<string, Edge>;
  readonly annotations: Map<string, Annotation>;
  name: string;
  settings: WorkflowSettings;
}

function withValue<T extends object>(fields: T, { key, after }: ChangedValue): T {
  const entries = new Map<string, JsonValue>(Object.entries(fields));
  if (after === undefined) entries.delete(key);
  else entries.set(key, after);
  return Object.fromEntries(entries) as T;
}

function withSetting(node: WorkflowNode, value: ChangedValue): WorkflowNode {
  if (value.key === 'type' || value.key === 'version') return withValue(node, value);
  if (value.key.startsWith(CREDENTIAL_KEY)) {
    return { ...node, credentials: withValue(node.credentials, { ...value, key: value.key.slice(CREDENTIAL_KEY.length) }) };
  }
  return { ...node, settings: withValue<NodeSettings>(node.settings, value) };
}

function movedTo(node: WorkflowNode, change: DocumentChange & { kind: 'nodeMoved' }): WorkflowNode {
  const moved: WorkflowNode = { ...node, position: [...change.after] };
  if (change.size === undefined) return moved;
  const { size: _size, ...fitted } = moved;
  return change.size.after === null ? fitted : { ...moved, size: [...change.size.after] };
}

type NodeChange = Extract<DocumentChange, { kind: 'nodeRenamed' | 'nodeMoved' | 'parentChanged' | 'parameterChanged' | 'settingChanged' }>;

function changedNode(node: WorkflowNode, change: NodeChange): WorkflowNode {
  switch (change.kind) {
    case 'nodeRenamed':
      return { ...node, name: change.after };
    case 'nodeMoved':
      return movedTo(node, change);
    case 'parentChanged':
      return { ...node, parent: change.after };
    case 'parameterChanged':
      return { ...node, parameters: withValue(node.parameters, change) };
    case 'settingChanged':
      return withSetting(node, change);
  }
}

function changeNode(parts: Parts, change: NodeChange): void {
  const node = parts.nodes.get(change.nodeId);
  if (node) parts.nodes.set(change.nodeId, changedNode(node, change));
}

/** Makes one change. */
function make(parts: Parts, change: DocumentChange): void {
  switch (change.kind) {
    case 'nodeAdded':
      parts.nodes.set(change.nodeId, change.node);
      return;
    case 'nodeRemoved':
      parts.nodes.delete(change.nodeId);
      return;
    case 'edgeAdded':
      parts.edges.set(edgeKey(change.edge), change.edge);
      return;
    case 'edgeRemoved':
      parts.edges.delete(edgeKey(change.edge));
      return;
    case 'edgeLabelChanged':
      if (parts.edges.has(edgeKey(change.edge))) parts.edges.set(edgeKey(change.edge), labelledEdge(change.edge, change.after));
      return;
    case 'annotationChanged':
      if (change.after === undefined) parts.annotations.delete(change.id);
      else parts.annotations.set(change.id, change.after as Annotation);
      return;
    case 'workflowRenamed':
      parts.name = change.after;
      return;
    case 'workflowSettingChanged':
      parts.settings = withValue(parts.settings, change);
      return;
    default:
      changeNode(parts, change);
  }
}

/** Whether following the parents from a node comes back to it. */
function isInItself(nodes: ReadonlyMap<string, WorkflowNode>, id: string): boolean {
  const seen = new Set<string>();
  let next = nodes.get(id)?.parent ?? null;
  while (next !== null && next !== id && !seen.has(next)) {
    seen.add(next);
    next = nodes.get(next)?.parent ?? null;
  }
  return next === id;
}

/** Takes nodes out of containers that are not there, and out of circles that half a change can close. */
function repairParents(nodes: Map<string, WorkflowNode>): void {
  for (const node of nodes.values()) {
    if (node.parent !== null && (!nodes.has(node.parent) || isInItself(nodes, node.id))) nodes.set(node.id, { ...node, parent: null });
  }
}

/**
 * The document `before` with only these changes made. Edges whose ends are missing fall away, and a node whose container is
 * missing (or would end up inside itself) stands free. With the whole difference of two documents it says what the second says.
 * @param changes any of the changes that `differenceOf` gave for this `before`, each at most once
 */
export function withDocumentChanges(before: WorkflowDocument, changes: readonly DocumentChange[]): WorkflowDocument {
  const parts: Parts = {
    nodes: new Map(before.nodes.map((node) => [node.id, node])),
    edges: new Map(before.edges.map((edge) => [edgeKey(edge), edge])),
    annotations: new Map(before.annotations.map((annotation) => [annotation.id, annotation])),
    name: before.name,
    settings: before.settings,
  };
  for (const change of changes) make(parts, change);
  repairParents(parts.nodes);
  return {
    ...before,
    name: parts.name,
    nodes: [...parts.nodes.values()],
    edges: [...parts.edges.values()].filter((edge) => parts.nodes.has(edge.from) && parts.nodes.has(edge.to)),
    settings: parts.settings,
    annotations: [...parts.annotations.values()],
  };
}
