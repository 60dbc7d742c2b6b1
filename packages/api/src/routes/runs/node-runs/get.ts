import { endpoints, type AttemptView, type ConsoleLineView, type PortData } from '@millwright/contracts';
import { runData } from '@millwright/db';
import type { ApiDeps } from '../../../deps.ts';
import { notFound } from '../../../problems.ts';
import { defineRoute, READ_RULES } from '../../../registry/route.ts';
import { itemsOf } from '../../workflows/samples.ts';

interface ItemPage {
  readonly workspaceId: string;
  readonly itemOffset: number;
  readonly itemLimit: number;
}

async function readPorts(ports: runData.PortData, page: ItemPage, deps: ApiDeps): Promise<Record<string, PortData>> {
  const read = Object.entries(ports).map(async ([port, ref]) => {
    const items = await itemsOf(ref, page.workspaceId, deps);
    return [port, { count: ref.count, items: items.slice(page.itemOffset, page.itemOffset + page.itemLimit) }] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

function toAttemptView(attempt: runData.AttemptSummary): AttemptView {
  const { itemIndex, status, startedAt, finishedAt, error, requestHash } = attempt;
  return {
    itemIndex,
    attempt: attempt.attempt,
    status,
    class: attempt.class,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    error,
    ...(requestHash === null ? {} : { requestHash }),
  };
}

/** `GET /api/v1/runs/:runId/node-runs/:nodeId/:runIndex` */
export const getNodeRun = defineRoute(
  endpoints.runs.getNodeRun,
  { ...READ_RULES, permission: 'runs.read' },
  async ({ params, query, principal, read }, deps) => {
    const { data, attempts, calledRuns } = await read(async (tx) => ({
      data: await runData.nodeRunData(tx, params),
      attempts: await runData.attempts(tx, params),
      calledRuns: await runData.calledRuns(tx, params),
    }));
    if (data === null) throw notFound('node_run');
    const page = { ...query, workspaceId: principal.workspaceId };
    const [inputs, outputs] = [await readPorts(data.inputs, page, deps), await readPorts(data.outputs, page, deps)];
    const lines = data.console === null ? [] : await itemsOf(data.console, principal.workspaceId, deps);
    return {
      inputs,
      outputs,
      attempts: attempts.map(toAttemptView),
      calledRuns: [...calledRuns],
      // As the executor wrote them down.
      ...(lines.length === 0 ? {} : { console: lines.map(({ json }) => json as unknown as ConsoleLineView) }),
    };
  },
);
