import * as Y from 'yjs';
import { DOCUMENT_FORMAT } from '../document.ts';

/**
 * The top-level maps of a draft. Nodes are maps of their own (id, name, type, version, x, y, rank, parent,
 * `parameters`, `credentials` and `settings` as nested maps), so that two people who change two fields of one
 * node both keep their change; edges and annotations are keyed, so that the same edge drawn twice is one.
 * A section's members are the keys of its nested map `members`. What stands at edges is beside them, under the same keys:
 * who labels a line and who draws it anew both keep their change, and a version that knows no labels leaves them alone.
 */
export interface DraftMaps {
  readonly meta: Y.Map<unknown>;
  readonly settings: Y.Map<unknown>;
  readonly nodes: Y.Map<Y.Map<unknown>>;
  readonly edges: Y.Map<unknown>;
  readonly labels: Y.Map<unknown>;
  readonly annotations: Y.Map<Y.Map<unknown>>;
}

/** The maps of a draft; creates none of their content. */
export function draftMaps(draft: Y.Doc): DraftMaps {
  return {
    meta: draft.getMap('meta'),
    settings: draft.getMap('settings'),
    nodes: draft.getMap('nodes'),
    edges: draft.getMap('edges'),
    labels: draft.getMap('labels'),
    annotations: draft.getMap('annotations'),
  };
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

/** Largest message of a draft's socket in bytes: a whole large draft at once. */
export const MAX_DRAFT_BYTES = 16 * 1024 * 1024;

/** The format that a new draft carries. */
export const DRAFT_FORMAT = DOCUMENT_FORMAT;

/** Whether a draft was made by a newer version of Millwright: it is shown, never written, so that nothing of it is lost. */
export function isNewerDraft(draft: Y.Doc): boolean {
  const format = draft.getMap('meta').get('format');
  return typeof format === 'string' && format !== DRAFT_FORMAT;
}
