import { endpoints } from '@millwright/contracts';
import { decideNodeRun } from '../../../again/decide.ts';
import { toRunSummary } from '../../../live/run-views.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `POST /api/v1/runs/:runId/node-runs/:nodeId/:runIndex/retry-now` */
export const retryNodeRunNow = defineRoute(
  endpoints.runs.retryNow,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'runs.write', audit: 'run.hurried' },
  async (call, deps) => toRunSummary(await decideNodeRun(call, deps, { ...call.params, kind: 'retry', decision: { now: true } })),
);
