import { endpoints } from '@millwright/contracts';
import { unpauseRun as unpause } from '../../again/steer.ts';
import { toRunSummary } from '../../live/run-views.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `POST /api/v1/runs/:runId/unpause` */
export const unpauseRun = defineRoute(
  endpoints.runs.unpause,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'runs.write', audit: 'run.unpaused' },
  async (call, deps) => toRunSummary(await unpause(call, deps, call.params.runId)),
);
