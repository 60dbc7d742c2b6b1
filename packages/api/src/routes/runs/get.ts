import { endpoints } from '@millwright/contracts';
import { runs, testRuns, versions, type TenantTx } from '@millwright/db';
import { toNodeRunSummary, toRunSummary } from '../../live/run-views.ts';
import { whenThere } from '../../live/when-there.ts';
import { notFound } from '../../problems.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** A run of the workspace. @throws UserError `run_unknown` */
export async function requireRun(tx: TenantTx, runId: string): Promise<runs.RunSummary> {
  const run = await runs.get(tx, runId);
  if (run === null) throw notFound('run');
  return run;
}

/** `GET /api/v1/runs/:runId`; a run that was accepted a moment ago is waited for, one that waits for room is `queued`. */
export const getRun = defineRoute(
  endpoints.runs.get,
  { ...READ_RULES, permission: 'runs.read' },
  async ({ params: { runId }, read, signal }, { runChanges }) => {
    const found = await whenThere({ changes: runChanges, runId, signal }, () => read((tx) => findRun(tx, runId)));
    if (found === null) throw notFound('run');
    return found;
  },
);

async function findRun(tx: TenantTx, runId: string) {
  const run = (await runs.get(tx, runId)) ?? (await runs.queued(tx, runId));
  if (run === null) return null;
  const document = (await versions.get(tx, run.versionId))?.document ?? (await testRuns.document(tx, run.versionId));
  if (document === null) throw notFound('version');
  const nodeRuns = await runs.nodeRuns(tx, run.id);
  return { ...toRunSummary(run), document, nodeRuns: nodeRuns.map(toNodeRunSummary) };
}
