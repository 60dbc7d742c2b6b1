import { UNDO_INDEX, undoableSections, type UndoableSection } from '@millwright/engine';
import type { AttemptStatus, EffectClass, PlanSkeleton } from '@millwright/workflow';
import { TIMER_INDEX } from '../waits/timer-index.ts';

/** What an earlier run left in the ledger. */
interface Row {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly itemIndex: number;
  readonly attempt: number;
  readonly class: EffectClass;
  readonly status: AttemptStatus;
  readonly generation: number;
}

/** In which run of the chain a node run was undone last; undefined where it was not. A run undoes what was done before, never after. */
export type UndoneIn = (nodeId: string, runIndex: number) => number | undefined;

/** In which run what a row stands for was undone; null: an undo of it is not known to be done; undefined: nothing was undone there. */
type Verdict = (row: Row) => number | null | undefined;

/** What became of one write in the end. */
interface Undo {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly isDone: boolean;
  /** In which run it was done last; null when it never was. */
  readonly doneIn: number | null;
}

/** Numbers of a map's items, per map around. */
const PER_MAP = 1000;

/**
 * Which node runs of earlier runs were undone: what they did before has to be done anew. A section counts as undone where all that its
 * `undo` sent is known to be done. One that was refused, never left, or whose answer was lost, leaves its section as it is: doing that
 * anew could do it twice.
 */
export function undoneIn(skeleton: PlanSkeleton, rows: readonly Row[]): UndoneIn {
  const undone = new Map<string, number>();
  if (rows.length === 0) return () => undefined;
  // A section in another one has the last word about what it did.
  for (const section of undoableSections(skeleton).toSorted((a, b) => b.done.size - a.done.size)) {
    const undoing = endsOf(rows.filter(({ nodeId }) => section.undo.has(nodeId)));
    const verdict = section.isRepeated ? verdictOfMany(section, undoing) : () => (undoing.length === 0 ? undefined : runOf(undoing));
    for (const row of rows) {
      if (!section.undo.has(row.nodeId) && !section.done.has(row.nodeId)) continue;
      const [key, generation] = [`${row.nodeId}:${row.runIndex}`, verdict(row)];
      if (generation === null) undone.delete(key);
      else if (generation !== undefined) undone.set(key, generation);
    }
  }
  return (nodeId, runIndex) => undone.get(`${nodeId}:${runIndex}`);
}

/**
 * Where a section may run several times, what undid it stands in the ledger under its number. Without that (the section's node runs have
 * other numbers, or an older engine ran) nobody can tell which section one of several undos was for: all have to be done.
 */
function verdictOfMany({ maps }: UndoableSection, undoing: readonly Undo[]): Verdict {
  const sectionOf = ({ nodeId, runIndex }: Pick<Row, 'nodeId' | 'runIndex'>): number =>
    Math.floor((runIndex % UNDO_INDEX) / PER_MAP ** (maps.get(nodeId) ?? 0));
  const matched = undoing.filter(({ runIndex }) => runIndex >= UNDO_INDEX);
  const others = undoing.filter(({ runIndex }) => runIndex < UNDO_INDEX);
  if (runOf(others) === null) return () => null;
  const isMatched = matched.length > 0;
  const groups = Map.groupBy(isMatched ? matched : others, (row) => (isMatched ? sectionOf(row) : row.runIndex));
  const runs = new Map([...groups].map(([section, some]) => [section, runOf(some)]));
  return (row) => runs.get(isMatched ? sectionOf(row) : row.runIndex);
}

/**
 * In which run a section was undone last; null where that is not known. An undo that was done in one run of a chain and not in a later one has
 * undone what was there then, and nothing that came after it.
 */
function runOf(undoing: readonly Undo[]): number | null {
  const open = undoing.filter(({ isDone }) => !isDone);
  const runs = (open.length === 0 ? undoing : open).map(({ doneIn }) => doneIn);
  return runs.reduce((most, one) => (most === null || one === null ? null : Math.max(most, one)), Number.NEGATIVE_INFINITY);
}

function endsOf(rows: readonly Row[]): readonly Undo[] {
  const writes = rows.filter((one) => one.class !== 'read' && one.class !== 'wait' && one.itemIndex > TIMER_INDEX);
  const byItem = Map.groupBy(writes, ({ nodeId, runIndex, itemIndex }) => `${nodeId}:${runIndex}:${itemIndex}`);
  return [...byItem.values()].map((tries) => {
    const last = tries.reduce((latest, one) => (one.attempt > latest.attempt ? one : latest));
    const done = tries.filter(({ status }) => status === 'done').map(({ generation }) => generation);
    const { nodeId, runIndex, status } = last;
    return { nodeId, runIndex, isDone: status === 'done', doneIn: done.length === 0 ? null : Math.max(...done) };
  });
}
