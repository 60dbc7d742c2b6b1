import { endpoints } from '@millwright/contracts';
import { runs, type TenantTx } from '@millwright/db';
import { follow } from '../../live/run-changes.ts';
import { toRunSummary } from '../../live/run-views.ts';
import { defineStream, READ_RULES } from '../../registry/route.ts';

/** Runs that are looked at in one go; when more changed at once, the newest page stands for all. */
const MAX_RUNS = 50;

async function readChanged(
  tx: TenantTx,
  changed: readonly string[] | null,
  workflowId: string | undefined,
): Promise<readonly runs.RunSummary[]> {
  if (changed === null || changed.length > MAX_RUNS) return (await runs.list(tx, { workflowId, limit: MAX_RUNS })).items;
  const found: runs.RunSummary[] = [];
  for (const runId of changed) {
    const run = await runs.get(tx, runId);
    if (run !== null && (workflowId === undefined || run.workflowId === workflowId)) found.push(run);
  }
  return found;
}

/** `GET /api/v1/runs/events` */
export const watchRuns = defineStream(
  endpoints.runs.watchAll,
  { ...READ_RULES, rateClass: 'stream', permission: 'runs.read' },
  async ({ query, read, signal }, { runChanges }, sink) => {
    sink.open();
    await follow({ changes: runChanges, signal }, async (changed) => {
      for (const run of await read((tx) => readChanged(tx, changed, query.workflowId))) sink.send('run', toRunSummary(run));
      return true;
    });
  },
);
