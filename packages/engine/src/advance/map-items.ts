import type { RunError, ScopeInstance } from '@millwright/workflow';
import { inputOf, makeList, resultOf } from './collect.ts';
import { closeScope, enter, openScope } from './enter.ts';
import type { ListPart } from './events.ts';
import { given } from './tables/given.ts';
import type { Working } from './working.ts';

/** Most items of all maps of a run that are open at once, so that its state stays small; a map may always have one. */
const OPEN_LIMIT = 100;
const DEFAULT_WINDOW = 10;

type Pieces = NonNullable<ScopeInstance['map']>['pieces'];

/** Opens the next item of the first map that has room; false when there is none. */
export function openNextItem(work: Working): boolean {
  if (work.now.scopes.length === 0) return false;
  const open = work.now.scopes.filter((one) => one.index !== undefined);
  const map = work.now.scopes.find((one) => hasRoom(work, one, open));
  if (map !== undefined) openItem(work, map);
  return map !== undefined;
}

/** Opens the next item of a map that has one. */
export function openItem(work: Working, map: ScopeInstance): void {
  if (map.map === undefined) return;
  const { nodeId, runIndex } = map;
  const index = map.map.next;
  work.change(map, { map: { ...map.map, next: index + 1 } });
  const slot = map.map.base === undefined ? undefined : map.map.base + index;
  const item = openScope(work, given({ id: `${map.id}#${index}`, nodeId, runIndex, parent: map.id, phase: 'each' as const, index, slot }));
  const ref = inputOf(work, map);
  enter(work, item, { port: 'each', parts: ref === undefined ? [{}] : [{ ref, at: index }] });
}

function hasRoom(work: Working, { id, nodeId, map, failed }: ScopeInstance, open: readonly ScopeInstance[]): boolean {
  if (map === undefined || failed !== undefined || map.next >= map.total) return false;
  const window = work.graph.isSequential ? 1 : (work.graph.node(nodeId).container?.window ?? DEFAULT_WINDOW);
  const own = open.filter((one) => one.parent === id).length;
  return own === 0 || (own < window && open.length < OPEN_LIMIT);
}

/** An item is over: its result takes its place, and the map may open another. */
export function closeItem(work: Working, item: ScopeInstance, error?: RunError): void {
  const { index = 0 } = item;
  const map = work.scope(item.parent ?? '');
  const parts = error === undefined ? resultOf(item) : [given({ error, from: [index], of: inputOf(work, map) })];
  const ref = parts.length === 0 ? undefined : makeList(work, `~${map.id}:${index}-${index + 1}`, parts);
  closeScope(work, item);
  if (map.map === undefined) return;
  const { done, failed, total } = map.map;
  const progress = { done: done + (error === undefined ? 1 : 0), failed: failed + (error === undefined ? 0 : 1), total };
  const pieces = joined(work, map, [...map.map.pieces, given({ from: index, to: index + 1, ref })]);
  work.change(map, { map: { ...map.map, ...progress, pieces } });
  work.progress();
  work.commands.push({ type: 'open', activation: work.find(map), progress });
}

/** In order, those that touch as one: there are never more than items are open, and one. */
function joined(work: Working, map: ScopeInstance, pieces: Pieces): Pieces {
  const result: Pieces[number][] = [];
  for (const piece of pieces.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last === undefined || last.to !== piece.from) result.push(piece);
    else result[result.length - 1] = join(work, map, [last, piece]);
  }
  return result;
}

function join(work: Working, map: ScopeInstance, [first, second]: readonly [Pieces[number], Pieces[number]]): Pieces[number] {
  const range = { from: first.from, to: second.to };
  const parts = mapParts([first, second]);
  const [only] = parts;
  if (only === undefined) return range;
  const ref = parts.length === 1 && only.ref !== undefined ? only.ref : makeList(work, `~${map.id}:${range.from}-${range.to}`, parts);
  return { ...range, ref };
}

/** The results of stretches of items, one after the other. */
export function mapParts(pieces: Pieces): readonly ListPart[] {
  return pieces.flatMap(({ ref }) => (ref === undefined ? [] : [{ ref, from: 'kept' as const }]));
}
