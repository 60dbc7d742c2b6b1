import * as Y from 'yjs';
import { DOCUMENT_FORMAT, type Edge } from '../document.ts';

/**
 * The top-level maps of a draft. Nodes are maps of their own (id, name, type, version, x, y, rank, parent,
 * `parameters`, `credentials` and `settings` as nested maps), so that two people who change two fields of one
 * node both keep their change; edges and annotations are keyed, so that the same edge drawn twice is one.
 */
export interface DraftMaps {
  readonly meta: Y.Map<unknown>;
  readonly settings: Y.Map<unknown>;
  readonly nodes: Y.Map<Y.Map<unknown>>;
  readonly edges: Y.Map<unknown>;
  readonly annotations: Y.Map<Y.Map<unknown>>;
}

/** The maps of a draft; creates none of their content. */
export function draftMaps(draft: Y.Doc): DraftMaps {
  return {
    meta: draft.getMap('meta'),
    settings: draft.getMap('settings'),
    nodes: draft.getMap('nodes'),
    edges: draft.getMap('edges'),
    annotations: draft.getMap('annotations'),
  };
}

/** The key of an edge: two edges between the same ports are one. */
export function edgeKey(edge: Edge): string {
  return `${edge.from}:${edge.output}->${edge.to}:${edge.input}`;
}

/** Sets a key only where the JSON differs, so that an unchanged field makes no update. */
export function setIfChanged(map: Y.Map<unknown>, key: string, value: unknown): void {
  const current = map.get(key);
  if (current === value) return;
  if (map.has(key) && JSON.stringify(current) === JSON.stringify(value)) return;
  map.set(key, value);
}

/** Makes a map hold exactly these keys and values, touching only what differs. */
export function fillMap(map: Y.Map<unknown>, values: Readonly<Record<string, unknown>>): void {
  for (const key of Array.from(map.keys())) if (!Object.hasOwn(values, key)) map.delete(key);
  for (const [key, value] of Object.entries(values)) setIfChanged(map, key, value);
}

/** The nested map under a key, made when it is not there. */
export function nestedMap(map: Y.Map<unknown>, key: string): Y.Map<unknown> {
  const found = map.get(key);
  if (found instanceof Y.Map) return found as Y.Map<unknown>;
  const made = new Y.Map<unknown>();
  map.set(key, made);
  return made;
}

/** The format that a new draft carries. */
export const DRAFT_FORMAT = DOCUMENT_FORMAT;
