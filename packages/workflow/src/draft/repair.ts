import * as Y from 'yjs';
import { edgeKey } from '../edge-key.ts';
import { draftMaps, isNewerDraft } from './layout.ts';
import { readEdge, readLabel, readNode } from './read.ts';

/** The origin of repairs: not a person's, never undone. */
export const REPAIR_ORIGIN = 'repair';

/** What concurrent edits left behind. */
interface Damage {
  /** Nodes that cannot be read. */
  readonly broken: readonly string[];
  /** Keys of edges to nodes that are gone, or under a wrong key. */
  readonly dangling: readonly string[];
  /** Keys of labels that stand at no edge, or are none. */
  readonly stray: readonly string[];
  /** Nodes whose frame is gone, or who hold each other in a circle. */
  readonly adrift: readonly string[];
}

/** The frame that a node names, where it is there. */
function frameOf(nodes: Y.Map<Y.Map<unknown>>, id: string): string | null {
  const parent = nodes.get(id)?.get('parent');
  return typeof parent === 'string' ? parent : null;
}

/** Of each circle of frames the node with the smallest id: without its frame the circle is open. */
function circleEnds(nodes: Y.Map<Y.Map<unknown>>, alive: ReadonlySet<string>): readonly string[] {
  const ends = new Set<string>();
  const seen = new Set<string>();
  for (const start of alive) {
    const path: string[] = [];
    let at: string | null = start;
    while (at !== null && alive.has(at) && !seen.has(at)) {
      seen.add(at);
      path.push(at);
      at = frameOf(nodes, at);
    }
    const from = at === null ? -1 : path.indexOf(at);
    const [first] = from < 0 ? [] : path.slice(from).toSorted();
    if (first !== undefined) ends.add(first);
  }
  return [...ends];
}

function findDamage(draft: Y.Doc): Damage {
  const { nodes, edges, labels } = draftMaps(draft);
  const broken = [...nodes.entries()].filter(([id, map]) => !(map instanceof Y.Map) || readNode(id, map) === null).map(([id]) => id);
  const gone = new Set(broken);
  const alive = new Set([...nodes.keys()].filter((id) => !gone.has(id)));
  const dangling = [...edges.entries()]
    .filter(([key, raw]) => {
      const edge = readEdge(raw);
      return edge === null || edgeKey(edge) !== key || !alive.has(edge.from) || !alive.has(edge.to);
    })
    .map(([key]) => key);
  const lost = new Set(dangling);
  const stray = [...labels.entries()]
    .filter(([key, raw]) => !edges.has(key) || lost.has(key) || readLabel(raw) === undefined)
    .map(([key]) => key);
  const orphans = [...alive].filter((id) => {
    const parent = frameOf(nodes, id);
    return parent !== null && !alive.has(parent);
  });
  return { broken, dangling, stray, adrift: [...orphans, ...circleEnds(nodes, alive)] };
}

/**
 * Removes what concurrent edits can leave behind and nobody meant: nodes that cannot be read, edges to nodes that
 * are gone or under a wrong key, labels of lines that are gone, frames that are gone or hold each other. Deterministic and idempotent: everybody who
 * repairs the same state writes the same. What has a meaning stays as it was drawn, even if it cannot be published
 * (loops that never end, equal names, lines across a frame): the checks name it, a person decides.
 * A draft of a newer format is not touched.
 * @returns whether anything was changed
 */
export function repairDraft(draft: Y.Doc): boolean {
  if (isNewerDraft(draft)) return false;
  const { broken, dangling, stray, adrift } = findDamage(draft);
  if (broken.length + dangling.length + stray.length + adrift.length === 0) return false;
  const { nodes, edges, labels } = draftMaps(draft);
  draft.transact(() => {
    for (const id of broken) nodes.delete(id);
    for (const key of dangling) edges.delete(key);
    for (const key of stray) labels.delete(key);
    for (const id of adrift) nodes.get(id)?.set('parent', null);
  }, REPAIR_ORIGIN);
  return true;
}
