import { draftMaps, edgeEnds, edgeKey, readEdge, type DraftMaps } from '@millwright/workflow/draft';
import type { Annotation, Edge, WorkflowNode } from '@millwright/workflow';
import { unreachable } from '@millwright/core';
import * as Y from 'yjs';
import type { DraftChange } from './changes.ts';

/** One more than the highest rank in use, so that what is new comes last. */
function nextRank(ranks: Iterable<unknown>): number {
  let highest = -1;
  for (const rank of ranks) if (typeof rank === 'number' && rank > highest) highest = rank;
  return highest + 1;
}

function ranksOf(entries: Y.Map<Y.Map<unknown>>): unknown[] {
  return [...entries.values()].map((entry) => entry.get('rank'));
}

function edgeRanks(maps: DraftMaps): unknown[] {
  return [...maps.edges.values()].map((edge) => (typeof edge === 'object' && edge !== null && 'rank' in edge ? edge.rank : undefined));
}

function mapOf(values: Readonly<Record<string, unknown>>): Y.Map<unknown> {
  return new Y.Map(Object.entries(values));
}

function addNode(maps: DraftMaps, node: WorkflowNode): void {
  const { position, parameters, credentials, settings, ...plain } = node;
  maps.nodes.set(
    node.id,
    mapOf({
      ...plain,
      x: position[0],
      y: position[1],
      rank: nextRank(ranksOf(maps.nodes)),
      parameters: mapOf(parameters),
      credentials: mapOf(credentials),
      settings: mapOf(settings),
    }),
  );
}

function addEdge(maps: DraftMaps, edge: Edge): void {
  const key = edgeKey(edge);
  if (maps.edges.has(key)) return;
  maps.edges.set(key, { ...edgeEnds(edge), rank: nextRank(edgeRanks(maps)) });
  set(maps.labels, key, edge.label);
}

function removeEdge(maps: DraftMaps, key: string): void {
  maps.edges.delete(key);
  set(maps.labels, key, undefined);
}

function removeNode(maps: DraftMaps, nodeId: string): void {
  for (const [key, raw] of maps.edges.entries()) {
    const edge = readEdge(raw);
    if (edge !== null && (edge.from === nodeId || edge.to === nodeId)) removeEdge(maps, key);
  }
  maps.nodes.delete(nodeId);
}

function nested(entry: Y.Map<unknown>, key: 'parameters' | 'credentials' | 'settings' | 'members'): Y.Map<unknown> {
  const found = entry.get(key);
  if (found instanceof Y.Map) return found;
  const made = new Y.Map<unknown>();
  entry.set(key, made);
  return made;
}

function addAnnotation(maps: DraftMaps, { members, ...plain }: Annotation): void {
  const entry = mapOf({ ...plain, rank: nextRank(ranksOf(maps.annotations)) });
  if (members !== undefined) entry.set('members', mapOf(Object.fromEntries(members.map((id) => [id, true]))));
  maps.annotations.set(plain.id, entry);
}

function changeAnnotation(
  maps: DraftMaps,
  change: Extract<DraftChange, { readonly annotationId: string } | { readonly sectionId: string }>,
): void {
  const entry = maps.annotations.get('annotationId' in change ? change.annotationId : change.sectionId);
  if (!(entry instanceof Y.Map)) return;
  if (change.kind === 'removeAnnotation') maps.annotations.delete(change.annotationId);
  else if (change.kind === 'setMember') set(nested(entry, 'members'), change.nodeId, change.isMember ? true : undefined);
  else for (const [key, value] of Object.entries(change.patch)) set(entry, key, value);
}

function set(map: Y.Map<unknown>, key: string, value: unknown): void {
  if (value === undefined) map.delete(key);
  else if (JSON.stringify(map.get(key)) !== JSON.stringify(value)) map.set(key, value);
}

function changeNode(
  node: Y.Map<unknown>,
  change: Exclude<Extract<DraftChange, { readonly nodeId: string }>, { readonly kind: 'setMember' }>,
): void {
  switch (change.kind) {
    case 'moveNode':
      set(node, 'x', change.position[0]);
      set(node, 'y', change.position[1]);
      return;
    case 'setParent':
      set(node, 'parent', change.parent);
      return;
    case 'resizeNode':
      set(node, 'size', change.size);
      return;
    case 'renameNode':
      set(node, 'name', change.name);
      return;
    case 'setType':
      set(node, 'type', change.type);
      set(node, 'version', change.version);
      return;
    case 'setParameter':
      set(nested(node, 'parameters'), change.key, change.value);
      return;
    case 'setCredential':
      set(nested(node, 'credentials'), change.slot, change.credentialId);
      return;
    case 'setNodeSetting':
      set(nested(node, 'settings'), change.key, change.value);
      return;
    case 'removeNode':
      return;
    default:
      unreachable(change);
  }
}

/**
 * Writes one change into a draft; call it inside a transaction. A change of a node that is gone
 * (a colleague deleted it meanwhile) does nothing.
 */
export function applyChange(draft: Y.Doc, change: DraftChange): void {
  const maps = draftMaps(draft);
  switch (change.kind) {
    case 'addNode':
      addNode(maps, change.node);
      return;
    case 'removeNode':
      removeNode(maps, change.nodeId);
      return;
    case 'addEdge':
      addEdge(maps, change.edge);
      return;
    case 'removeEdge':
      removeEdge(maps, edgeKey(change.edge));
      return;
    case 'setEdgeLabel':
      if (maps.edges.has(edgeKey(change.edge))) set(maps.labels, edgeKey(change.edge), change.label);
      return;
    case 'renameWorkflow':
      set(maps.meta, 'name', change.name);
      return;
    case 'setWorkflowSetting':
      set(maps.settings, change.key, change.value);
      return;
    case 'addAnnotation':
      addAnnotation(maps, change.annotation);
      return;
    case 'removeAnnotation':
    case 'changeAnnotation':
    case 'setMember':
      changeAnnotation(maps, change);
      return;
    case 'moveNode':
    case 'setParent':
    case 'resizeNode':
    case 'renameNode':
    case 'setType':
    case 'setParameter':
    case 'setCredential':
    case 'setNodeSetting': {
      const node = maps.nodes.get(change.nodeId);
      if (node instanceof Y.Map) changeNode(node, change);
      return;
    }
    default:
      unreachable(change);
  }
}
