import { UserError, type JsonObject, type RunId } from '@millwright/core';
import { runs, waits } from '@millwright/db';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import { runEnded, wakeRun, type RunCall } from './steer.ts';

/** What is decided about which node run. */
export interface NodeRunDecision {
  readonly runId: RunId;
  readonly nodeId: string;
  readonly runIndex: number;
  readonly kind: 'outcome' | 'retry';
  readonly decision: JsonObject;
  /** Absent: every item that the node run asks about. */
  readonly itemIndex?: number;
}

/**
 * Decides about a node run, once, and wakes its run.
 * @returns the run as it is now
 * @throws UserError `run_unknown`, `run_ended`, `already_decided`, `not_waiting`
 */
export async function decideNodeRun({ write, principal }: RunCall, deps: ApiDeps, decision: NodeRunDecision): Promise<runs.RunSummary> {
  const { runId, nodeId, runIndex } = decision;
  const decided = await write(async (tx, audit) => {
    const run = await runs.get(tx, runId);
    if (run === null) throw notFound('run');
    const how = await waits.decide(tx, { ...decision, by: principal.userId });
    if (how !== 'decided') throw REFUSALS[how]();
    await audit({ kind: 'run', id: runId }, { nodeId, runIndex, itemIndex: decision.itemIndex ?? null, ...plain(decision.decision) });
    return run;
  });
  await wakeRun(deps, runId);
  return decided;
}

const REFUSALS: Readonly<Record<Exclude<waits.Decided, 'decided'>, () => UserError>> = {
  alreadyDecided: () =>
    new UserError('conflict', {
      code: 'already_decided',
      message: 'This was decided already.',
      hint: 'Reload the run to see what was decided.',
    }),
  notWaiting: () =>
    new UserError('conflict', {
      code: 'not_waiting',
      message: 'The step does not wait for this.',
      hint: 'Reload the run: it may have gone on.',
    }),
  runEnded,
};

/** What the audit log says of a decision: never its data. */
function plain({ answer }: JsonObject): { readonly answer?: string } {
  return typeof answer === 'string' ? { answer } : {};
}
