import { endpoints, type NodeRunSummary } from '@millwright/contracts';
import { runs } from '@millwright/db';
import { isEnded } from '@millwright/workflow/states';
import { follow } from '../../live/run-changes.ts';
import { toNodeRunSummary, toRunSummary } from '../../live/run-views.ts';
import { whenThere } from '../../live/when-there.ts';
import { defineStream, READ_RULES } from '../../registry/route.ts';
import { requireRun } from './get.ts';

/** Remembers what was sent, and gives what is new. */
function changedSince(sent: Map<string, string>, nodeRuns: readonly NodeRunSummary[]): NodeRunSummary[] {
  return nodeRuns.filter((nodeRun) => {
    const key = `${nodeRun.nodeId}:${nodeRun.runIndex}`;
    const text = JSON.stringify(nodeRun);
    const isNew = sent.get(key) !== text;
    sent.set(key, text);
    return isNew;
  });
}

/** `GET /api/v1/runs/:runId/events` */
export const watchRun = defineStream(
  endpoints.runs.watch,
  { ...READ_RULES, rateClass: 'stream', permission: 'runs.read' },
  async ({ params: { runId }, read, signal }, { runChanges }, sink) => {
    const sent = new Map<string, string>();
    let sentRun = '';
    await whenThere({ changes: runChanges, runId, signal }, () => read((tx) => runs.get(tx, runId)));
    await follow({ changes: runChanges, runId, signal }, async () => {
      const { run, nodeRuns } = await read(async (tx) => ({
        run: toRunSummary(await requireRun(tx, runId)),
        nodeRuns: (await runs.nodeRuns(tx, runId)).map(toNodeRunSummary),
      }));
      const changed = changedSince(sent, nodeRuns);
      const runText = JSON.stringify(run);
      if (changed.length > 0 || runText !== sentRun) sink.send('run', { run, nodeRuns: changed });
      sentRun = runText;
      return !isEnded(run.status);
    });
  },
);
