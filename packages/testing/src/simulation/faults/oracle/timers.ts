import type { AttemptRow, RunRow } from '@millwright/executor/testing';
import type { PlanNode } from '@millwright/workflow';
import type { Played } from '../plans.ts';
import { nodeRunOf, TIMER } from './stored-run.ts';

/** Timers of a run that fired before their time, though nobody had wanted that. A resumed run may have begun one before its rows say. */
export function earlyTimers({ header, attempts, decisions }: RunRow, { plan }: Played): readonly string[] {
  if (header.resumes !== undefined) return [];
  const hurried = new Set([...decisions.values()].filter(({ kind }) => kind === 'retry').map(nodeRunOf));
  const rows = [...attempts.values()].filter(({ seq }) => seq > 0).toSorted((a, b) => a.seq - b.seq);
  const timers = rows.filter((one) => one.itemIndex === TIMER && !hurried.has(nodeRunOf(one)));
  return timers
    .filter((timer) => (timer.finishedAtMs ?? 0) < dueMs(timer, rows, { plan }))
    .map((timer) => `the timer of ${nodeRunOf(timer)} fired before its time`);
}

/** When one is due at the earliest: a wait so long after it was begun, a retry so long after the answer before it. */
function dueMs(timer: AttemptRow, rows: readonly AttemptRow[], { plan }: Pick<Played, 'plan'>): number {
  const node: PlanNode | undefined = plan.skeleton.nodes.find(({ id }) => id === timer.nodeId);
  const amount = plan.configs[timer.nodeId]?.parameters['amount'];
  if (node?.type === 'core.wait') return timer.startedAtMs + (typeof amount === 'number' ? amount * 1_000 : 0);
  const answer = rows.findLast((one) => one.seq < timer.seq && nodeRunOf(one) === nodeRunOf(timer));
  return (answer?.finishedAtMs ?? 0) + (node?.retry?.initialMs ?? 0);
}
