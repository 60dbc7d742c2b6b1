import { endpoints } from '@millwright/contracts';
import { decideNodeRun } from '../../../again/decide.ts';
import { toRunSummary } from '../../../live/run-views.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** Largest response in bytes. */
const MAX_RESPONSE_BYTES = 1024 * 1024;

/** `POST /api/v1/runs/:runId/node-runs/:nodeId/:runIndex/settle` */
export const settleNodeRun = defineRoute(
  endpoints.runs.settle,
  { ...WRITE_RULES, bodyLimitBytes: MAX_RESPONSE_BYTES, permission: 'runs.write', audit: 'run.settled' },
  async (call, deps) => {
    const { itemIndex, ...decision } = call.body;
    const about = itemIndex === undefined ? {} : { itemIndex };
    return toRunSummary(await decideNodeRun(call, deps, { ...call.params, kind: 'outcome', decision: { ...decision }, ...about }));
  },
);
