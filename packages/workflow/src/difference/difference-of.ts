import type { JsonValue } from '@millwright/core';
import type { WorkflowDocument, WorkflowNode } from '../document.ts';
import { edgeEnds, edgeKey } from '../edge-key.ts';
import { CREDENTIAL_KEY, type ChangedValue, type DocumentChange } from './document-change.ts';
import { sameJson } from './same-json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The keys whose values differ: first those of `before` in their order, then the new ones. */
function changedValues(before: Fields, after: Fields): ChangedValue[] {
  const old = new Map(Object.entries(before));
  const now = new Map(Object.entries(after));
  const changed: ChangedValue[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    if (sameJson(old.get(key), now.get(key))) continue;
    changed.push({ key, before: old.get(key) as JsonValue | undefined, after: now.get(key) as JsonValue | undefined });
  }
  return changed;
}

function settingsOf(node: WorkflowNode): Fields {
  const credentials = Object.entries(node.credentials).map(([slot, id]) => [CREDENTIAL_KEY + slot, id] as const);
  return { type: node.type, version: node.version, ...Object.fromEntries(credentials), ...node.settings };
}

function movedNode(before: WorkflowNode, after: WorkflowNode): DocumentChange[] {
  const isSameSize = sameJson(before.size, after.size);
  if (isSameSize && sameJson(before.position, after.position)) return [];
  const size = isSameSize ? {} : { size: { before: before.size ?? null, after: after.size ?? null } };
  return [{ kind: 'nodeMoved', nodeId: after.id, before: before.position, after: after.position, ...size }];
}

function changesOfNode(before: WorkflowNode, after: WorkflowNode): DocumentChange[] {
  if (before === after) return [];
  const nodeId = after.id;
  const changes: DocumentChange[] = [];
  if (before.name !== after.name) changes.push({ kind: 'nodeRenamed', nodeId, before: before.name, after: after.name });
  for (const value of changedValues(before.parameters, after.parameters)) changes.push({ kind: 'parameterChanged', nodeId, ...value });
  for (const value of changedValues(settingsOf(before), settingsOf(after))) changes.push({ kind: 'settingChanged', nodeId, ...value });
  if (before.parent !== after.parent) changes.push({ kind: 'parentChanged', nodeId, before: before.parent, after: after.parent });
  changes.push(...movedNode(before, after));
  return changes;
}

function changesOfNodes(before: WorkflowDocument, after: WorkflowDocument): DocumentChange[] {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const kept = new Set(after.nodes.map((node) => node.id));
  const changes: DocumentChange[] = [];
  for (const node of before.nodes) if (!kept.has(node.id)) changes.push({ kind: 'nodeRemoved', nodeId: node.id, node });
  for (const node of after.nodes) {
    const earlier = old.get(node.id);
    if (earlier === undefined) changes.push({ kind: 'nodeAdded', nodeId: node.id, node });
    else changes.push(...changesOfNode(earlier, node));
  }
  return changes;
}

function changesOfEdges(before: WorkflowDocument, after: WorkflowDocument): DocumentChange[] {
  const old = new Map(before.edges.map((edge) => [edgeKey(edge), edge]));
  const now = new Map(after.edges.map((edge) => [edgeKey(edge), edge]));
  const changes: DocumentChange[] = [];
  for (const [key, edge] of old) if (!now.has(key)) changes.push({ kind: 'edgeRemoved', edge });
  for (const [key, edge] of now) {
    const earlier = old.get(key);
    if (earlier === undefined) changes.push({ kind: 'edgeAdded', edge });
    else if (earlier.label !== edge.label)
      changes.push({ kind: 'edgeLabelChanged', edge: edgeEnds(edge), before: earlier.label, after: edge.label });
  }
  return changes;
}

function byId(document: WorkflowDocument): Fields {
  return Object.fromEntries(document.annotations.map((annotation) => [annotation.id, annotation]));
}

/**
 * What has to change so that one document says what the other says: nodes first (removed, then added and changed in the
 * order of `after`), then edges, notes, and the workflow's own name and settings. The order within the lists of a document
 * is not a change. Each pair of parts is compared once, and what is the same object not at all.
 */
export function differenceOf(before: WorkflowDocument, after: WorkflowDocument): readonly DocumentChange[] {
  if (before === after) return [];
  const changes = [...changesOfNodes(before, after), ...changesOfEdges(before, after)];
  for (const { key, ...values } of changedValues(byId(before), byId(after)))
    changes.push({ kind: 'annotationChanged', id: key, ...values });
  if (before.name !== after.name) changes.push({ kind: 'workflowRenamed', before: before.name, after: after.name });
  for (const value of changedValues(before.settings, after.settings)) changes.push({ kind: 'workflowSettingChanged', ...value });
  return changes;
}
