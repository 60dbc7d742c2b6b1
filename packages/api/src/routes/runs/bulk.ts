import { endpoints } from '@millwright/contracts';
import { MillwrightError, unreachable, type RunId } from '@millwright/core';
import { rerunRun, resumeRun } from '../../again/again.ts';
import { cancelRun } from '../../again/steer.ts';
import type { ApiDeps } from '../../deps.ts';
import { toProblem } from '../../problems.ts';
import { defineRoute, WRITE_RULES, type SessionCall } from '../../registry/route.ts';

/** Runs side by side. */
const WINDOW = 8;

type Call = SessionCall<typeof endpoints.runs.bulk>;
type Fate =
  | { readonly isDone: true; readonly runId: RunId; readonly newRunId?: RunId }
  | { readonly isDone: false; readonly runId: RunId; readonly code: string; readonly detail: string };

async function act(call: Call, deps: ApiDeps, runId: RunId): Promise<{ readonly newRunId?: RunId }> {
  const { action } = call.body;
  switch (action) {
    case 'cancel':
      await cancelRun(call, deps, runId);
      return {};
    case 'resume':
      return { newRunId: await resumeRun(call, deps, { runId, version: 'same' }) };
    case 'rerun':
      return { newRunId: await rerunRun(call, deps, { runId, version: 'same' }) };
    default:
      return unreachable(action);
  }
}

/** A refusal concerns one run, and so does a part of ours that is away: what was done for others stays. */
async function fateOf(call: Call, deps: ApiDeps, runId: RunId): Promise<Fate> {
  try {
    return { isDone: true, runId, ...(await act(call, deps, runId)) };
  } catch (thrown) {
    if (!(thrown instanceof MillwrightError)) deps.log.error({ err: thrown, runId }, 'one of many runs met a fault');
    const { code, detail } = toProblem(thrown).body;
    return { isDone: false, runId, code, detail };
  }
}

/** `POST /api/v1/runs/bulk`: an audit entry per run. */
export const bulkRuns = defineRoute(
  endpoints.runs.bulk,
  { ...WRITE_RULES, permission: 'runs.write', audit: 'run.bulk' },
  async (call, deps) => {
    const runIds = [...new Set(call.body.runIds)];
    const fates: Fate[] = [];
    // The first takes the Idempotency-Key for all.
    for (let at = 0; at < runIds.length; at += at === 0 ? 1 : WINDOW) {
      const some = runIds.slice(at, at + (at === 0 ? 1 : WINDOW));
      fates.push(...(await Promise.all(some.map((runId) => fateOf(call, deps, runId)))));
    }
    return {
      accepted: fates.flatMap((fate) =>
        fate.isDone ? [{ runId: fate.runId, ...(fate.newRunId === undefined ? {} : { newRunId: fate.newRunId }) }] : [],
      ),
      refused: fates.flatMap((fate) => (fate.isDone ? [] : [{ runId: fate.runId, code: fate.code, detail: fate.detail }])),
    };
  },
);
