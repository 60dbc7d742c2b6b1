import { endpoints } from '@millwright/contracts';
import { cancelRun as cancel } from '../../again/steer.ts';
import { toRunSummary } from '../../live/run-views.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `POST /api/v1/runs/:runId/cancel` */
export const cancelRun = defineRoute(
  endpoints.runs.cancel,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'runs.write', audit: 'run.canceled' },
  async (call, deps) => toRunSummary(await cancel(call, deps, call.params.runId)),
);
