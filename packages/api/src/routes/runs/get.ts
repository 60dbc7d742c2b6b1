import { endpoints } from '@millwright/contracts';
import { runs, versions, type TenantTx } from '@millwright/db';
import { toNodeRunSummary, toRunSummary } from '../../live/run-views.ts';
import { notFound } from '../../problems.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** A run of the workspace. @throws UserError `run_unknown` */
export async function requireRun(tx: TenantTx, runId: string): Promise<runs.RunSummary> {
  const run = await runs.get(tx, runId);
  if (run === null) throw notFound('run');
  return run;
}

/** `GET /api/v1/runs/:runId` */
export const getRun = defineRoute(endpoints.runs.get, { ...READ_RULES, permission: 'runs.read' }, ({ params, read }) =>
  read(async (tx) => {
    const run = await requireRun(tx, params.runId);
    const version = await versions.get(tx, run.versionId);
    if (version === null) throw notFound('version');
    const nodeRuns = await runs.nodeRuns(tx, run.id);
    return { ...toRunSummary(run), document: version.document, nodeRuns: nodeRuns.map(toNodeRunSummary) };
  }),
);
