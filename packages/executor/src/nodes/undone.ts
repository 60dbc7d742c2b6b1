import { undoableSections } from '@millwright/engine';
import type { AttemptStatus, EffectClass, PlanSkeleton } from '@millwright/workflow';

/** What an earlier run left in the ledger. */
interface Row {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly class: EffectClass;
  readonly status: AttemptStatus;
  readonly startedAtMs: number;
}

/** When a node run of an earlier run was undone, ms since 1970; undefined where it was not. */
export type UndoneAt = (nodeId: string, runIndex: number) => number | undefined;

/**
 * Which node runs of earlier runs were undone: what they did before has to be done anew. A section is undone in full, so
 * it is where its `undo` left rows under the same number. An undo that was refused, or never left, has undone nothing: doing that
 * anew would do it twice.
 */
export function undoneIn(skeleton: PlanSkeleton, rows: readonly Row[]): UndoneAt {
  const undone = new Map<string, number>();
  for (const { undo, done } of undoableSections(skeleton)) {
    for (const row of undoing(rows.filter(({ nodeId }) => undo.has(nodeId)))) {
      for (const nodeId of [...undo, ...done]) {
        const key = `${nodeId}:${row.runIndex}`;
        undone.set(key, Math.max(undone.get(key) ?? 0, row.startedAtMs));
      }
    }
  }
  return (nodeId, runIndex) => undone.get(`${nodeId}:${runIndex}`);
}

/**
 * The rows that say that something was undone. In a loop an undo has another number than what it undoes: where a section ran several
 * times, and one undo of many went wrong, nobody can tell which; then all counts as undone.
 */
function undoing(rows: readonly Row[]): readonly Row[] {
  const sure = rows.filter(hasUndone);
  const isOne = new Set(rows.map(({ runIndex }) => runIndex)).size === 1;
  return isOne || sure.length === 0 ? sure : rows;
}

/** An answer that was lost may have been a yes. */
function hasUndone(row: Row): boolean {
  return row.class !== 'read' && row.class !== 'wait' && row.status !== 'failed' && row.status !== 'notSent';
}
