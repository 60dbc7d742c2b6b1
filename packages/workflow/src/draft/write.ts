import * as Y from 'yjs';
import type { Annotation, WorkflowDocument, WorkflowNode } from '../document.ts';
import { edgeEnds, edgeKey } from '../edge-key.ts';
import { DRAFT_FORMAT, draftMaps, fillMap, nestedMap, setIfChanged } from './layout.ts';

/**
 * Writes one node into its map, touching only the fields that differ.
 * @param rank place in the document's list of nodes
 */
function writeNode(map: Y.Map<unknown>, node: WorkflowNode, rank: number): void {
  setIfChanged(map, 'id', node.id);
  setIfChanged(map, 'name', node.name);
  setIfChanged(map, 'type', node.type);
  setIfChanged(map, 'version', node.version);
  setIfChanged(map, 'x', node.position[0]);
  setIfChanged(map, 'y', node.position[1]);
  setIfChanged(map, 'parent', node.parent);
  if (node.size === undefined) map.delete('size');
  else setIfChanged(map, 'size', node.size);
  setIfChanged(map, 'rank', rank);
  fillMap(nestedMap(map, 'parameters'), node.parameters);
  fillMap(nestedMap(map, 'credentials'), node.credentials);
  fillMap(nestedMap(map, 'settings'), node.settings);
}

/** Members are keys of a map of their own, so that two people who group two steps both keep their change. */
function writeAnnotation(map: Y.Map<unknown>, annotation: Annotation, rank: number): void {
  const { members, ...plain } = annotation;
  if (members !== undefined) fillMap(nestedMap(map, 'members'), Object.fromEntries(members.map((id) => [id, true])));
  fillMap(map, { ...plain, ...(members === undefined ? {} : { members: map.get('members') }), rank });
}

/** The map under an id, made when it is not there. */
function entry(maps: Y.Map<Y.Map<unknown>>, id: string): Y.Map<unknown> {
  const found = maps.get(id);
  if (found instanceof Y.Map) return found;
  const made = new Y.Map<unknown>();
  maps.set(id, made);
  return made;
}

function dropOthers(maps: Y.Map<unknown> | Y.Map<Y.Map<unknown>>, keep: ReadonlySet<string>): void {
  for (const key of Array.from(maps.keys())) if (!keep.has(key)) maps.delete(key);
}

/**
 * Makes a draft equal to a document by the smallest change: what is the same is not touched, so that other
 * people's edits of other fields survive a whole-document write.
 * @param draft the live Yjs document
 * @param document what it shall say
 * @param origin who writes, for undo and for authorship
 */
export function applyDocument(draft: Y.Doc, document: WorkflowDocument, origin: unknown = null): void {
  draft.transact(() => {
    const maps = draftMaps(draft);
    setIfChanged(maps.meta, 'format', DRAFT_FORMAT);
    setIfChanged(maps.meta, 'name', document.name);
    fillMap(maps.settings, document.settings);
    dropOthers(maps.nodes, new Set(document.nodes.map((node) => node.id)));
    document.nodes.forEach((node, rank) => writeNode(entry(maps.nodes, node.id), node, rank));
    dropOthers(maps.edges, new Set(document.edges.map(edgeKey)));
    document.edges.forEach((edge, rank) => setIfChanged(maps.edges, edgeKey(edge), { ...edgeEnds(edge), rank }));
    fillMap(
      maps.labels,
      Object.fromEntries(document.edges.flatMap((edge) => (edge.label === undefined ? [] : [[edgeKey(edge), edge.label]]))),
    );
    dropOthers(maps.annotations, new Set(document.annotations.map((annotation) => annotation.id)));
    document.annotations.forEach((annotation, rank) => writeAnnotation(entry(maps.annotations, annotation.id), annotation, rank));
  }, origin);
}

/** A new draft that says what a document says. */
export function createDraft(document: WorkflowDocument): Y.Doc {
  const draft = new Y.Doc();
  applyDocument(draft, document, 'create');
  return draft;
}
