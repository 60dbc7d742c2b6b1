import { UserError, type RunId } from '@millwright/core';
import { runs, steer, type TenantTx } from '@millwright/db';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import type { Principal } from '../principal.ts';
import type { SessionCall } from '../registry/route.ts';

/** What steering a run needs of a call. */
export type RunCall = Pick<SessionCall<never>, 'read' | 'write'> & { readonly principal: Principal };

/** A run that has ended takes no orders. */
export function runEnded(): UserError {
  return new UserError('conflict', {
    code: 'run_ended',
    message: 'The run has ended.',
    hint: 'Look at how it ended. A run that failed or was canceled can be resumed.',
  });
}

type Order = (tx: TenantTx, request: steer.SteerRequest) => Promise<boolean>;

/**
 * Gives an order to an open run in one transaction with its audit entry.
 * @returns the run as it is now
 * @throws UserError `run_unknown`, `run_ended`
 */
async function give({ write, principal }: RunCall, runId: RunId, order: Order): Promise<runs.RunSummary> {
  return write(async (tx, audit) => {
    const isGiven = await order(tx, { runId, by: principal.userId });
    const run = await runs.get(tx, runId);
    if (run === null) throw notFound('run');
    if (!isGiven) throw runEnded();
    await audit({ kind: 'run', id: runId });
    return run;
  });
}

/** The order is stored: a run that does not hear of it now is woken by the sweeper. */
export async function wakeRun({ runControl, log }: ApiDeps, runId: RunId): Promise<void> {
  await runControl.wake(runId).catch((thrown: unknown) => log.warn({ err: thrown, runId }, 'a run could not be woken; it is tried again'));
}

/** Asks an open run to stop. @throws UserError `run_unknown`, `run_ended` */
export async function cancelRun(call: RunCall, deps: ApiDeps, runId: RunId): Promise<runs.RunSummary> {
  const run = await give(call, runId, runs.requestCancel);
  await wakeRun(deps, runId);
  return run;
}

/** Lets an open run start nothing until it is unpaused. @throws UserError `run_unknown`, `run_ended` */
export async function pauseRun(call: RunCall, deps: ApiDeps, runId: RunId): Promise<runs.RunSummary> {
  const run = await give(call, runId, steer.pause);
  await wakeRun(deps, runId);
  return run;
}

/** Lets a paused run go on. @throws UserError `run_unknown`, `run_ended` */
export async function unpauseRun(call: RunCall, deps: ApiDeps, runId: RunId): Promise<runs.RunSummary> {
  const run = await give(call, runId, (tx) => steer.unpause(tx, runId));
  await wakeRun(deps, runId);
  return run;
}

/**
 * Ends an open run: first the request and its audit entry, which by themselves cancel it, then its row, which decides, then its Temporal
 * workflow. Where Temporal is away, the workflow finds the row when it next looks, and closes.
 * @throws UserError `run_unknown`, `run_ended`
 */
export async function terminateRun(call: RunCall, deps: ApiDeps, runId: RunId): Promise<runs.RunSummary> {
  const asked = await give(call, runId, runs.requestCancel);
  const { userId, workspaceId } = call.principal;
  await steer.terminate(deps.db.executor, { workspaceId, runId, by: userId });
  await deps.runControl
    .terminate(runId, 'terminated by a person')
    .catch((thrown: unknown) =>
      deps.log.warn({ err: thrown, runId }, 'the workflow of a terminated run could not be ended; it ends by itself'),
    );
  return (await call.read((tx) => runs.get(tx, runId))) ?? asked;
}
