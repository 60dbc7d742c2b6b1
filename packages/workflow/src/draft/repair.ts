import * as Y from 'yjs';
import { draftMaps, edgeKey } from './layout.ts';
import { readEdge, readNode } from './read.ts';

/** The origin of repairs: not a person's, never undone. */
export const REPAIR_ORIGIN = 'repair';

/**
 * Removes what concurrent edits can leave behind: nodes that cannot be read, edges to nodes that are gone or
 * under a wrong key, parents that are gone. Deterministic: everybody who repairs the same state does the same.
 * @returns whether anything was changed
 */
export function repairDraft(draft: Y.Doc): boolean {
  const { nodes, edges } = draftMaps(draft);
  const broken = [...nodes.entries()].filter(([id, map]) => !(map instanceof Y.Map) || readNode(id, map) === null).map(([id]) => id);
  const alive = new Set([...nodes.keys()].filter((id) => !broken.includes(id)));
  const dangling = [...edges.entries()]
    .filter(([key, raw]) => {
      const edge = readEdge(raw);
      return edge === null || edgeKey(edge) !== key || !alive.has(edge.from) || !alive.has(edge.to);
    })
    .map(([key]) => key);
  const orphans = [...alive].filter((id) => {
    const parent = nodes.get(id)?.get('parent');
    return typeof parent === 'string' && !alive.has(parent);
  });
  if (broken.length + dangling.length + orphans.length === 0) return false;
  draft.transact(() => {
    for (const id of broken) nodes.delete(id);
    for (const key of dangling) edges.delete(key);
    for (const id of orphans) nodes.get(id)?.set('parent', null);
  }, REPAIR_ORIGIN);
  return true;
}
